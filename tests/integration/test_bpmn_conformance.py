"""The public BPMN suites: execution, refusal of invalid models, interchange."""

from pathlib import Path

import pytest

from mainspring.testing import conformance_bpmn

pytestmark = pytest.mark.shared
NOT_FOLLOWED = {"activities/AdHocSubProcess_Sequential", "activities/AdHocSubProcess_Parallel"}
"""What docs/conformance-bpmn.md lists with its reason."""


@pytest.mark.parametrize("runtime", [False, True], ids=["engine", "runtime"])
@pytest.mark.parametrize("reload", [False, True], ids=["straight", "reloaded"])
def test_all_execution_cases_pass_but_those_listed(shared: Path, *, reload: bool, runtime: bool) -> None:
    folder = shared / "conformance" / "bpmn-execution"
    report = conformance_bpmn.run(folder, reload=reload, runtime=runtime)
    assert {outcome.model for outcome in report.failures} <= NOT_FOLLOWED, report.table()
    assert (report.passed, len(report.outcomes)) == (120, 122)


def test_every_model_of_the_execution_suite_may_be_deployed(shared: Path) -> None:
    refused = conformance_bpmn.refused(shared / "conformance" / "bpmn-execution")
    assert refused == {}


def test_invalid_models_are_refused_with_file_element_and_rule(shared: Path) -> None:
    folder = shared / "conformance" / "bpmn-invalid"
    refused = conformance_bpmn.refused(folder)
    assert len(refused) >= 137
    for name, findings in refused.items():
        assert findings
        assert all(f.source == Path(name).name and f.element and f.rule for f in findings)


def test_reference_models_come_back_as_they_were(shared: Path) -> None:
    folder = shared / "conformance" / "bpmn-interchange"
    assert len(list(folder.glob("*.bpmn"))) == 8
    assert conformance_bpmn.changed(folder) == []


def test_the_page_of_figures_names_each_suite(shared: Path) -> None:
    page = conformance_bpmn.page(shared / "conformance")
    assert "| all | 120 | 122 |" in page
    assert "137 of 138 refused" in page
    assert "8 of 8 round trips" in page
