"""The operations behind the gateway as tools: one each, with hints taken from its declared effect."""

from typing import Any

from pydantic import BaseModel

from mainspring.base import jsonio
from mainspring.gateway import Caller
from mainspring.govern import resources
from mainspring.services.operation import Operation
from mainspring.web.access import Visitor
from mainspring.web.mcp.tool import Asks, Effect, Question, Tool, asks_nothing

PERMISSION = "call"
"""The action of the policies that an operation needs; they are asked about the very arguments."""
ABROAD = frozenset({"external", "money"})
"""Effects that somebody outside the company notices."""


def operation_tools(visitor: Visitor) -> tuple[Tool, ...]:
    """The operations that this visitor may see and call."""
    return tuple(
        _tool(operation)
        for operation in visitor.house.gateway.operations(visitor.principal)
        if _callable(visitor, operation)
    )


def tool_name(operation: str) -> str:
    """`orders.get` as `orders-get`: several clients take no dot in the name of a tool."""
    return operation.replace(".", "-")


def effect_of(operation: Operation) -> Effect:
    """The hints of an operation, from what it declares."""
    reads = operation.effect == "read"
    return Effect(
        reads_only=reads,
        destructive=not reads and not operation.reversible,
        idempotent=reads or operation.idempotent,
        open_world=operation.effect in ABROAD,
    )


def _callable(visitor: Visitor, operation: Operation) -> bool:
    resource = resources.operation(operation.name, operation.effect, reversible=operation.reversible)
    return visitor.house.policies.decide(visitor.principal, PERMISSION, resource).allowed


def _tool(operation: Operation) -> Tool:
    title = operation.title.get("en", operation.name)
    said = (operation.input.__doc__ or "").strip().partition("\n")[0]
    notes = {
        "read": "Changes nothing.",
        "write": "Changes the company's own records.",
        "external": "Reaches somebody outside the company.",
        "money": "Moves money or commits the company to a price; people may have to confirm it first.",
    }
    return Tool(
        name=tool_name(operation.name),
        title=title,
        description=f"{title}. {said} {notes[operation.effect]}".strip(),
        permission=PERMISSION,
        effect=effect_of(operation),
        input=operation.input,
        run=_runs(operation),
        visible=lambda visitor: _callable(visitor, operation),
        output=operation.output.model_json_schema(mode="serialization"),
        asks=_asks(operation),
    )


def _asks(operation: Operation) -> Asks:
    """What leaves the company or cannot be undone is put to the person in whose name it is asked."""
    if operation.effect == "read" or (operation.effect == "write" and operation.reversible):
        return asks_nothing

    def question(visitor: Visitor, arguments: BaseModel) -> Question | None:
        if visitor.principal.kind != "person" and visitor.principal.on_behalf_of is None:
            return None  # nobody stands behind it who could be asked: the ladder judges the call
        about: dict[str, Any] = {
            "operation": operation.name,
            "arguments": jsonio.loads(arguments.model_dump_json()),
            "amount": operation.amount(arguments),
        }
        return Question(f"{operation.title.get('en', operation.name)}: do this in your name?", about)

    return question


def _runs(operation: Operation) -> Any:
    def run(visitor: Visitor, arguments: BaseModel) -> dict[str, Any]:
        house = visitor.house
        caller = Caller(visitor.principal)
        answer = house.gateway.perform(house.store, caller, operation.name, arguments)
        plain: dict[str, Any] = answer.model_dump(mode="json")
        return plain

    return run
