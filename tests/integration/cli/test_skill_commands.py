"""Skills from the command line: trained, asked, and told in words what is wrong."""

import json
from pathlib import Path

import pytest

from mainspring.app.opening import open_or_create
from mainspring.cli.main import call
from mainspring.testing.model_endpoint import Embeds, ModelEndpoint

QUESTIONS = "text,intent\n" + "".join(
    f"{words} {number},{intent}\n"
    for number in range(4)
    for words, intent in (("where is my parcel", "order"), ("the invoice is wrong", "bill"))
)
TEMPLATE = """id: note
version: 1
title: {en: Note, zh: 通知}
text: {en: "Dear {{ name }}", zh: "{{ name }}："}
"""
Out = pytest.CaptureFixture[str]


def written(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def test_a_trained_skill_is_saved_and_answers_with_its_version(tmp_path: Path, capsys: Out) -> None:
    rows, model = written(tmp_path, "q.csv", QUESTIONS), str(tmp_path / "m.json")
    assert call(["skills", "train", "classify", rows, "--label", "intent", "--save", model]) == 0
    version = capsys.readouterr().out.split()[-1]
    assert call(["skills", "ask", model, "my invoice is wrong", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["version"]) == ("bill", version)
    assert told["evidence"]


def test_a_training_set_of_one_class_is_refused_with_what_to_do(tmp_path: Path, capsys: Out) -> None:
    rows = written(tmp_path, "q.csv", "text,intent\na,x\nb,x\n")
    assert call(["skills", "train", "classify", rows, "--label", "intent", "--save", "m.json"]) == 2
    assert "at least two classes" in capsys.readouterr().err


def test_a_question_in_a_language_it_never_saw_goes_to_a_person(tmp_path: Path, capsys: Out) -> None:
    rows, model = written(tmp_path, "q.csv", QUESTIONS), str(tmp_path / "m.json")
    call(["skills", "train", "classify", rows, "--label", "intent", "--save", model])
    capsys.readouterr()
    assert call(["skills", "ask", model, "παρακαλώ βοήθεια"]) == 0
    assert capsys.readouterr().out.startswith("for a person: like nothing it knows")


def test_a_column_that_is_not_there_is_named(tmp_path: Path, capsys: Out) -> None:
    rows = written(tmp_path, "q.csv", QUESTIONS)
    assert call(["skills", "train", "score", rows, "--label", "won", "--save", "m.json"]) == 2
    assert "'won'" in capsys.readouterr().err


def test_a_file_that_is_no_trained_skill_is_refused(tmp_path: Path, capsys: Out) -> None:
    assert call(["skills", "ask", written(tmp_path, "m.json", "{}"), "x"]) == 2
    assert "no trained skill" in capsys.readouterr().err


def test_leads_are_scored_with_reasons(tmp_path: Path, capsys: Out) -> None:
    lines = "".join(f"{source},{won}\n" for won, source in ((1, "fair"), (0, "web")) * 20)
    rows, model = written(tmp_path, "l.csv", f"source,won\n{lines}"), str(tmp_path / "m.json")
    assert call(["skills", "train", "score", rows, "--label", "won", "--save", model]) == 0
    capsys.readouterr()
    assert call(["skills", "ask", model, '{"source": "fair"}', "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] > 0.5


def test_pairs_need_two_records(tmp_path: Path, capsys: Out) -> None:
    lines = "".join(f"lamp {n},lamp {n if n % 2 else 99 - n},{n % 2}\n" for n in range(40))
    rows = written(tmp_path, "p.csv", f"first_text,second_text,same\n{lines}")
    model = str(tmp_path / "m.json")
    assert call(["skills", "train", "pairs", rows, "--label", "same", "--save", model]) == 0
    assert call(["skills", "ask", model, '{"first": {"text": "lamp 3"}}']) == 2
    assert "two records are needed" in capsys.readouterr().err
    assert call(["skills", "ask", model, '{"first": {"text": "lamp 3"}, "second": {"text": "lamp 3"}}']) == 0


def test_versions_that_differ_are_told_and_end_with_one(tmp_path: Path, capsys: Out) -> None:
    old = written(tmp_path, "a.txt", "1. Pay in 30 days")
    new = written(tmp_path, "b.txt", "1. Pay in 60 days")
    assert call(["skills", "compare", old, new]) == 1
    assert "figure 30 → 60" in capsys.readouterr().out
    assert call(["skills", "compare", old, old]) == 0


def test_a_letter_with_a_gap_ends_with_one_and_names_it(tmp_path: Path, capsys: Out) -> None:
    template = written(tmp_path, "t.yaml", TEMPLATE)
    assert call(["skills", "draft", template, "--language", "zh", "--values", '{"name": "甲"}']) == 0
    assert capsys.readouterr().out == "甲：\n"
    assert call(["skills", "draft", template, "--values", "{}"]) == 1
    assert "missing: name" in capsys.readouterr().err


def test_a_bill_is_read_with_what_it_rests_on(tmp_path: Path, capsys: Out) -> None:
    bill = written(tmp_path, "bill.txt", "Invoice No: R-1\nDate: 14 March 2026\nTotal EUR 12.50\n")
    assert call(["skills", "read-bill", bill, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["number"]["value"], told["date"]["value"]) == ("R-1", "2026-03-14")
    assert told["total"]["evidence"][0]["text"].startswith("Total")


def test_texts_are_compared_by_the_endpoint_of_a_profile_of_the_house(tmp_path: Path, capsys: Out) -> None:
    house = tmp_path / "house.db"
    rows, model = written(tmp_path, "q.csv", QUESTIONS), str(tmp_path / "m.json")
    open_or_create(f"sqlite:///{house}").close()
    with ModelEndpoint([Embeds()]) as endpoint:
        (profiles := tmp_path / "house.models.yaml").write_text(
            f"near: {{base_url: '{endpoint.base_url}', model: small, networks: [127.0.0.0/8]}}", "utf-8"
        )
        profiles.chmod(0o600)
        more = ["--embedder", "near", "--database", f"sqlite:///{house}"]
        train = ["skills", "train", "classify", rows, "--label", "intent", "--save", model]
        assert call([*train, *more]) == 0
        assert call(["skills", "ask", model, "invoice is wrong", *more]) == 0
        assert endpoint.received
    assert call([*train, "--embedder", "far", "--database", f"sqlite:///{house}"]) == 2
    assert "There are: near" in capsys.readouterr().err
