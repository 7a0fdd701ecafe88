"""Versions whose drafts come from a model: compared on judged cases before they are released."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mainspring.agents import reviewed
from mainspring.agents.definition import AgentDefinition
from mainspring.agents.errors import ReleaseRefused
from mainspring.agents.reviewed import Golden
from mainspring.agents.tables import runs
from mainspring.app import employee_comparison, employee_definition, employee_release
from mainspring.app.house import House
from mainspring.app.opening import open_or_create
from mainspring.govern import identity
from mainspring.testing.model_endpoint import ModelEndpoint, Says, Status

ACTIVITY = "lead-to-cash:score-lead"
REVIEW = {"group": "sales", "form": "review_answer", "title": {"en": "Look", "zh": "看"}}
Opened = Callable[..., tuple[House, ModelEndpoint]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A house whose profile `main` is a scripted endpoint."""
    made: list[Any] = []

    def open_with(*script: Any) -> tuple[House, ModelEndpoint]:
        endpoint = ModelEndpoint(list(script)).__enter__()
        file = tmp_path / "house.models.yaml"
        address = f"base_url: '{endpoint.base_url}', networks: ['127.0.0.0/8']"
        file.write_text(f"main: {{{address}, model: scripted, price_in: 2, price_out: 8}}\n", "utf-8")
        file.chmod(0o600)
        house = open_or_create(f"sqlite:///{tmp_path}/house.db")
        made.extend((house.close, lambda: endpoint.__exit__(None, None, None)))
        return house, endpoint

    yield open_with
    for close in made:
        close()


def judged(house: House, score: float, times: int) -> None:
    """Leads whose score somebody looked at and left: the answer is what is right."""
    said = {"agent": "inquiry_clerk", "version": 1, "skill": "score_lead", "confidence": 1.0}
    empty: dict[str, Any] = {"doubts": [], "evidence": []}
    kept = {**empty, "values": {"score": score}, "confidence": 1.0, "sure": {}}
    with house.store.write() as tx:
        for _ in range(times):
            row = {"at": house.clock(), "job": house.keys(), "instance": 1, "element": "score_lead"}
            for outcome, draft in (("review", kept), ("done", None)):
                run = {"run": house.keys(), "steps": [], "outcome": outcome, "draft": draft}
                tx.insert(runs, {**row, **said, **empty, **run})


def by_model(house: House, **changes: Any) -> AgentDefinition:
    with house.store.read() as tx:
        version = employee_definition.next_version(house, tx, "inquiry_clerk")
    fields = version.model_dump(mode="json")
    fields["duties"][ACTIVITY] |= {"model": "main", "alone_from": 0.5, "review": REVIEW}
    return AgentDefinition.model_validate({**fields, "output": {"type": "object"}, **changes})


def test_a_model_drafts_the_latest_judged_cases_anew_and_what_it_cost_is_told(opened: Opened) -> None:
    house, endpoint = opened(Says('{"score": 0.5, "confidence": 0.9}'))
    judged(house, 0.5, 23)
    found = employee_comparison.evaluate(house, by_model(house))
    most = employee_comparison.ASKED
    assert (found.cases, found.candidate_right, found.loses) == (most, most, False)
    assert found.asked == len(endpoint.received) == most
    assert found.tokens > 0
    assert found.cost > 0


def test_a_model_that_drafts_worse_than_the_live_version_is_not_released(opened: Opened) -> None:
    house, _ = opened(Says('{"score": 0.1, "confidence": 0.9}'))
    judged(house, 0.5, 3)
    with house.store.read() as tx:
        owner = identity.principal(tx, "owner")
    with pytest.raises(ReleaseRefused, match="on 3 held-back cases"):
        employee_release.release(house, by_model(house), "shadow", agent="inquiry_clerk", by=owner)


def test_an_answer_that_does_not_fit_is_a_draft_with_nothing_right(opened: Opened) -> None:
    house, _ = opened(Says("I cannot say."))
    judged(house, 0.5, 1)
    version = by_model(house, output={"type": "object", "required": ["score"]})
    found = employee_comparison.evaluate(house, version)
    assert (found.cases, found.candidate_unseen, found.asked) == (1, 0, 2)


def test_a_model_that_is_down_leaves_nothing_to_compare(opened: Opened) -> None:
    house, _ = opened(Status(500))
    judged(house, 0.5, 2)
    with pytest.raises(ReleaseRefused, match=r"nothing to compare.*500"):
        employee_comparison.evaluate(house, by_model(house))


def test_versions_that_ask_the_same_are_asked_once(opened: Opened) -> None:
    house, endpoint = opened(Says('{"score": 0.5, "confidence": 0.9}'))
    with house.store.read() as tx:
        owner = identity.principal(tx, "owner")
    employee_release.release(house, by_model(house), "shadow", agent="inquiry_clerk", by=owner)
    employee_release.release(house, None, "full", agent="inquiry_clerk", by=owner)
    judged(house, 0.5, 4)
    same = employee_comparison.evaluate(house, by_model(house, audit_share="0.2"))
    assert (same.cases, same.loses, len(endpoint.received)) == (4, False, 4)
    other = employee_comparison.evaluate(house, by_model(house, instructions="Score it anew."))
    assert (other.cases, other.asked, len(endpoint.received)) == (4, 8, 12)


def test_a_case_is_drafted_from_what_was_known_then_and_not_from_its_answer(office: Any) -> None:
    office.note("bill", 0.4, truth="offer")
    office.work()
    (task,) = office.waiting()
    office.review()
    then = office.read(lambda tx: reviewed.variables_then(tx, _case(tx, task, office.clock())))
    assert then == {"guess": "bill", "sure": Decimal("0.4"), "truth": "offer"}


def _case(tx: Any, task: Any, at: datetime) -> Golden:
    (key,) = {row.job for row in tx.all(runs.select().where(runs.c.tenant_id == tx.tenant))}
    return Golden(1, at, "sort", key, task.instance, "do", {"label": "offer"}, True)
