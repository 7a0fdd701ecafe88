"""Events about the inside of scopes: repetition, interruption, compensation, complex gateways.

Readers of the log may skip them; the state needs them. For the rest see `events`.
"""

from typing import Any, NamedTuple


class RepetitionStarted(NamedTuple):
    """A multi-instance or loop body will run `size` inner instances (-1: not known before).

    `items` are kept only where they are handed out one after the other (sequential multi-instance).
    """

    key: int
    instance: int
    size: int
    items: list[Any] | None


class ItemCollected(NamedTuple):
    """Inner instance number `place` (from 0) of the body `key` gave its result to the output collection."""

    key: int
    place: int
    value: Any


class ScopeInterrupted(NamedTuple):
    """An interrupting event sub-process took over the scope: tokens on its flows are gone."""

    key: int
    catcher: str


class CompensationEnabled(NamedTuple):
    """The completed activity `element` can be compensated by `handler` while `scope` lives.

    `token` is a key of its own; `variables` are the activity's local ones at that time.
    """

    token: int
    key: int
    element: str
    scope: int
    instance: int
    handler: str
    variables: dict[str, Any]


class CompensationTriggered(NamedTuple):
    """The handler of `token` begins as `element_key`, asked for by the throwing element instance `key`."""

    token: int
    key: int
    handler: str
    element_key: int


class GatewayReset(NamedTuple):
    """A complex gateway fired (`waiting` False), or took the late tokens and starts over (True)."""

    scope: int
    element: str
    waiting: bool
    flows: tuple[str, ...]
