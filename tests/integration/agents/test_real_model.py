"""The same tasks as with the scripted endpoint, against a real server; `make test-model` starts one.

The model is far too small to be right. What is tested is the protocol: it is asked, streams, is counted and
called off, and whatever it says becomes a draft that fits the schema, or ends at a person.
"""

import os
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.agents.models import AnswerInvalid, Cancelled, Drafter, Profile
from mainspring.agents.models.drafter import Asker
from mainspring.agents.models.prompt import Task
from mainspring.agents.tables import models_used, runs
from mainspring.gateway.egress import Egress

ADDRESS = os.environ.get("MAINSPRING_TEST_MODEL", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="no local model serves; `make test-model` starts one")
SCHEMA = {
    "type": "object",
    "properties": {"label": {"type": "string", "enum": ["bill", "offer"]}},
    "required": ["label"],
}
TASK = Task("Say whether the note is a bill or an offer.", SCHEMA, {"text": "Invoice 7: please pay 100 EUR."})
ASKER = Asker("sorter", 7)


@pytest.fixture
def drafter(office: Any) -> Drafter:
    small = Profile(
        base_url=ADDRESS,
        model="small",
        networks=("127.0.0.0/8",),
        seconds=120,
        most_tokens=60,
        price_in=Decimal(1),
    )
    return Drafter(office.store, Egress(), {"main": small}, office.clock, office.keys, b"0123456789abcdef")


def calls(office: Any) -> Any:
    return office.read(lambda tx: tx.all(select(models_used).where(models_used.c.tenant_id == tx.tenant)))


def test_an_answer_fits_the_schema_or_is_refused_after_two_requests(office: Any, drafter: Drafter) -> None:
    try:
        drafted = drafter.draft(TASK, "main", ASKER)
    except AnswerInvalid:
        assert len(calls(office)) == 2
    else:
        assert drafted.values["label"] in {"bill", "offer"}


def test_tokens_are_counted_and_cost_what_the_profile_says(office: Any, drafter: Drafter) -> None:
    with suppress(AnswerInvalid):
        drafter.draft(TASK, "main", ASKER)
    for call in calls(office):
        assert call.tokens_in > 50
        assert call.tokens_out > 0
        assert float(call.cost) == pytest.approx(call.tokens_in / 1e6)


def test_the_answer_comes_in_pieces(drafter: Drafter) -> None:
    pieces: list[str] = []
    with suppress(AnswerInvalid):
        drafter.draft(TASK, "main", ASKER, hear=pieces.append)
    assert len(pieces) > 1


def test_a_request_is_called_off_in_the_middle(drafter: Drafter) -> None:
    pieces: list[str] = []
    with pytest.raises(Cancelled):
        drafter.draft(TASK, "main", ASKER, hear=pieces.append, called_off=lambda: len(pieces) >= 1)


def test_personal_values_do_not_reach_it(office: Any, drafter: Drafter) -> None:
    told = TASK._replace(data={"text": "Write to jo@example.org, 13800138000"})
    with suppress(AnswerInvalid):
        drafter.draft(told, "main", ASKER)
    sent = str([call.prompt for call in calls(office)])
    assert "jo@example.org" not in sent
    assert "13800138000" not in sent


def test_every_job_ends_done_or_at_a_person(thinking: Any, drafter: Drafter) -> None:
    thinking.drafter = drafter
    for _ in range(3):
        thinking.note("bill", 0.9)
    thinking.work()
    found = thinking.read(lambda tx: tx.all(select(runs.c.outcome).where(runs.c.tenant_id == tx.tenant)))
    assert len(found) == 3
    assert {row.outcome for row in found} <= {"done", "review"}
    assert len(thinking.filed) + len(thinking.waiting()) == 3
