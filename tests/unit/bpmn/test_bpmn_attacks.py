"""Models that attack their reader are refused quickly, with a message that says what was wrong where."""

import time
from collections.abc import Callable

import pytest

from mainspring import bpmn, engine
from mainspring.base.errors import MainspringError, UnsafeInputError
from mainspring.testing.drawings import Drawing

QUICK = 2.0
"""Seconds of the processor."""


def laughs(levels: int = 12) -> bytes:
    """A billion laughs: entities that stand for ten of the one before."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(levels)
    )
    return f"<!DOCTYPE d [{entities}]><d>&l{levels - 1};</d>".encode()


def behind_a_comment() -> bytes:
    """A DOCTYPE far from the beginning."""
    return b"<!--" + b" " * 200_000 + b"-->" + laughs()


def in_utf_16() -> bytes:
    """A DOCTYPE that a search for its ASCII letters does not find."""
    return b"\xff\xfe" + laughs().decode().encode("utf-16-le")


def outside() -> bytes:
    """An entity that would read a file."""
    return b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname">]><d>&f;</d>'


@pytest.mark.parametrize("attack", [laughs, behind_a_comment, in_utf_16, outside])
def test_entities_are_refused_quickly_however_they_come(attack: Callable[[], bytes]) -> None:
    data, begun = attack(), time.process_time()
    with pytest.raises(UnsafeInputError, match=r"attack\.bpmn"):
        bpmn.read(data, "attack.bpmn")
    assert time.process_time() - begun < QUICK


def test_a_model_of_a_hundred_megabytes_is_refused_quickly() -> None:
    data, begun = b"<definitions>" + b" " * 100_000_000, time.process_time()
    with pytest.raises(UnsafeInputError, match="100 MB"):
        bpmn.read(data, "large.bpmn")
    assert time.process_time() - begun < QUICK


@pytest.mark.parametrize(
    "nested", ["(" * 5000 + "1" + ")" * 5000, "not(" * 5000 + "true" + ")" * 5000, "[" * 5000]
)
def test_a_deeply_nested_expression_is_refused_quickly_by_its_element(nested: str) -> None:
    drawing = Drawing()
    drawing.node("exclusiveGateway", "which", default="d")
    drawing.line("which")
    drawing.node("endEvent", "other")
    drawing.flow("which", "other", f"={nested}")
    data, begun = drawing.xml(), time.process_time()
    with pytest.raises(MainspringError, match="which_other"):
        engine.compile(bpmn.read(data, "deep.bpmn"), "p")
    assert time.process_time() - begun < QUICK
