"""Whatever people do with a sound process is done wholly or refused, replays to the same state, and ends."""

from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from mainspring import engine
from mainspring.base.jsonio import loads
from mainspring.engine import CommandRejected
from mainspring.engine import approval_commands as ac
from mainspring.engine import commands as c
from mainspring.testing.memory import Memory, Stream
from mainspring.testing.soundness import Sound, sound_processes

PEOPLE = ("ann", "bob", "cid", "dan")
LONG = 3000


def folded(stream: Stream) -> dict[str, Any]:
    state = engine.State()
    for name, body in stream.log:
        engine.evolve(state, engine.decode(name, loads(body)))
    return engine.snapshot(state)


def operation(stream: Stream, root: int, chance: Any) -> Any:
    """Something that somebody might try, sensible or not."""
    state = stream.state
    people = tuple(chance.sample(PEOPLE, 2))
    by = chance.choice(PEOPLE)
    elements = [record.key for record in state.elements.values()] or [root]
    names = sorted({record.element for record in state.elements.values()} | set(seen(stream))) or ["x"]
    anywhere = [
        ac.WithdrawStep(root, by=by),
        ac.HandOver(root, by, people[0], by="boss"),
        ac.CopyCase(root, people, by=by),
        ac.JumpTo(root, chance.choice(elements), chance.choice(names), by="boss"),
        ac.ReopenInstance(root, by="boss"),
    ]
    if not state.tasks:
        return chance.choice(anywhere)
    task = chance.choice(sorted(state.tasks))
    mode = chance.choice([ac.FORWARD, ac.BACK])
    to = chance.choice([ac.PREVIOUS, ac.INITIATOR, *names])
    return chance.choice(
        [
            *anywhere,
            *[ac.ReturnTask(task, to, mode, by=by)] * 8,
            ac.AddSigners(task, people, chance.choice(ac.PLACES), by=by),
            ac.RemoveSigners(task, people[:1], by=by),
            ac.TransferTask(task, by, by="boss"),
            ac.DelegateTask(task, by, by="boss"),
            ac.RemindTask(task, by=by),
            ac.SaveDraft(task, {"a": 1}, by=by),
        ]
    )


def seen(stream: Stream) -> list[str]:
    return [loads(body)[1] for name, body in stream.log if name == "ElementActivated"]


def act(memory: Memory, root: int, command: Any) -> None:
    """Send a command; a refused one must have left everything as it was."""
    stream = memory.streams[root]
    before = engine.snapshot(stream.state)
    refused = ""
    try:
        memory.execute(root, command)
    except CommandRejected as refusal:
        refused = refusal.message
    event(f"{type(command).__name__} {'refused' if refused else 'done'}")
    assert not refused or engine.snapshot(stream.state) == before, (command, refused)
    assert folded(stream) == engine.snapshot(stream.state)


def go_on(memory: Memory, root: int, chance: Any) -> bool:
    """Do one piece of the work that waits; False when there is none."""
    state = memory.streams[root].state
    jobs, tasks = sorted(memory.jobs), sorted(state.tasks)
    if state.outcome is not None or not (jobs or tasks):
        return False
    key = chance.choice(jobs + tasks)
    if key in memory.jobs:
        memory.execute(root, c.CompleteJob(key, {}))
    else:
        who = state.tasks[key].assignee or "ann"
        said = chance.choice(["approved", "rejected"]) if state.tasks[key].slot is not None else "completed"
        memory.execute(root, c.CompleteTask(key, {}, said, {"kind": "person", "id": who}))
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sound_processes(people=True), st.integers(0, 60), st.randoms(use_true_random=False))
def test_operations_at_random_never_leave_a_sound_process_stuck(
    process: Sound, operations: int, chance: Any
) -> None:
    memory = Memory(reload=True)
    [process_id] = memory.deploy(process.xml)
    root = memory.start(process_id, {"n": process.number}, initiator="ann")
    for _ in range(operations):
        if memory.streams[root].state.outcome is None or chance.random() < 0.5:
            if chance.random() < 0.4:
                go_on(memory, root, chance)
            else:
                act(memory, root, operation(memory.streams[root], root, chance))
    for _ in range(LONG):
        if not go_on(memory, root, chance):
            break
    state = memory.streams[root].state
    assert state.outcome == "completed", (sorted(r.element for r in state.elements.values()), state.incidents)
    assert not state.elements
    assert not state.tasks
