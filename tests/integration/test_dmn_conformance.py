"""The DMN compatibility kit: the figures may rise and never fall."""

from pathlib import Path

import pytest
from lxml import etree

from mainspring import dmn
from mainspring.dmn.document import Document, children, read
from mainspring.testing.conformance_dmn import Report, run, value_of

CASES = 1_714
VALUES = 1.0
NULLS = 1.0
FOLDERS = 1.0
MODELS, TABLES = 149, 53


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    return run(shared / "conformance" / "dmn")


@pytest.mark.shared
def test_every_case_is_run(report: Report) -> None:
    assert report.cases == CASES


@pytest.mark.shared
def test_the_figures_do_not_fall_below_the_committed_ones(report: Report) -> None:
    assert not report.failures, report.table()
    assert report.value_share >= VALUES
    assert report.null_share >= NULLS
    assert report.folder_mean >= FOLDERS


@pytest.mark.shared
def test_the_report_prints_as_a_table(report: Report) -> None:
    assert "mean over folders" in report.table()
    assert report.as_dict()["cases"] == CASES


@pytest.fixture(scope="module")
def models(shared: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((shared / "conformance" / "dmn").rglob("*.dmn"))]


def canonical(data: bytes) -> bytes:
    made: bytes = etree.tostring(
        etree.fromstring(data, etree.XMLParser(resolve_entities=False)), method="c14n"
    )
    return made


def tables(document: Document) -> list[tuple[str, dmn.DecisionTable]]:
    found = []
    for element in children(document.root, "decision", "businessKnowledgeModel"):
        key = element.get("id") or element.get("name") or ""
        try:
            found.append((key, dmn.table_of(document, key)))
        except dmn.UnknownDecisionError:
            continue
    return found


@pytest.mark.shared
def test_every_model_is_written_back_as_it_was(models: list[bytes]) -> None:
    assert len(models) == MODELS
    assert [n for n, data in enumerate(models) if canonical(dmn.to_xml(read(data))) != canonical(data)] == []


@pytest.mark.shared
def test_every_table_goes_to_a_sheet_and_back_and_leaves_its_model_as_it_was(models: list[bytes]) -> None:
    count = 0
    for data in models:
        for key, table in tables(read(data)):
            count += 1
            assert dmn.from_csv(dmn.to_csv(table)) == table
            assert dmn.from_excel(dmn.to_excel(table)) == table
            assert canonical(dmn.with_table(data, key, table)) == canonical(data)
    assert count == TABLES


@pytest.mark.shared
def test_no_decision_that_gives_a_value_is_said_to_be_certainly_wrong(shared: Path) -> None:
    wrong = []
    for path in sorted((shared / "conformance" / "dmn").rglob("*-test-*.xml")):
        tests = etree.parse(path).getroot()
        named = (tests.findtext("{*}modelName") or "").strip()
        source = path.parent / named
        model = dmn.load(source, [other for other in path.parent.glob("*.dmn") if other != source])
        names = {one.id: one.name for one in model.decisions}
        refused = {names.get(one.element, one.element) for one in dmn.analyse(model) if one.refuses}
        wrong += [
            f"{path.parent.name}: {node.get('name')}"
            for node in tests.iterfind("{*}testCase/{*}resultNode")
            if node.get("name") in refused and node.get("errorResult") != "true" and _is_value(node)
        ]
    assert wrong == []


def _is_value(node: etree._Element) -> bool:
    expected = node.find("{*}expected")
    return expected is not None and value_of(expected) is not None
