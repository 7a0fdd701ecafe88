"""The DMN compatibility kit: the figures may rise and never fall."""

from pathlib import Path

import pytest

from mainspring.testing.conformance_dmn import Report, run

CASES = 1_714
VALUES = 1.0
NULLS = 1.0
FOLDERS = 1.0


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
