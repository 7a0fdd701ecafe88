"""The engine: a process instance as a pure state machine. Commands go in, events come out."""

from mainspring.engine.codec import decode, encode
from mainspring.engine.compile import compile  # noqa: A004 - the field's word, as in re.compile
from mainspring.engine.decide import decide
from mainspring.engine.errors import CommandRejected
from mainspring.engine.evolve import evolve
from mainspring.engine.graph import Definition, ElementInfo, StartEvent
from mainspring.engine.run import Library
from mainspring.engine.snapshot import restore, snapshot
from mainspring.engine.state import State

__all__ = [
    "CommandRejected",
    "Definition",
    "ElementInfo",
    "Library",
    "StartEvent",
    "State",
    "compile",
    "decide",
    "decode",
    "encode",
    "evolve",
    "restore",
    "snapshot",
]
