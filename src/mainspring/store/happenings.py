"""Events outside of the engine: messages published, packages deployed; each key is a stream of its own."""

from typing import Any, NamedTuple

from mainspring.base import jsonio


class MessagePublished(NamedTuple):
    """A message came in; it is buffered until `expires_at` (microseconds) when that is later than now."""

    message: int
    name: str
    correlation_key: str
    message_id: str | None
    variables: dict[str, Any]
    expires_at: int


class MessageExpired(NamedTuple):
    """The time to live of a buffered message is over."""

    message: int


class InstanceStartedByMessage(NamedTuple):
    """A message started an instance (in whose stream this stands) and holds its key until that ends."""

    message: int
    process_id: str
    correlation_key: str
    instance: int


class InstanceDeleted(NamedTuple):
    """An instance that had ended was deleted: its rows are gone, its events stay. The last of its stream."""

    instance: int


class SignalBroadcast(NamedTuple):
    """A signal was sent to everyone who waits for it."""

    signal: int
    name: str
    variables: dict[str, Any]


class PackageDeployed(NamedTuple):
    """Files deployed together (name -> SHA-256) and the versions they made (kind, id, version, key)."""

    deployment: int
    files: dict[str, str]
    versions: list[tuple[str, str, int, int]]


Happening = (
    MessagePublished
    | MessageExpired
    | InstanceStartedByMessage
    | InstanceDeleted
    | SignalBroadcast
    | PackageDeployed
)

_TYPES: dict[str, type[Any]] = {
    one.__name__: one
    for one in (
        MessagePublished,
        MessageExpired,
        InstanceStartedByMessage,
        InstanceDeleted,
        SignalBroadcast,
        PackageDeployed,
    )
}
NAMES = frozenset(_TYPES)
"""The type names of all happenings."""
_WHOLE = {"message", "expires_at", "instance", "signal", "deployment"}  # ints, not Decimals, when read back


def encode(event: Happening) -> bytes:
    """The event's fields as a JSON array."""
    return jsonio.dumps(list(event))


def decode(type_name: str, body: bytes) -> Happening | None:
    """The event of a log line, or None when it is one of the engine's."""
    kind = _TYPES.get(type_name)
    if kind is None:
        return None
    values = jsonio.loads(body)
    names = kind._fields
    return kind(*(int(v) if n in _WHOLE else v for n, v in zip(names, values, strict=True)))  # type: ignore[no-any-return]  # one of the five
