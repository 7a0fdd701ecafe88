"""Threads that write at the same time share a transaction: one commit for many, all of it or nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from mainspring.store import ConflictError, Store, Tx
from mainspring.store.together import Together

ALL = 12


class Broken(Exception):  # noqa: N818 - no error of ours
    """A neighbour falls over."""


def crowd(store: Store, act: Callable[[Tx, int], Any]) -> tuple[list[Any], int]:
    """What becomes of a first thread and of those who come while it writes; and how many transactions."""
    opened: list[int] = []

    @contextmanager
    def write() -> Iterator[Tx]:
        opened.append(1)
        with store.write() as tx:
            yield tx

    together = Together(write, store._opened)
    holds, may_end = threading.Event(), threading.Event()

    def one(number: int) -> Any:
        try:
            with together.write() as tx:
                if number == 0:
                    holds.set()
                    may_end.wait(20)
                return act(tx, number)
        except (ConflictError, Broken) as error:
            return type(error)

    with ThreadPoolExecutor(ALL) as pool:
        answers = [pool.submit(one, 0)]
        assert holds.wait(20)
        answers += [pool.submit(one, number) for number in range(1, ALL)]
        while len(together._waiting) < ALL - 1:
            threading.Event().wait(0.001)
        may_end.set()
        return [answer.result(20) for answer in answers], len(opened)


def counted(store: Store) -> int:
    with store.read() as tx:
        rows = tx.raw(f"SELECT value FROM counters WHERE tenant_id = '{store.tenant}' AND name = 'work'")  # noqa: S608 - a test's own name
    return int(rows[0][0]) if rows else 0


def test_those_who_come_while_one_writes_are_committed_with_it(store: Store) -> None:
    answers, opened = crowd(store, lambda tx, _: tx.count("work", 1))
    assert sorted(answers) == list(range(1, ALL + 1))
    assert opened == 1
    assert counted(store) == ALL


def test_each_sees_what_those_before_it_wrote(store: Store) -> None:
    answers, _ = crowd(store, lambda tx, _: tx.count("work", 1) <= 3)
    assert sum(answers) == 3


def test_when_one_fails_its_neighbours_are_undone_and_told_to_try_again(store: Store) -> None:
    failed: list[int] = []

    def act(tx: Tx, number: int) -> int:
        if number and not failed:
            failed.append(number)
            raise Broken
        return tx.count("work", 1)

    answers, opened = crowd(store, act)
    assert answers[0] is ConflictError
    assert answers.count(Broken) == 1
    assert opened == 2  # those who had not written yet went on in another
    assert counted(store) == ALL - 2


def test_a_first_one_that_fails_leaves_the_others_alone(store: Store) -> None:
    def act(tx: Tx, number: int) -> int:
        if number == 0:
            raise Broken
        return tx.count("work", 1)

    answers, _ = crowd(store, act)
    assert answers[0] is Broken
    assert sorted(answers[1:]) == list(range(1, ALL))


def test_a_thread_that_has_a_transaction_open_gets_no_other(store: Store) -> None:
    with store.write_together(), pytest.raises(Exception, match="transaction open"):
        store.write_together().__enter__()


def test_what_need_not_wait_for_the_disk_is_seen_by_all_and_the_next_commit_waits_again(
    store: Store,
) -> None:
    with store.write(durable=False) as tx:
        tx.count("work", 1)
    assert counted(store) == 1
    with store.write() as tx:
        if tx.dialect == "sqlite":
            assert tx.raw("PRAGMA synchronous") == [(2,)]
        else:
            assert tx.raw("SHOW synchronous_commit") == [("on",)]
