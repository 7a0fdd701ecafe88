"""What is strange in a log is told with its place, and what can be used of it is imported."""

import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from mainspring.insight import Log, read_log
from mainspring.insight.errors import LogError, MiningError
from mainspring.insight.log import limits
from mainspring.insight.mine.running import running

HEAD = "case,activity,time"
MANY = 100_000


def csv(path: Path, *rows: str, head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path


def told(log: Log) -> dict[str, list[str]]:
    """Each finding in its first word or two, and its places."""
    return {reason: list(map(str, one.places)) for reason, one in log.report.findings.items()}


def test_an_event_that_is_there_twice_is_kept_and_told_with_its_line(tmp_path: Path) -> None:
    rows = ("1,a,2026-01-01T08:00:00Z", "1,b,2026-01-01T09:00:00Z", "1,b,2026-01-01T09:00:00Z")
    log = read_log(csv(tmp_path / "log.csv", *rows, "2,b,2026-01-01T09:00:00Z"))
    assert log.variants() == {("a", "b", "b"): 1, ("b",): 1}
    ((reason, places),) = told(log).items()
    assert "repeats the one before it" in reason
    assert places == ["line 4"]


def test_events_out_of_order_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = ("1,b,2026-01-01T09:00:00Z", "2,x,2026-01-01T09:30:00Z", "1,a,2026-01-01T08:00:00Z")
    log = read_log(csv(tmp_path / "log.csv", *rows))
    assert ("a", "b") in log.variants()
    ((reason, places),) = told(log).items()
    assert "ordered by time" in reason
    assert places == ["line 4"]


def test_lines_stay_right_where_others_were_left_out(tmp_path: Path) -> None:
    rows = ("1,,2026-01-01T07:00:00Z", "1,b,2026-01-01T09:00:00Z", "1,a,2026-01-01T08:00:00Z")
    found = told(read_log(csv(tmp_path / "log.csv", *rows)))
    assert found["no activity"] == ["line 2"]
    assert [places for reason, places in found.items() if "ordered" in reason] == [["line 4"]]


@pytest.mark.parametrize(
    ("at", "reason"), [("2026-10-25 02:30:00", "makes double"), ("2026-03-29 02:30:00", "leaves out")]
)
@pytest.mark.parametrize("layout", ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S"])
def test_hours_that_summer_time_doubles_or_drops_are_told_with_line_and_column(
    tmp_path: Path, at: str, reason: str, layout: str
) -> None:
    stamps = pl.Series(["2026-01-01 10:00:00", at]).str.to_datetime().dt.strftime(layout)
    rows = [f"1,{name},{stamp}" for name, stamp in zip("ab", stamps, strict=True)]
    log = read_log(csv(tmp_path / "log.csv", *rows), zone="Europe/Berlin")
    assert len(log) == 2
    ((said, places),) = [one for one in told(log).items() if "summer time" in one[0]]
    assert reason in said
    assert places == ["line 3, column 3"]


def test_a_zone_that_no_clock_has_costs_that_event_alone(tmp_path: Path) -> None:
    rows = ("1,a,2026-01-01T08:00:00+02:00", "1,b,2026-01-01T09:00:00+99:00", "1,c,2026-01-01T09:00:00+02:00")
    log = read_log(csv(tmp_path / "log.csv", *rows))
    assert log.dfg() == {("a", "c"): 1}
    assert told(log)["no time that can be read"] == ["line 3, column 3: '2026-01-01T09:00:00+99:00'"]


def test_times_of_several_zones_are_one_time(tmp_path: Path) -> None:
    rows = ("1,b,2026-01-01T08:30:00Z", "1,a,2026-01-01T10:00:00+02:00", "1,c,2026-01-01T17:00:00+08:00")
    log = read_log(csv(tmp_path / "log.csv", *rows))
    assert list(log.variants()) == [("a", "b", "c")]
    assert log.case_durations() == {"1": 3600.0}


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"log.{kind}"
    frame = pl.DataFrame({"note": ["some", "more"], "amount": [1, 2]})
    if kind == "csv":
        frame.write_csv(path)
    elif kind == "parquet":
        frame.write_parquet(path)
    else:
        book = openpyxl.Workbook()
        for row in (tuple(frame.columns), *frame.rows()):
            book.worksheets[0].append(row)
        book.save(path)
    with pytest.raises(LogError, match="cannot be told") as refused:
        read_log(path)
    assert f"log.{kind}, line 1" in refused.value.where
    assert "note, amount" in refused.value.mend
    with pytest.raises(LogError, match="there is no column nowhere"):
        read_log(path, case="nowhere")


def test_a_workbook_that_unpacks_beyond_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 1 << 20)
    path = tmp_path / "log.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (8 << 20))
    with pytest.raises(LogError, match="far more than a log") as refused:
        read_log(path)
    assert "log.xlsx" in refused.value.where


def test_cases_without_end_are_imported_and_known_to_be_running(tmp_path: Path) -> None:
    rows = [
        f"{case},{name},2026-01-{1 + case // 2:02}T{hour:02}:00:00Z"
        for case in range(50)
        for hour, name in enumerate(("begin", "work", "end") if case < 48 else ("begin", "work"), 8)
    ]
    log = read_log(csv(tmp_path / "log.csv", *rows))
    assert len(log.cases) == 50
    assert [log.cases[number] for number in running(log).numbers] == ["48", "49"]


def test_a_hundred_thousand_activities_are_read_and_counted_and_refused_a_model(tmp_path: Path) -> None:
    places = range(MANY)
    frame = pl.DataFrame(
        {
            "case": [f"c{place // 2}" for place in places],
            "activity": [f"a{place}" for place in places],
            "time": [f"2026-01-01T08:00:0{place % 2}Z" for place in places],
        }
    )
    frame.write_csv(tmp_path / "log.csv")
    log = read_log(tmp_path / "log.csv")
    assert len(log.dfg()) == MANY // 2 == len(log.variants()) == len(log.performance())
    with pytest.raises(MiningError, match="activities"):
        log.discover()
