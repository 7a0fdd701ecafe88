"""Events to and from JSON: a type name and the list of fields, with trailing defaults left out.

Keys and counts come back as int, instants as zone-aware datetime, values as they were stored (numbers
Decimal), so that decode(encode(event)) == event for every event the engine emits.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, get_type_hints

from mainspring.base import jsonio
from mainspring.base.errors import MainspringError
from mainspring.engine import approval_events, events, inner_events
from mainspring.engine.evolve import CHANGES

Convert = Callable[[Any], Any]


class UnknownEventError(MainspringError):
    """The log holds an event that this version does not know."""


class _Form(NamedTuple):
    type: type
    name: str
    whole: bool  # every field stands in the JSON form as it is
    instants: tuple[int, ...]
    readers: tuple[Convert | None, ...]
    defaults: tuple[Any, ...]


def _int(value: Any) -> Any:
    return None if value is None else int(value)


def _instant(value: Any) -> Any:
    return None if value is None else datetime.fromisoformat(value)


_READERS: dict[Any, Convert] = {
    int: _int,
    int | None: _int,
    datetime: _instant,
    datetime | None: _instant,
    tuple[str, ...]: tuple,
}


def _form(event_type: Any) -> _Form:
    hints = get_type_hints(event_type, {**vars(events), **vars(inner_events), **vars(approval_events)})
    readers = tuple(_READERS.get(hint) for hint in hints.values())
    instants = tuple(n for n, reader in enumerate(readers) if reader is _instant)
    defaults = tuple(event_type._field_defaults.values())
    return _Form(event_type, event_type.__name__, not (instants or defaults), instants, readers, defaults)


_FORMS: dict[type, _Form] = {event_type: _form(event_type) for event_type in CHANGES}
_NAMES: dict[str, _Form] = {form.name: form for form in _FORMS.values()}


def encode(event: Any) -> tuple[str, Sequence[Any]]:
    """The name of the event's type and its fields in JSON form."""
    _, name, _, instants, _, defaults = _FORMS[type(event)]
    count = len(event)
    for default in reversed(defaults):
        if event[count - 1] != default:
            break
        count -= 1
    fields: Sequence[Any] = event[:count]  # a plain tuple
    if instants:
        fields = list(fields)
        for place in instants:
            moment = fields[place]
            if moment is not None:
                fields[place] = moment.isoformat()
    return name, fields


def encoded(event: Any) -> tuple[str, bytes]:
    """The name of the event's type and its fields as the log keeps them."""
    form = _FORMS[type(event)]
    return form.name, jsonio.dumps(event[:] if form.whole else encode(event)[1])


def decode(type_name: str, body: Sequence[Any]) -> Any:
    """The event that `encode` gave this for; fields added since then have their defaults.

    Raises:
        UnknownEventError: no event is called so.
    """
    form = _NAMES.get(type_name)
    if form is None:
        raise UnknownEventError(
            f"the log holds an event '{type_name}' that this version does not know",
            mend="Run a version of Mainspring at least as new as the one that wrote it.",
        )
    values = [
        value if reader is None else reader(value) for value, reader in zip(body, form.readers, strict=False)
    ]
    return form.type(*values)
