"""Figures are counted once a state of the log; long counts keep nobody waiting."""

import threading
from collections.abc import Iterator

import pytest

from mainspring.app.figures import Figures


class Stopwatch:
    """Seconds that only a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def figures(watch: Stopwatch) -> Iterator[Figures]:
    made = Figures(watch, quick=1.0)
    yield made
    made.close()


def test_the_same_position_is_counted_once(figures: Figures) -> None:
    counted = iter(["first", "second"])
    assert [figures.get("a", 7, lambda: next(counted)) for _ in range(2)] == ["first", "first"]


def test_a_quick_count_is_done_again_when_the_log_moved(figures: Figures) -> None:
    counted = iter(["first", "second"])
    assert [figures.get("a", at, lambda: next(counted)) for at in (7, 8)] == ["first", "second"]


def test_figures_of_another_name_are_their_own(figures: Figures) -> None:
    assert figures.get("a", 7, lambda: 1) == 1
    assert figures.get("b", 7, lambda: 2) == 2


def test_a_long_count_gives_the_round_before_and_goes_on_beside(figures: Figures, watch: Stopwatch) -> None:
    def slowly() -> str:
        watch.now += 5
        return "old"

    done = threading.Event()

    def anew() -> str:
        done.set()
        return "new"

    assert figures.get("a", 7, slowly) == "old"
    assert figures.get("a", 8, anew) == "old"
    assert done.wait(10)
    figures.close()  # waits for what is under way
    assert figures.get("a", 8, lambda: "never asked") == "new"
