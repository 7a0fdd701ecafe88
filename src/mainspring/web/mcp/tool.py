"""A tool: what a model may ask Mainspring to do, its permission, and true hints of its effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import mcp_types as mcp
from pydantic import BaseModel

from mainspring.base.canonical import digest
from mainspring.web.access import Visitor

Shown = dict[str, Any]


class Effect(NamedTuple):
    """What calling a tool does to the world; the source of the hints that clients see."""

    reads_only: bool
    destructive: bool
    idempotent: bool
    open_world: bool

    def annotations(self, title: str) -> mcp.ToolAnnotations:
        """The hints as the protocol has them."""
        return mcp.ToolAnnotations(
            title=title,
            read_only_hint=self.reads_only,
            destructive_hint=self.destructive,
            idempotent_hint=self.idempotent,
            open_world_hint=self.open_world,
        )


LOOKS = Effect(reads_only=True, destructive=False, idempotent=True, open_world=False)
ADDS = Effect(reads_only=False, destructive=False, idempotent=False, open_world=False)


class Question(NamedTuple):
    """What the person behind the client must say yes to, in person, before a tool acts."""

    text: str
    about: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """What the answer is bound to."""
        return digest({"text": self.text, "about": self.about})


Run = Callable[[Visitor, Any], Any]
Asks = Callable[[Visitor, Any], Question | None]


def asks_nothing(_: Visitor, __: Any) -> Question | None:
    """The question of a tool that needs none."""
    return None


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name: letters, digits, `_` and `-`, as every client takes it.
        permission: the action of the policies that it needs.
        input: the model of its arguments; what it does not name is refused.
        output: the schema of its answer, an object; None when it has no fixed form.
        run: does it; gives a JSON object. Called in a worker thread.
        asks: what a person must confirm first.
        visible: whether this visitor may call it at all.
        whole: its answers draw on whatever the caller may see, so a token that was narrowed does not get it.
    """

    name: str
    title: str
    description: str
    permission: str
    effect: Effect
    input: type[BaseModel]
    run: Run
    visible: Callable[[Visitor], bool]
    output: Mapping[str, Any] | None = None
    asks: Asks = asks_nothing
    whole: bool = False

    def shown(self) -> mcp.Tool:
        """The tool as clients list it."""
        return mcp.Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.input.model_json_schema(),
            output_schema=dict(self.output) if self.output is not None else None,
            annotations=self.effect.annotations(self.title),
        )
