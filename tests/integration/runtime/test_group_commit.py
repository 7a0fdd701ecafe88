"""Group commit: commands handed in together are committed together, and each is answered by itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from mainspring.runtime.commit import MAX_TOGETHER, GroupCommit
from mainspring.store import Store, Tx


def count(tx: Tx) -> int:
    return tx.count("work", 1)


def failing(tx: Tx) -> int:
    tx.count("work", 1)
    raise ValueError("refused")


def commits(store: Store) -> Callable[[], int]:
    """How many transactions have written since."""
    writing, seen = store.write, [0]

    @contextmanager
    def write(*, durable: bool = True) -> Iterator[Tx]:
        seen[0] += 1
        with writing(durable=durable) as tx:
            yield tx

    store.write = write  # type: ignore[method-assign] # counted
    return lambda: seen[0]


def test_one_caller_may_have_many_pieces_of_work_on_their_way_in_one_commit(store: Store) -> None:
    group = GroupCommit(store)
    counted = commits(store)
    answers = [group.later(count) for _ in range(50)]
    assert counted() == 0
    assert [one.result() for one in answers] == list(range(1, 51))
    assert counted() == 1


def test_refused_work_leaves_no_trace_and_does_not_touch_its_neighbours(store: Store) -> None:
    group = GroupCommit(store)
    first, refused, last = group.later(count), group.later(failing), group.later(count)
    with pytest.raises(ValueError, match="refused"):
        refused.result()
    assert (first.result(), last.result()) == (1, 2)


def test_what_a_group_is_about_is_prepared_at_once(store: Store) -> None:
    prepared: list[list[int]] = []
    group = GroupCommit(store, lambda _tx, instances: prepared.append(instances))
    answers = [group.later(count, 7), group.later(count), group.later(failing, 9)]
    assert answers[1].result() == 2
    assert prepared == [[7, 9]]


def test_an_answer_may_be_asked_for_again(store: Store) -> None:
    answer = GroupCommit(store).later(count)
    assert answer.result() == answer.result() == 1


def test_more_than_fit_into_one_commit_are_all_answered(store: Store) -> None:
    group = GroupCommit(store)
    answers = [group.later(count) for _ in range(MAX_TOGETHER * 2 + 3)]
    assert answers[-1].result() == MAX_TOGETHER * 2 + 3


def test_threads_that_wait_and_callers_that_do_not_are_all_answered(store: Store) -> None:
    group = GroupCommit(store)
    found: list[int] = []

    def call(number: int) -> None:
        for _ in range(20):
            if number % 2:
                found.append(group.submit(count))
            else:
                found.extend(one.result() for one in [group.later(count) for _ in range(3)])

    threads = [threading.Thread(target=call, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == list(range(1, 241))
