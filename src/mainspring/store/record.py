"""From the events of a command to lines of the log and changes of the projections."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from mainspring.engine.codec import encoded
from mainspring.engine.events import Actor
from mainspring.store import happenings
from mainspring.store.log import Lines, writer
from mainspring.store.net import net
from mainspring.store.projections import STEPS, Stream
from mainspring.store.projections.stream import Step
from mainspring.store.transaction import Tx


class _Shape(NamedTuple):
    """Where an event type keeps its key, element and instance (-1: nowhere), and what it does.

    `place` fetches all three where it has them all.
    """

    place: Callable[[Any], tuple[int, str, int]] | None
    key: int
    element: int
    instance: int
    happening: bool
    step: Step | None


def _shape(kind: type[Any]) -> _Shape:
    names: Sequence[str] = kind._fields
    key = names.index("key") if "key" in names else names.index("scope") if "scope" in names else -1
    element = next((names.index(name) for name in ("element", "flow", "catcher") if name in names), -1)
    instance = names.index("instance") if "instance" in names else -1
    whole = key >= 0 and element >= 0 and instance >= 0
    place = itemgetter(key, element, instance) if whole else None
    return _Shape(place, key, element, instance, kind.__name__ in happenings.NAMES, STEPS.get(kind))


_SHAPES: dict[type[Any], _Shape] = {}


class Recorder:
    """Writes the events of commands within one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tenant = tx.tenant
        self._log = writer(tx)  # before the projections, so that every transaction locks in this order
        self._net = net(tx)

    def record(self, stream: Stream, seq: int, events: Sequence[Any], at: int, actor: Actor) -> int:
        """Append events to a stream and to the projections; gives the last `seq`.

        Args:
            stream: what the projections remember of the stream.
            seq: of the last event already there.
            events: of the engine, or happenings.
            at: microseconds since 1970.
            actor: who caused them.
        """
        before = seq
        values: list[Any] = []
        changes, tenant = self._net, self._tenant
        living, root = stream.living, stream.root
        kind, name, behalf = actor
        key: int | None
        element: str | None
        instance: int | None
        for event in events:
            seq += 1
            cls = type(event)
            shape = _SHAPES.get(cls)
            if shape is None:
                shape = _SHAPES[cls] = _shape(cls)
            place, key_at, element_at, instance_at, happening, step = shape
            if place is not None:
                key, element, instance = place(event)
            else:
                key = event[key_at] if key_at >= 0 else None
                lived = living.get(key) if key is not None else None
                element = event[element_at] if element_at >= 0 else lived[0] if lived else None
                if instance_at >= 0:
                    instance = event[instance_at]
                else:
                    instance = lived[1] if lived else key if key in stream.follows else None
            if step is not None:
                step(changes, stream, event, at)
            if happening:
                type_name, body = cls.__name__, happenings.encode(event)
            else:
                type_name, body = encoded(event)
            line = (tenant, None, root, seq, at, kind, name, behalf, type_name, element, key, instance, body)
            values += line
        if values:
            self._log.append(Lines(root, before, seq, values))
        return seq
