"""From the events of a command to lines of the log and changes of the projections."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from mainspring.base import jsonio
from mainspring.engine import encode
from mainspring.engine.events import Actor
from mainspring.store import happenings
from mainspring.store.log import writer
from mainspring.store.net import net
from mainspring.store.projections import STEPS, Stream
from mainspring.store.projections.stream import Step
from mainspring.store.transaction import Tx

Place = tuple[str | None, int | None, int | None]  # element, key, process instance


class _Shape(NamedTuple):
    """Where an event type keeps its key, element and instance (-1: nowhere), and what it does."""

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
    return _Shape(key, element, instance, kind.__name__ in happenings.NAMES, STEPS.get(kind))


class Recorder:
    """Writes the events of commands; knows the shape of each event type after having seen one."""

    def __init__(self) -> None:
        self._shapes: dict[type, _Shape] = {}

    def record(self, tx: Tx, stream: Stream, seq: int, events: Sequence[Any], at: int, actor: Actor) -> int:
        """Append events to a stream and to the projections; gives the last `seq`.

        Args:
            tx: where to.
            stream: what the projections remember of the stream.
            seq: of the last event already there.
            events: of the engine, or happenings.
            at: microseconds since 1970.
            actor: who caused them.
        """
        values: list[Any] = []
        changes, tenant = net(tx), tx.tenant
        shapes, living = self._shapes, stream.living
        kind, name, behalf = actor
        root = stream.root
        for event in events:
            seq += 1
            cls = type(event)
            shape = shapes.get(cls)
            if shape is None:
                shape = shapes[cls] = _shape(cls)
            key_at, element_at, instance_at, happening, step = shape
            key = event[key_at] if key_at >= 0 else None
            if element_at >= 0 and instance_at >= 0:
                element, instance = event[element_at], event[instance_at]
            else:
                place = living.get(key) if key is not None else None
                element = event[element_at] if element_at >= 0 else place[0] if place else None
                if instance_at >= 0:
                    instance = event[instance_at]
                else:
                    instance = place[1] if place else key if key in stream.follows else None
            if step is not None:
                step(changes, stream, event, at)
            if happening:
                type_name, body = cls.__name__, happenings.encode(event)
            else:
                type_name, fields = encode(event)
                body = jsonio.dumps(fields)
            line = (tenant, None, root, seq, at, kind, name, behalf, type_name, element, key, instance, body)
            values += line
        writer(tx).append(values)
        return seq
