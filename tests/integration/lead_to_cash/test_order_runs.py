"""Lead to cash on order files, from the first row to books that balance: with people, without, and twice."""

from collections.abc import Callable
from typing import Any

import pytest

ORDERS = 30


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_every_order_ends_when_people_answer(
    world_on: Callable[[str], Any], engine: str, request: pytest.FixtureRequest, fresh_sqlite: str
) -> None:
    address = request.getfixturevalue("postgres_url") if engine == "postgresql" else fresh_sqlite
    world = world_on(address)

    figures = world.run("simulated").as_dict()

    assert (figures["orders"], figures["ended"], figures["lost"]) == (ORDERS, ORDERS, 0)
    assert figures["waiting"] == {}
    assert figures["lines_auto_wrong"] == 0
    books = world.books()
    assert books.findings == []
    assert books.balances["receivables"] == 0
    assert sum(books.balances.values()) == 0


def test_without_people_every_order_ends_or_waits(world: Any) -> None:
    figures = world.run("none").as_dict()

    assert figures["lost"] == 0
    assert figures["ended"] + sum(figures["waiting"].values()) == ORDERS
    assert {"review: write_quote", "confirmation: confirm_quote"} <= set(figures["waiting"])
    assert world.books().findings == []


def test_people_who_come_later_go_on_with_what_waited_for_them(world: Any) -> None:
    waited = world.run("none").as_dict()

    finished = world.run("simulated").as_dict()

    assert waited["ended"] < finished["ended"]
    assert finished["lost"] == 0
    assert world.books().findings == []


def test_the_same_files_again_start_nothing_and_change_no_book(world: Any) -> None:
    world.run("simulated")
    once = world.books()

    again = world.run("simulated").as_dict()

    assert world.books() == once
    assert (again["ended"], again["lost"]) == (ORDERS, 0)


def test_equal_runs_give_equal_books(world_on: Callable[[str], Any], fresh_sqlite: str) -> None:
    one, other = world_on(fresh_sqlite), world_on(f"{fresh_sqlite}.other")
    one.run("simulated")
    other.run("simulated")

    assert one.books() == other.books()
