"""A small bank behind a gateway: operations of every effect, people who confirm, a ladder in DMN."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select

from mainspring import dmn
from mainspring.gateway import Caller, Gateway
from mainspring.govern.approvals import Approvals
from mainspring.govern.ladder import Ladder
from mainspring.govern.policies import default_policies
from mainspring.govern.principal import Principal
from mainspring.govern.tables import calls, sign_in_links
from mainspring.services.operation import Context, Operation
from mainspring.store import Store, Tx


class Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(Data):
    text: str


class Refund(Data):
    customer_id: str
    total: Decimal


class Done(Data):
    text: str


class BrokenError(Exception):
    """The service fell over."""


def written(tx: Tx) -> int:
    """How often an operation took effect."""
    return int(tx.scalar(select(func.count()).where(sign_in_links.c.tenant_id == tx.tenant)))


def _write(context: Context, text: str) -> Done:
    row = {
        "token_hash": str(context.keys()),
        "person": context.principal.id,
        "created_at": context.now,
        "expires_at": context.now,
    }
    context.tx.insert(sign_in_links, row)
    if text == "break":
        raise BrokenError("the service fell over half-way")
    return Done(text=text)


def _operation(name: str, effect: Any, **more: Any) -> Operation:
    title = {"en": name, "zh": name}
    return Operation(
        name, title, effect, Note, Done, lambda context, note: _write(context, note.text), **more
    )


def _refund(context: Context, refund: Refund) -> Done:
    return _write(context, refund.customer_id)


OPERATIONS = (
    Operation(
        "notes.read",
        {"en": "Read", "zh": "读"},
        "read",
        Note,
        Done,
        lambda context, note: Done(text=f"{note.text} {written(context.tx)}"),
        cacheable=True,
    ),
    _operation("notes.write", "write"),
    _operation("notes.scan", "write", cost=Decimal("0.4")),
    _operation("mail.send", "external", reversible=False),
    Operation(
        "pay.refund",
        {"en": "Refund", "zh": "退款"},
        "money",
        Refund,
        Done,
        _refund,
        reversible=False,
        amount=lambda refund: refund.total,
        counterparty=lambda refund: refund.customer_id,
    ),
)

ROWS: Sequence[tuple[str, ...]] = (
    ("reads", "-", '"read"', "-", "-", "-", '"automatic"', "0", '""', "null"),
    ("writes", "-", '"write"', "-", "-", "-", '"automatic"', "0", '""', "null"),
    ("letters", "-", '"external"', "-", "-", "-", '"notify"', "0", '"worker"', "null"),
    ("small", '"pay.refund"', "-", "<= 50", ">= 0.9", "-", '"automatic"', "0", '""', "24"),
    ("one", '"pay.refund"', "-", "<= 500", "-", "-", '"confirm"', "1", '"approver"', "24"),
    ("two", '"pay.refund"', "-", "<= 5000", "-", "-", '"confirm"', "2", '"approver"', "null"),
    ("vast", '"pay.refund"', "-", "> 100000", "-", "-", '"person"', "2", '"owner"', "null"),
    ("huge", '"pay.refund"', "-", "> 5000", "-", "-", '"person"', "1", '"owner"', "null"),
)
INPUTS = ("operation", "effect", "amount", "confidence", "actor_kind")
OUTPUTS = ("requirement", "confirmations", "role", "window_hours")


def table(rows: Sequence[tuple[str, ...]]) -> bytes:
    """A ladder as DMN: rows of an id, a cell an input, a text an output."""
    tests = "".join(
        f'<input id="i_{name}"><inputExpression><text>{name}</text></inputExpression></input>'
        for name in INPUTS
    )
    outs = "".join(f'<output id="o_{name}" name="{name}"/>' for name in OUTPUTS)
    lines = []
    for name, *cells in rows:
        texts = [cell.replace("<", "&lt;").replace(">", "&gt;") for cell in cells]
        entries = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in texts[: len(INPUTS)])
        gives = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in texts[len(INPUTS) :])
        lines.append(f'<rule id="{name}">{entries}{gives}</rule>')
    inputs = "".join(
        f'<inputData id="d_{name}" name="{name}"><variable name="{name}"/></inputData>' for name in INPUTS
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#d_{name}"/></informationRequirement>'
        for name in INPUTS
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="l" namespace="urn:l">'
        f'{inputs}<decision id="authority_ladder" name="ladder">{needs}'
        f'<decisionTable hitPolicy="FIRST">{tests}{outs}{"".join(lines)}</decisionTable></decision>'
        "</definitions>"
    ).encode()


CLERK = Caller(
    Principal("agent", "clerk"),
    process_id="lead_to_cash",
    instance=11,
    process_instance=11,
    element="refund",
    element_key=12,
    job=13,
    confidence=Decimal("0.95"),
)


class Bank:
    """The gateway with everything around it that a test may turn, and the people who work there."""

    clerk = CLERK
    anna = Principal("person", "anna", frozenset({"approver"}))
    bo = Principal("person", "bo", frozenset({"approver", "worker"}))
    wei = Principal("person", "wei", frozenset({"worker"}))
    owner = Principal("person", "olga", frozenset({"owner", "process_owner"}))
    Note = Note
    Refund = Refund
    BrokenError = BrokenError

    def __init__(self, store: Store, *, extra_policies: str = "", **more: Any) -> None:
        self.store = store
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
        numbers = count(1)
        self.keys: Callable[[], int] = lambda: next(numbers)
        self.approvals = Approvals(keys=self.keys)
        self.gateway = Gateway(
            OPERATIONS,
            policies=default_policies({"clerk": ["notes.*", "mail.send", "pay.refund"]}, extra_policies),
            ladder=Ladder(dmn.load(table(ROWS))),
            approvals=self.approvals,
            clock=lambda: self.now,
            keys=self.keys,
            timer=lambda: 0,
            **more,
        )

    def pass_time(self, **parts: float) -> None:
        self.now += timedelta(**parts)

    def call(self, operation: str, arguments: Any, caller: Caller | None = None) -> Any:
        return self.gateway.perform(self.store, caller or CLERK, operation, arguments)

    def answer(self, request: Any, person: Principal, *, approved: bool = True, digest: str = "") -> None:
        with self.store.write() as tx:
            self.gateway.answer(tx, request.key, person, approved=approved, digest=digest or request.digest)

    def rows(self) -> list[Any]:
        with self.store.read() as tx:
            return list(
                tx.all(select(calls).where(calls.c.tenant_id == tx.tenant).order_by(calls.c.position))
            )

    def effects(self) -> int:
        with self.store.read() as tx:
            return written(tx)


@pytest.fixture
def bank(store: Store) -> Bank:
    """A fresh bank over the test's own database."""
    return Bank(store)
