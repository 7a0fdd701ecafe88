"""Periodic work of a running house: seal the evidence, close what expired, take over newer policies."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from mainspring.app import confirmation_mail, post, targets
from mainspring.app.digest import sending
from mainspring.app.evidence import signer
from mainspring.app.folder import Watcher
from mainspring.app.house import House
from mainspring.app.mail.room import Mailroom
from mainspring.app.notices import by_mail
from mainspring.app.notices.robots import Telling
from mainspring.app.tables.background import Filler
from mainspring.govern import retention
from mainspring.govern.apart import Apart
from mainspring.govern.evidence import Sealer
from mainspring.runtime import retention as answers

SEAL_EVERY = timedelta(seconds=10)
EXPIRE_EVERY = timedelta(minutes=1)
REFRESH_EVERY = timedelta(seconds=5)
FORGET_EVERY = timedelta(hours=1)


LETTERS_EVERY = timedelta(seconds=30)
NOTICES_EVERY = timedelta(seconds=30)
ALARMS_EVERY = timedelta(minutes=15)
DIGEST_EVERY = timedelta(minutes=1)
FOLDER_EVERY = timedelta(seconds=3)
FILL_EVERY = timedelta(seconds=1)
ADDRESS = "MAINSPRING_ADDRESS"
"""Names the address of the workbench that customers and others reach; without it they get no links."""


class Chore(NamedTuple):
    """Something to be done again and again."""

    name: str
    every: timedelta
    do: Callable[[], object]


class Chores:
    """Does each chore when it is due; the first time at once.

    Args:
        clock: the time.
        chores: what there is to do.
    """

    def __init__(self, clock: Callable[[], datetime], chores: Sequence[Chore]) -> None:
        self._clock = clock
        self._chores = chores
        self._due: dict[str, datetime] = {}

    def once(self) -> list[str]:
        """Do what is due; gives the names of what was done."""
        now = self._clock()
        done = []
        for chore in self._chores:
            if now >= self._due.get(chore.name, now):
                self._due[chore.name] = now + chore.every
                chore.do()
                done.append(chore.name)
        return done


def chores_of(
    house: House,
    key_file: Path | None = None,
    *,
    answers_kept: timedelta = answers.KEPT,
    inside: str | None = None,
) -> Chores:
    """The chores of a house; without a key file nothing is sealed here.

    `answers_kept`: for how long answers under idempotency keys and journals of finished jobs are kept;
    `inside`: address under which our own people open the workbench, where the setting names none.
    """
    listed = [
        Chore("expire", EXPIRE_EVERY, lambda: _expire(house)),
        Chore("refresh", REFRESH_EVERY, house.refresh_policies),
        Chore("forget", FORGET_EVERY, lambda: _forget(house, answers_kept)),
        Chore("fill tables", FILL_EVERY, Filler(house).once),
    ]
    address = os.environ.get(ADDRESS)
    inside = address or inside
    if inside:
        letters = partial(confirmation_mail.write, house, inside)
        listed.append(Chore("letters", LETTERS_EVERY, letters))
    listed.append(Chore("notices", NOTICES_EVERY, partial(by_mail.write, house, inside)))
    listed.append(Chore("robots", NOTICES_EVERY, Telling(house, inside).round))
    listed.append(Chore("alarms", ALARMS_EVERY, partial(targets.watch, house)))
    listed.append(Chore("digest", DIGEST_EVERY, partial(sending.send_due, house, inside)))
    listed.append(Chore("folder", FOLDER_EVERY, Watcher(house).round))
    listed.append(Chore("mailroom", LETTERS_EVERY, Mailroom(house).round))
    listed.append(Chore("post", LETTERS_EVERY, post.Post(house, "", address, inside).send))
    if key_file is not None:
        apart = None if house.store.in_memory else Apart(house.store)
        sealer = Sealer(house.store, signer(key_file), apart)
        listed.append(Chore("seal", SEAL_EVERY, lambda: sealer.seal(now=house.clock())))
    return Chores(house.clock, listed)


def _expire(house: House) -> None:
    with house.store.write() as tx:
        house.approvals.expire(tx, now=house.clock())


def _forget(house: House, answers_kept: timedelta) -> None:
    now = house.clock()
    with house.store.write() as tx:
        retention.forget(tx, now=now)
    removed = 1
    while removed:
        with house.store.write() as tx:
            removed = answers.forget(tx, now=now, kept=answers_kept)
