"""What is known to be in a log is found in it."""

from itertools import count
from pathlib import Path

import numpy as np
import pytest

from mainspring.insight import Log, read_log
from mainspring.insight.errors import MiningError
from mainspring.insight.log import from_cases
from mainspring.insight.mine.causes import causes
from mainspring.insight.mine.compare import compare, false_discovery
from mainspring.insight.mine.drift import drifts
from mainspring.insight.mine.predict import Remaining, prefixes
from mainspring.insight.mine.waiting import Waits, waits
from mainspring.insight.mine.work import bottlenecks, handovers, rework

DAY = 86_400_000_000
HOUR = 3_600_000_000


def table(tmp_path: Path, head: str, rows: list[str]) -> Log:
    path = tmp_path / "log.csv"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return read_log(path)


def test_rework_handovers_and_bottlenecks_are_counted(tmp_path: Path) -> None:
    rows = [
        "1,a,2026-01-05T08:00:00Z,ann", "1,b,2026-01-05T09:00:00Z,bob", "1,b,2026-01-05T12:00:00Z,ann",
        "2,a,2026-01-05T08:00:00Z,ann", "2,b,2026-01-05T08:30:00Z,ann",
    ]  # fmt: skip
    log = table(tmp_path, "case,activity,time,resource", rows)
    assert rework(log) == [("b", 1, 0.5, 1)]
    assert handovers(log) == {("ann", "bob"): 1, ("bob", "ann"): 1}
    assert bottlenecks(log)[0][:4] == ("b", "b", 1, 3 * 3600)


def spans(tmp_path: Path, *rows: str) -> dict[str, Waits]:
    head = "case,activity,time,resource,start_timestamp"
    return waits(table(tmp_path, head, [row.replace("@", "2026-01-05T") for row in rows]))


def test_waiting_behind_earlier_work_is_contention_behind_later_work_prioritisation(
    tmp_path: Path,
) -> None:
    found = spans(
        tmp_path,
        "1,new,@08:00:00Z,web,@08:00:00Z", "1,do,@10:00:00Z,ann,@08:00:00Z",
        "2,new,@08:10:00Z,web,@08:10:00Z", "2,do2,@11:00:00Z,ann,@10:00:00Z",
        "3,new,@08:05:00Z,web,@08:05:00Z", "3,late,@12:00:00Z,ann,@11:00:00Z",
    )  # fmt: skip
    assert found["do2"].contention == 110 * 60
    assert found["late"].prioritisation == 3600
    assert found["late"].contention == 115 * 60
    assert found["do"].total == 0


def test_waiting_for_the_others_of_a_batch_is_batching(tmp_path: Path) -> None:
    found = spans(
        tmp_path,
        "1,new,@08:00:00Z,web,@08:00:00Z", "1,do,@10:10:00Z,ann,@10:00:00Z",
        "2,new,@10:00:00Z,web,@10:00:00Z", "2,do,@10:20:00Z,ann,@10:10:00Z",
    )  # fmt: skip
    assert found["do"].batching == 7200
    assert found["do"].contention == 600


def test_waiting_is_refused_where_nobody_says_who_worked() -> None:
    with pytest.raises(MiningError, match="who worked"):
        waits(from_cases({"1": [("a", 0)]}))


def test_a_real_difference_is_found_and_chance_is_not() -> None:
    random = np.random.default_rng(1)
    cases, group = {}, []
    for number in range(600):
        slow = number % 2 == 0
        pause = int(random.exponential(20 if slow else 10) * HOUR)
        cases[str(number)] = [
            ("a", 0),
            ("b", HOUR + int(random.exponential(5) * HOUR)),
            ("c", 30 * DAY + pause),
        ]
        if random.random() < (0.4 if slow else 0.2):
            cases[str(number)].append(("again", 90 * DAY))
        group.append(slow)
    found = {one.activity: one for one in compare(from_cases(cases), np.array(group))}
    assert found["again"].significant
    assert not found["b"].significant


def test_false_discoveries_are_corrected_as_published() -> None:
    assert false_discovery(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist() == [0.04, 0.0533, 0.0533, 0.5]


def test_the_attribute_that_explains_is_asked_first(tmp_path: Path) -> None:
    random, rows, kind = np.random.default_rng(2), [], []
    for number in range(400):
        region, size = random.choice(["north", "south"]), random.integers(1, 100)
        rows.append(f"{number},a,2026-01-05T08:00:00Z,{region},{size},{random.choice(['x', 'y'])}")
        kind.append(random.random() < (0.8 if region == "south" and size > 50 else 0.1))
    tree = causes(table(tmp_path, "case,activity,time,region,size,noise", rows), np.array(kind))
    text = "\n".join(tree.lines())
    assert "region = " in text
    assert "size > " in text
    assert "noise" not in text


def test_a_change_is_dated_and_steady_running_is_not_called_one() -> None:
    random, at = np.random.default_rng(3), count()
    cases = {}
    for number in range(2000):
        begin = next(at) * HOUR
        trace = "abd" if random.random() < (0.8 if number < 1000 else 0.4) else "acd"
        cases[str(number)] = [(what, begin + place) for place, what in enumerate(trace)]
    (found,) = drifts(from_cases(cases))
    assert abs(found.at / HOUR - 1000) <= 100
    assert drifts(from_cases(dict(list(cases.items())[:1000]))) == []


def test_intervals_hold_as_often_as_they_say() -> None:
    random, cases = np.random.default_rng(4), {}
    for number in range(900):
        begin, trace = number * HOUR, "abc" if random.random() < 0.5 else "adc"
        pause = 10 if trace == "abc" else 40
        steps = np.cumsum([0, random.exponential(2) * HOUR, random.exponential(pause) * HOUR]) + begin
        cases[str(number)] = [(what, int(when)) for what, when in zip(trace, steps, strict=True)]
    log = from_cases(cases)
    split = 600 * HOUR
    model = Remaining(log, until=split)
    test = prefixes(log, log.time[log.offsets[:-1]] > split)
    found = model.predict(test.known)
    inside = (test.remaining >= found.low) & (test.remaining <= found.high)
    assert 0.85 <= inside.mean() <= 0.95
    constant = np.abs(model.ways["constant"](test.known) - test.remaining).mean()
    assert np.abs(found.seconds - test.remaining).mean() < constant


def test_prediction_needs_cases_that_have_ended() -> None:
    with pytest.raises(MiningError, match="needs 40"):
        Remaining(from_cases({"1": [("a", 0)]}))
