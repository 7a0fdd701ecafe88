"""Probabilities of outcomes: better than the share, true to their word, and never from what came later."""

from pathlib import Path

import numpy as np
import pytest

from mainspring.cli.main import call
from mainspring.insight.errors import MiningError
from mainspring.insight.log import Log, from_cases
from mainspring.insight.mine.outcome import Outcome, reliability, with_activity
from mainspring.insight.mine.predict import prefixes
from mainspring.insight.mine.running import running

MINUTE = 60_000_000
CASES = 600


def complaints(seed: int = 1) -> Log:
    """Cases by letter are refused nine times in ten, those by mail once in ten."""
    rng = np.random.default_rng(seed)
    cases = {}
    for number in range(CASES):
        letter = rng.random() < 0.5
        refused = rng.random() < (0.9 if letter else 0.1)
        at = number * 100 * MINUTE
        steps = ["Letter" if letter else "Mail", "Read", "Refuse" if refused else "Pay", "File"]
        cases[f"case {number}"] = [
            (step, at + (place * 20 + int(rng.integers(1, 20))) * MINUTE) for place, step in enumerate(steps)
        ]
    return from_cases(cases)


def test_probabilities_are_better_than_the_share_and_true_to_their_word() -> None:
    log = complaints()
    kind = with_activity(log, "Refuse")
    begin = log.time[log.offsets[:-1]]
    split = int(np.quantile(begin, 0.7))
    model = Outcome(log, kind, until=split)
    test = prefixes(log, begin > split)
    truth = kind[test.case].astype(float)
    found = reliability(model.predict(test.known), truth)
    assert found.brier < 0.6 * reliability(model.ways["share"](test.known), truth).brier
    assert found.gap < 0.1


def test_what_came_after_the_split_changes_nothing() -> None:
    log = complaints()
    kind = with_activity(log, "Refuse")
    split = int(np.quantile(log.time, 0.6))
    turned = np.where(log.time[log.offsets[:-1]] > split, ~kind, kind)
    known = prefixes(log, np.ones(CASES, bool)).known
    before, after = Outcome(log, kind, until=split), Outcome(log, turned, until=split)
    assert (before.predict(known) == after.predict(known)).all()


def test_cases_that_all_end_alike_cannot_be_predicted() -> None:
    log = complaints()
    with pytest.raises(MiningError, match="all or none"):
        Outcome(log, np.ones(CASES, bool))


def test_an_activity_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(MiningError, match="Sing"):
        with_activity(complaints(), "Sing")


def test_cases_with_an_unusual_last_step_are_running() -> None:
    cases = {f"c{n}": [("A", n * MINUTE), ("B", n * MINUTE + 5)] for n in range(100)}
    cases["open"] = [("A", 101 * MINUTE)]
    assert running(from_cases(cases)).numbers.tolist() == [100]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The same complaints as CSV, with one case that still goes on."""
    log, path = complaints(), tmp_path / "complaints.csv"
    rows = ["case,activity,timestamp,channel"]
    for case in range(CASES):
        for place in range(int(log.offsets[case]), int(log.offsets[case + 1])):
            at = np.datetime64(int(log.time[place]), "us")
            channel = log.activities[log.activity[log.offsets[case]]]
            rows.append(f"{log.cases[case]},{log.activities[log.activity[place]]},{at}Z,{channel}")
    rows.append(f"open,Letter,{np.datetime64(int(log.time.max()) + MINUTE, 'us')}Z,Letter")
    path.write_text("\n".join(rows), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["bottlenecks"], "share of all time", "占全部时间"),
        (["compare", "--with", "Refuse"], "in these cases", "这些案例"),
        (["causes", "--with", "Refuse"], "activity = Mail", "这类案例所占比例"),
        (["drift"], "share before", "此前占比"),
        (["predict", "--with", "Refuse"], "still takes", "还需"),
    ],
)
def test_each_analysis_speaks_both_languages(
    file: str, arguments: list[str], english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["mine", arguments[0], file, *arguments[1:]]) == 0
    assert english in capsys.readouterr().out
    assert call(["mine", arguments[0], file, *arguments[1:], "--zh"]) == 0
    assert chinese in capsys.readouterr().out


def test_waiting_without_who_worked_is_told_and_not_guessed(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["mine", "waits", file]) == 2
    assert "the log does not say who worked" in capsys.readouterr().err
