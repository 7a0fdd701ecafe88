"""What is stored: events as JSON, snapshots; and that random processes survive both."""

from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import engine
from mainspring.base.jsonio import dumps, loads
from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.engine.codec import UnknownEventError
from mainspring.engine.evolve import CHANGES
from mainspring.testing.memory import Memory, reloaded
from mainspring.testing.soundness import Sound, sound_processes

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
SAMPLES: dict[Any, Any] = {
    int: 7,
    str: "x",
    bool: True,
    datetime: MOMENT,
    Any: {"n": Decimal("1.50"), "l": [None, "a"]},
}


def sample(hint: Any) -> Any:
    """A value of an annotated field."""
    text = str(hint)
    by_words = (
        ("datetime", MOMENT),
        ("tuple", ("a", "b")),
        ("list[dict", [{"a": Decimal(1)}]),
        ("list", ["a"]),
        ("dict", {"a": "b"}),
        ("int", 7),
    )
    if hint in SAMPLES:
        return SAMPLES[hint]
    return next((value for word, value in by_words if word in text), "x")


@pytest.mark.parametrize("kind", list(CHANGES), ids=lambda kind: kind.__name__)
def test_every_event_comes_back_from_json_as_it_was(kind: Any) -> None:
    event = kind(*(sample(hint) for hint in kind.__annotations__.values()))
    name, body = engine.encode(event)
    assert engine.decode(name, loads(dumps(body))) == event


def test_trailing_defaults_are_left_out_and_come_back() -> None:
    event = e.ElementActivated(1, "a", 2, 3)
    name, body = engine.encode(event)
    assert body == (1, "a", 2, 3)
    assert engine.decode(name, body) == event


def test_an_event_of_a_newer_version_is_named() -> None:
    with pytest.raises(UnknownEventError, match="FutureEvent"):
        engine.decode("FutureEvent", [])


@settings(max_examples=60, deadline=None)
@given(sound_processes(), st.randoms(use_true_random=False))
def test_a_sound_process_ends_and_its_log_folds_to_the_same_state(process: Sound, order: Any) -> None:
    memory = Memory(reload=True)
    [process_id] = memory.deploy(process.xml)
    root = memory.start(process_id, {"n": process.number})
    stream = memory.streams[root]
    for _ in range(2000):
        if not memory.jobs:
            break
        job = order.choice(sorted(memory.jobs))
        memory.execute(root, c.CompleteJob(job, {}))
    assert stream.state.outcome == "completed"
    assert not stream.state.elements
    assert engine.snapshot(reloaded(stream.state, stream.log)) == engine.snapshot(stream.state)


def anything(chance: Random, memory: Memory, root: int) -> Any:
    """Some command that the state of the stream allows now, or None."""
    state = memory.streams[root].state
    choices: list[Any] = [c.SetVariables(root, {"n": chance.randint(0, 9)})]
    for key in state.jobs:
        choices.extend((c.CompleteJob(key, {}), c.FailJob(key, 0, "no"), c.ThrowJobError(key, "E")))
    choices.extend(c.FireTimer(key) for key in state.timers)
    choices.extend(c.ResolveIncident(key) for key in state.incidents)
    movable = [record for record in state.elements.values() if record.key != root and record.job is not None]
    if movable:
        record = chance.choice(movable)
        target = chance.choice(movable).element
        choices.append(c.ModifyInstance(root, (record.key,), ((target, None),)))
    return chance.choice(choices)


@settings(max_examples=80, deadline=None)
@given(sound_processes(), st.randoms(use_true_random=False), st.integers(0, 40))
def test_whatever_happens_the_log_folds_to_the_state_and_cancelling_leaves_nothing_open(
    process: Sound, chance: Random, steps: int
) -> None:
    memory = Memory(reload=True)
    [process_id] = memory.deploy(process.xml)
    root = memory.start(process_id, {"n": process.number})
    for _ in range(steps):
        stream = memory.streams[root]
        if stream.state.outcome is None:
            kept = engine.snapshot(stream.state)
            try:
                memory.execute(root, anything(chance, memory, root))
            except engine.CommandRejected:
                stream.state = engine.restore(loads(dumps(kept)))
    if memory.streams[root].state.outcome is None:
        memory.execute(root, c.CancelInstance(root))
    left = engine.snapshot(memory.streams[root].state)
    assert [name for name, kept in left.items() if isinstance(kept, list) and kept] == []
