"""Attack: patterns and texts that keep a matcher busy for years."""

from contextlib import suppress
from time import perf_counter

import pytest
from tests.integration.attacks.script import script

from mainspring.app.house import House
from mainspring.engine.events import SYSTEM, Actor
from mainspring.knowledge import documents
from mainspring.runtime import queries

OWNER = Actor("person", "owner")
LONGEST = 10.0
"""Seconds that any of this may take, on a machine that does other work; unbounded it would be years."""
PATTERNS = (
    'matches(x, "^(a+)+$")',
    'matches(x, "(a|aa)+$")',
    'matches(x, "(a|a?)+$")',
    'matches(x, "([a-zA-Z]+)*$")',
    'replace(x, "(a*)*b", "c")',
    'split(x, "(a+)+b")',
    'count(extract(x, "(a+)+b"))',
)


@pytest.mark.parametrize("number", range(len(PATTERNS)))
def test_a_pattern_of_a_model_ends(house: House, number: int) -> None:
    house.runtime.deploy(script(f"slow_{number}", PATTERNS[number]), SYSTEM)
    began = perf_counter()
    key = house.runtime.start(f"slow_{number}", {"x": "a" * 5000 + "!"}, actor=OWNER)
    assert perf_counter() - began < LONGEST
    with house.store.read() as tx:
        assert queries.instance(tx, key).state in {"active", "completed"}


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000 + "!",
        "1 " * 30_000,
        "x@" * 20_000,
        "- " * 30_000,
        " " * 100_000 + "x",
        "1.1.1.1." * 10_000,
        "From: " + "<" * 30_000,
        "Subject: =?utf-8?q?" + "=?" * 20_000,
        "((((" * 20_000,
    ],
)
def test_a_text_that_arrives_is_read_in_time(text: str) -> None:
    for name in ("mail.txt", "mail.eml", "rows.csv"):
        began = perf_counter()
        with suppress(documents.DocumentError):
            documents.read(text.encode(), name)
        assert perf_counter() - began < LONGEST, name
