"""A log written and read again is the same log."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainspring.insight import Log, read_log
from mainspring.insight.errors import LogError
from mainspring.insight.log import from_cases
from mainspring.insight.log.write import write_log

TEXT = "case,activity,timestamp,org:resource,amount\n"
ROWS = [
    "1,a,2026-01-01T00:00:00Z,ann,3",
    "2,a & <b>,2026-01-01T01:00:00.25Z,,",
    "1,审批,2026-01-02T00:00:00Z,eve,4.5",
]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    path = tmp_path / "log.csv"
    path.write_text(TEXT + "\n".join(ROWS) + "\n", "utf-8")
    return read_log(path)


@pytest.mark.parametrize("name", ["out.parquet", "out.xes", "out.xes.gz"])
def test_a_log_comes_back_with_its_columns(log: Log, tmp_path: Path, name: str) -> None:
    write_log(log, tmp_path / name)
    again = read_log(tmp_path / name)
    assert again.variants() == log.variants()
    assert again.case_durations() == log.case_durations()
    who, amount = again.attribute("org:resource"), again.attribute("amount")
    assert [who.text(place) for place in range(3)] == ["ann", "eve", ""]
    assert [amount.text(place) for place in range(3)] == ["3", "4.5", ""]


def test_ocel_declares_its_keys_and_comes_back(log: Log, tmp_path: Path) -> None:
    path = tmp_path / "out.sqlite"
    write_log(log, path)
    assert read_log(path, case="case").dfg() == log.dfg()
    assert read_log(path, case="resource").start_activities() == {"a": 1, "审批": 1}
    with sqlite3.connect(path) as base:
        keys = {row[3]: row[2] for row in base.execute("PRAGMA foreign_key_list(event_object)")}
        assert keys == {"ocel_event_id": "event", "ocel_object_id": "object"}
        assert [row[5] for row in base.execute("PRAGMA table_info(event)")] == [1, 0]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_exists_is_not_overwritten(log: Log, tmp_path: Path) -> None:
    (tmp_path / "out.xes").write_text("precious")
    with pytest.raises(LogError, match="exists already"):
        write_log(log, tmp_path / "out.xes")
    with pytest.raises(LogError, match="kind"):
        write_log(log, tmp_path / "out.doc")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1),
        st.lists(st.tuples(st.sampled_from(["a", 'b"', "<c>"]), st.integers(0, 10**14)), min_size=1),
        min_size=1,
    )
)
def test_any_names_survive_xes(tmp_path: Path, cases: dict[str, list[tuple[str, int]]]) -> None:
    path = tmp_path / "any.xes"
    path.unlink(missing_ok=True)
    log = from_cases(cases)
    write_log(log, path)
    again = read_log(path)
    assert again.variants() == log.variants()
    assert set(again.cases) == set(cases)
