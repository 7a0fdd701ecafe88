"""Logs of any kind are read alike; what cannot be read is told with its place."""

import gzip
import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainspring.insight import read_log
from mainspring.insight.errors import LogError
from mainspring.insight.log import limits
from mainspring.insight.log.ocel_text import read_json, read_xml

ROWS = [
    ("1", "register", "2026-03-01T08:00:00+00:00"),
    ("2", "register", "2026-03-01T09:00:00+00:00"),
    ("1", "check", "2026-03-01T10:00:00+00:00"),
    ("2", "pay", "2026-03-02T09:00:00+00:00"),
]
DFG = {("register", "check"): 1, ("register", "pay"): 1}
DURATIONS = {"1": 7200.0, "2": 86400.0}


def csv(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def table(head: str = "case,activity,timestamp") -> str:
    return "\n".join([head, *(",".join(row) for row in ROWS)]) + "\n"


def xes(events: str) -> str:
    head = '<?xml version="1.0"?>\n<log>\n<trace><string key="concept:name" value="1"/>\n'
    return f"{head}{events}\n</trace></log>"


def event(name: str, at: str) -> str:
    return (
        f'<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/></event>'
    )


def test_csv_excel_and_parquet_give_the_same_log(tmp_path: Path) -> None:
    files = [csv(tmp_path / "log.csv", table()), tmp_path / "log.parquet", tmp_path / "log.xlsx"]
    frame = pl.DataFrame(ROWS, schema=["case", "activity", "timestamp"], orient="row")
    frame.with_columns(pl.col("timestamp").str.to_datetime(time_zone="UTC")).write_parquet(files[1])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["case", "activity", "timestamp"])
    for row in ROWS:
        sheet.append(row)
    book.save(files[2])
    for file in files:
        log = read_log(file)
        assert log.dfg() == DFG, file.suffix
        assert log.case_durations() == DURATIONS, file.suffix


def test_chinese_headings_and_encoding_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    text = table("案例编号,活动名称,完成时间").replace("register", "登记")
    path.write_bytes(text.encode("gb18030"))
    assert read_log(path).dfg() == {("登记", "check"): 1, ("登记", "pay"): 1}


def test_semicolons_and_days_first_are_found_out(tmp_path: Path) -> None:
    text = "Auftrag;Schritt;Wann\n7;a;01.03.2026 08:00\n7;b;13.03.2026 08:00\n8;a;02.03.2026 08:00\n"
    log = read_log(csv(tmp_path / "log.csv", text), case="Auftrag", activity="Schritt")
    assert log.case_durations() == {"7": 12 * 86400.0, "8": 0.0}


def test_a_gz_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(table().encode()))
    assert read_log(path).dfg() == DFG


def test_other_columns_stand_in_the_order_of_the_log(tmp_path: Path) -> None:
    head = "case,activity,timestamp,who,amount\n2,b,2026-01-02T00:00:00Z,eve,1\n"
    rows = "1,a,2026-01-01T00:00:00Z,bob,2.5\n2,a,2026-01-01T00:00:00Z,ann,\n"
    log = read_log(csv(tmp_path / "log.csv", head + rows))
    who = log.attribute("who")
    assert [who.text(place) for place in range(3)] == ["ann", "eve", "bob"]
    assert [log.attribute("amount").text(place) for place in range(3)] == ["", "1", "2.5"]
    with pytest.raises(LogError, match="no column what"):
        log.attribute("what")


def test_rows_that_cannot_be_used_are_told_with_their_line(tmp_path: Path) -> None:
    text = table() + "3,pay\n4,,2026-03-01T08:00:00+00:00\n5,pay,yesterday\n"
    log = read_log(csv(tmp_path / "log.csv", text))
    assert log.dfg() == DFG
    told = {reason: [str(place) for place in found.places] for reason, found in log.report.findings.items()}
    assert told["a line of another width"][0].startswith("line 6")
    assert told["no activity"] == ["line 7, column 2"]
    assert told["no time that can be read"] == ["line 8, column 3: 'yesterday'"]
    assert log.report.left_out == 3


def test_events_out_of_order_are_ordered_and_told(tmp_path: Path) -> None:
    rows = table().splitlines()
    log = read_log(csv(tmp_path / "log.csv", "\n".join([rows[0], *reversed(rows[1:])])))
    assert log.dfg() == DFG
    assert any("ordered by time" in reason for reason in log.report.findings)


def test_ties_keep_the_order_of_the_file(tmp_path: Path) -> None:
    at = "2026-03-01T08:00:00Z"
    log = read_log(csv(tmp_path / "log.csv", f"case,activity,time\n1,b,{at}\n2,x,{at}\n1,a,{at}\n1,c,{at}\n"))
    assert list(log.variants()) == [("b", "a", "c"), ("x",)]


@pytest.mark.parametrize(("year", "zone"), [("2026", "+0100"), ("2026", ""), ("2500", "Z")])
def test_times_finer_than_a_microsecond_are_cut_there(tmp_path: Path, year: str, zone: str) -> None:
    times = (f"{year}-03-01T08:00:00.000000999{zone}", f"{year}-03-01T08:00:00.250001{zone}")
    rows = "".join(f"1,{name},{at}\n" for name, at in zip("ab", times, strict=True))
    log = read_log(csv(tmp_path / "log.csv", "case,activity,time\n" + rows), zone="Asia/Shanghai")
    assert log.case_durations() == {"1": 0.250001}


def test_local_times_follow_the_zone_and_the_doubled_hour_is_told(tmp_path: Path) -> None:
    text = "case,activity,time\n1,a,2026-10-25 01:30:00\n1,b,2026-10-25 02:30:00\n1,c,2026-10-25 03:30:00\n"
    log = read_log(csv(tmp_path / "log.csv", text), zone="Europe/Berlin")
    assert log.performance()["b", "c"]["mean"] == 7200
    assert any("double" in reason for reason in log.report.findings)
    with pytest.raises(LogError, match="no time zone Mars"):
        read_log(tmp_path / "log.csv", zone="Mars")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "x,y\n1,2\n", "cannot be told"),
        ("a.csv", "case,activity,time\n", "no event|no row"),
        ("a.parquet", "PAR1 no", "Parquet"),
        ("a.xlsx", "PK no", "no Excel"),
        ("a.xes", "<log/>", "no event"),
        ("a.xes", '<!DOCTYPE log [<!ENTITY a "b">]><log/>', "document type"),
        ("a.json", '{"events": [}', "line 1, column 13"),
        ("a.json", "{}", "no events and objects"),
        ("a.xml", "<log/>", "no event"),
        ("a.sqlite", "SQLite no", "neither"),
        ("a.doc", "x", "kind of log"),
    ],
)
def test_what_is_no_log_is_refused_in_words(tmp_path: Path, name: str, content: str, told: str) -> None:
    with pytest.raises(LogError, match=told) as refused:
        read_log(csv(tmp_path / name, content))
    assert name in refused.value.where


def test_a_missing_file_is_named() -> None:
    with pytest.raises(LogError, match="no such file"):
        read_log("nowhere.csv")


def test_xes_is_read_with_its_other_attributes(tmp_path: Path) -> None:
    text = xes(event("a", "2026-01-01T10:00:00+02:00") + event("b", "2026-01-01T09:00:00Z"))
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(text.encode()))
    log = read_log(path)
    assert log.case_durations() == {"1": 3600.0}
    assert "concept:name" in log.columns.names


def test_of_a_broken_xes_the_events_before_the_break_are_kept(tmp_path: Path) -> None:
    text = xes(event("a", "2026-01-01T10:00:00Z") + "\n" + event("b", "2026-01-01T11:00:00Z"))
    log = read_log(csv(tmp_path / "log.xes", text[: text.index("</trace>")] + "<event><oops</log>"))
    assert log.dfg() == {("a", "b"): 1}
    (finding,) = log.report.findings.values()
    assert finding.places[0].line == 6
    assert finding.places[0].column > 1


def test_an_xes_event_without_time_is_left_out_with_its_place(tmp_path: Path) -> None:
    nameless = '<event><date key="time:timestamp" value="2026-01-01T10:00:00Z"/></event>'
    text = xes("\n".join([event("a", "2026-01-01T10:00:00Z"), event("b", "soon"), nameless]))
    log = read_log(csv(tmp_path / "log.xes", text))
    assert len(log) == 1
    assert [str(place) for place in log.report.findings["no time that can be read"].places] == [
        "line 5, column 1"
    ]
    assert log.report.findings["no activity"].events == 1


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 1 << 20)
    for name, begin in (("log.xes.gz", b"<log>"), ("log.csv.gz", table().encode())):
        path = tmp_path / name
        path.write_bytes(gzip.compress(begin + b" " * (8 << 20)))
        with pytest.raises(LogError, match="far more than a log"):
            read_log(path)


def test_a_cut_off_gz_gives_what_it_holds(tmp_path: Path) -> None:
    events = [event(f"a{number}", f"2026-01-01T10:{number % 60:02}:00Z") for number in range(5000)]
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(xes("\n".join(events)).encode())[:-2000])
    log = read_log(path)
    assert 1000 < len(log) < 5000
    assert any("from here on" in reason for reason in log.report.findings)


def test_ocel_in_json_is_seen_from_one_type_of_object(tmp_path: Path) -> None:
    def touched(*names: str) -> list[dict[str, str]]:
        return [{"objectId": name, "qualifier": "of"} for name in names]

    kinds = {"o1": "order", "o2": "order", "i": "item"}
    ocel = {
        "objects": [{"id": name, "type": kind} for name, kind in kinds.items()],
        "events": [
            {"id": "1", "type": "place", "time": "2026-01-01T00:00:00Z", "relationships": touched("o1", "i")},
            {"id": "2", "type": "ship", "time": "2026-01-02T00:00:00Z", "relationships": touched("o1", "o2")},
            {"id": "3", "type": "pay", "relationships": touched("o1")},
        ],
    }
    path = csv(tmp_path / "log.json", json.dumps(ocel))
    log = read_log(path, case="order")
    assert log.variants() == {("place", "ship"): 1, ("ship",): 1}
    assert log.report.left_out == 1
    with pytest.raises(LogError, match="not stated"):
        read_log(path)


OCEL_XML = """<?xml version="1.0" encoding="UTF-8"?>
<log>
  <object-types><object-type name="order"><attributes>
    <attribute name="price" type="float"/></attributes></object-type></object-types>
  <event-types><event-type name="place"><attributes>
    <attribute name="by" type="string"/></attributes></event-type></event-types>
  <objects>
    <object id="o1" type="order">
      <attributes><attribute name="price" time="1970-01-01T00:00:00Z">12.5</attribute></attributes>
      <objects><relationship object-id="i" qualifier="has"/></objects>
    </object>
    <object id="i" type="item"><attributes/></object>
  </objects>
  <events>
    <event id="1" type="place" time="2026-01-01T00:00:00Z">
      <attributes><attribute name="by">Wang &amp; Li</attribute></attributes>
      <objects>
        <relationship object-id="o1" qualifier="of"/><relationship object-id="i" qualifier="of"/>
      </objects>
    </event>
    <event id="2" type="pay" time="2026-01-02T08:00:00+08:00">
      <objects><relationship object-id="o1" qualifier="of"/></objects>
    </event>
  </events>
</log>
"""
OCEL_JSON = {
    "objectTypes": [],
    "eventTypes": [],
    "objects": [
        {
            "id": "o1",
            "type": "order",
            "attributes": [{"name": "price", "time": "1970-01-01T00:00:00Z", "value": "12.5"}],
            "relationships": [{"objectId": "i", "qualifier": "has"}],
        },
        {"id": "i", "type": "item"},
    ],
    "events": [
        {
            "id": "1",
            "type": "place",
            "time": "2026-01-01T00:00:00Z",
            "attributes": [{"name": "by", "value": "Wang & Li"}],
            "relationships": [{"objectId": name, "qualifier": "of"} for name in ("o1", "i")],
        },
        {
            "id": "2",
            "type": "pay",
            "time": "2026-01-02T00:00:00Z",
            "relationships": [{"objectId": "o1", "qualifier": "of"}],
        },
    ],
}


def test_ocel_in_xml_says_what_it_says_in_json(tmp_path: Path) -> None:
    (tmp_path / "log.xml").write_text(OCEL_XML, encoding="utf-8")
    (tmp_path / "log.json").write_text(json.dumps(OCEL_JSON), encoding="utf-8")
    marked, plain = read_xml(tmp_path / "log.xml"), read_json(tmp_path / "log.json")
    assert (marked.events, marked.objects) == (plain.events, plain.objects)
    assert read_log(tmp_path / "log.xml", case="order").variants() == {("place", "pay"): 1}
    assert read_log(tmp_path / "log.xml", case="item").variants() == {("place",): 1}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(min_size=1, max_size=300),
    st.sampled_from(["csv", "xes", "json", "xml", "xlsx", "parquet", "sqlite"]),
)
def test_no_bytes_crash_the_reader(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / f"log.{kind}"
    path.write_bytes(data)
    with pytest.raises(LogError):
        read_log(path)
