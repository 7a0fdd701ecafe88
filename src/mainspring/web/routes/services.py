"""Services behind the gateway: see them and their calls, register, check, share, retire; budgets."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field

from mainspring.app import service_book, services
from mainspring.app.service_book import CallFilter
from mainspring.app.services import Registration
from mainspring.base import jsonio
from mainspring.gateway import Caller
from mainspring.gateway.budget import Budget
from mainspring.gateway.document import written
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.routes.parts import MOST_KEY, Limit
from mainspring.web.shapes.services import Budgets, CallAnswer, Retired, ServiceCalls, Services, ServiceShape

router = APIRouter(tags=["services"])
Sees = Annotated[Visitor, permits("see_services")]
Manages = Annotated[Visitor, permits("manage_services")]
Before = Annotated[int | None, Query(ge=1, le=MOST_KEY)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
_SHARE = Field(ge=0, le=100)
_MOST_DOCUMENT = 2_000_000


class NewService(Given):
    """A version of a service; `document` is the text of its description, where it has no address."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    kind: Literal["openapi", "http", "mcp", "sql", "soap", "mail", "robot", "files", "webhook"]
    owner: Annotated[str, Field(min_length=1, max_length=64)]
    title: dict[Literal["en", "zh"], Word] = Field(default_factory=dict)
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")] = "1"
    environment: Literal["production", "test", "sandbox"] = "production"
    config: dict[str, Any] = Field(default_factory=dict)
    document: Annotated[str, Field(max_length=_MOST_DOCUMENT)] | None = None
    operations: dict[str, dict[str, Any] | None] = Field(default_factory=dict)
    share: Annotated[int, _SHARE] | None = None


class VersionShare(Given):
    """A version and its part of the calls in hundredths."""

    version: Word
    share: Annotated[int, _SHARE]


class NewCall(Given):
    """A call; with the same key and arguments it is made once."""

    operation: Word
    arguments: dict[str, Any] = Field(default_factory=dict)
    idempotency_key: Word | None = None


class Retirement(Given):
    """Why, and what to use instead: those who used it read it; `on` is when, at once without."""

    because: Annotated[str, Field(min_length=1, max_length=1000)]
    on: AwareDatetime | None = None


class NewBudget(Given):
    """The limit of a month, in the currency or in tokens."""

    scope: Literal["company", "department", "process", "agent"]
    scope_id: Word
    period: Annotated[str, Field(pattern=r"^[2-9]\d{3}-(0[1-9]|1[0-2])$")]
    unit: Literal["money", "tokens"] = "money"
    limit: Annotated[Decimal, Field(ge=0, le=1_000_000_000_000, decimal_places=6)]


@router.get("/services", response_model=Services)
def listed(visitor: Sees) -> Answer:
    """All services, built in and outside, with health and use."""
    with visitor.house.store.read() as tx:
        return Answer(service_book.listed(visitor.house, tx))


@router.get("/services/{name}", response_model=ServiceShape)
def one(visitor: Sees, name: str) -> Answer:
    """A service: versions, operations with schemas, who uses it, its last calls."""
    with visitor.house.store.read() as tx:
        return Answer(service_book.shown(visitor.house, tx, name))


@router.post("/services", response_model=ServiceShape, status_code=201)
def register(visitor: Manages, body: Annotated[NewService, given(NewService)]) -> Answer:
    """Register a service, or a new version of it; it is asked for its operations first."""
    fields = body.model_dump(exclude={"document"})
    document = None if body.document is None else body.document.encode()
    services.add(visitor.house, Registration(document=document, **fields), visitor.principal)
    return Answer(_whole(visitor, body.name), 201)


@router.post("/services/{name}/check", response_model=ServiceShape)
def check(visitor: Manages, name: str) -> Answer:
    """Ask every version whether it answers."""
    services.check(visitor.house, name)
    return Answer(_whole(visitor, name))


@router.post("/services/{name}/share", response_model=ServiceShape)
def share(visitor: Manages, name: str, body: Annotated[VersionShare, given(VersionShare)]) -> Answer:
    """Give a version its part of the calls: a canary a few, 100 to finish or to roll back."""
    services.share(visitor.house, name, body.version, body.share, visitor.principal)
    return Answer(_whole(visitor, name))


@router.post("/services/{name}/retire", response_model=Retired)
def retire(visitor: Manages, name: str, body: Annotated[Retirement, given(Retirement)]) -> Answer:
    """Take a service out of use, now or on a later day, with notice to those who used it."""
    used = services.retire(visitor.house, name, body.because, visitor.principal, body.on)
    return Answer({"users": [one._asdict() for one in used]})


@router.post("/calls", response_model=CallAnswer)
def call(visitor: Annotated[Visitor, permits("call")], body: Annotated[NewCall, given(NewCall)]) -> Answer:
    """Call an operation; the policies, the ladder and the budgets are asked about this very call."""
    house = visitor.house
    caller = Caller(visitor.principal, idempotency_key=body.idempotency_key)
    result = house.gateway.perform(house.store, caller, body.operation, body.arguments)
    return Answer({"result": jsonio.loads(written(result))})


@router.get("/calls", response_model=ServiceCalls)
def calls(  # the parts that calls are searched by
    visitor: Sees,
    service: str | None = None,
    operation: str | None = None,
    actor: str | None = None,
    process: str | None = None,
    outcome: Literal["ok", "denied", "confirmation", "error"] | None = None,
    before: Before = None,
    limit: Limit = 100,
) -> Answer:
    """Calls through the gateway, the newest first."""
    wanted = CallFilter(service, operation, actor, process, outcome)
    with visitor.house.store.read() as tx:
        found, following = service_book.searched(tx, wanted, before, limit)
    return Answer({"items": found, "next": None if following is None else str(following)})


@router.get("/budgets", response_model=Budgets)
def budgets(visitor: Sees) -> Answer:
    """What company, departments, processes and digital employees may spend, and did."""
    with visitor.house.store.read() as tx:
        return Answer(service_book.budgets(visitor.house, tx))


@router.post("/budgets", response_model=Budgets)
def set_budget(visitor: Manages, body: Annotated[NewBudget, given(NewBudget)]) -> Answer:
    """Set the limit of a budget; what is spent and reserved stays."""
    services.set_budget(
        visitor.house,
        Budget(body.scope, body.scope_id, body.period, body.limit, unit=body.unit),
        visitor.principal,
    )
    return budgets(visitor)


def _whole(visitor: Visitor, name: str) -> dict[str, Any]:
    with visitor.house.store.read() as tx:
        return service_book.shown(visitor.house, tx, name)
