"""A damaged model is refused, or runs with incidents; it never crashes the engine."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mainspring.base.errors import MainspringError
from mainspring.engine import commands as c
from mainspring.testing.memory import Memory
from mainspring.testing.soundness import Sound, sound_processes

VALUES = ("", "x", "=1", "=null", "-1", "true", "PT1S", "=[1,2]", "=a.b", "=function(x) x", "1e400")


def damaged(process: Sound, chance: Random) -> bytes:
    """The document with one or two elements removed, changed, or put elsewhere."""
    root = etree.fromstring(process.xml)
    for _ in range(chance.randint(1, 2)):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        element = chance.choice(elements)
        parent = element.getparent()
        kind = chance.randrange(4)
        if kind == 0 and parent is not None:
            parent.remove(element)
        elif kind == 1 and element.attrib:
            element.set(chance.choice(sorted(map(str, element.attrib))), chance.choice(VALUES))
        elif kind == 2:
            element.text = chance.choice(VALUES)
        else:
            element.tag = chance.choice(elements).tag
    return etree.tostring(root)


@settings(max_examples=150, deadline=None)
@given(sound_processes(), st.randoms(use_true_random=False))
def test_damage_never_crashes(process: Sound, chance: Random) -> None:
    memory = Memory(reload=True)
    try:
        [process_id] = memory.deploy(damaged(process, chance))
        root = memory.start(process_id, {"n": process.number})
    except MainspringError:
        return
    for _ in range(20):
        if memory.jobs:
            memory.execute(root, c.CompleteJob(min(memory.jobs), {}))
    state = memory.streams[root].state
    if state.outcome is None:
        memory.execute(root, c.CancelInstance(root))
        assert not memory.streams[root].state.elements
