"""The mailroom: new letters are fetched over IMAP and taken in, each once, also when a crash cuts it off.

How far a folder is read is kept in the same transaction as what became of the letter. A letter is known by
its number (UID) while the folder's UIDVALIDITY holds; when that changes the folder is read anew and letters
that came before are told by their Message-ID. Letters that cannot be taken in are set aside with the reason,
so that the ones behind them are not held up.
"""

import base64
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from sqlalchemy import select, update

from mainspring.app.errors import DocumentRefused, QuestionUnfit
from mainspring.app.house import House
from mainspring.app.mail import arrival
from mainspring.app.mail.account import Settings, settings_of
from mainspring.app.mail.arrival import Outcome, Source
from mainspring.app.mail.envelope import read
from mainspring.app.mail.tables import letters, mail_marks
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.gateway.errors import GatewayError, UpstreamRefused
from mainspring.govern.principal import SYSTEM
from mainspring.knowledge.documents import DocumentError
from mainspring.runtime import queries
from mainspring.services import outbox
from mainspring.services.errors import ServiceError
from mainspring.services.operation import Context
from mainspring.store import Tx
from mainspring.store.errors import ValueRefusedError

BATCH = 50
"""Letters that are asked for at once."""
MOST = 500
"""Letters that one round takes in, so that other chores get their turn."""
_GONE, _TOO_LARGE = 404, 413
_ZONES = timedelta(days=1)
"""A mail server searches by the days of its own time zone."""
_UNFIT = (GatewayError, ServiceError, DocumentRefused, DocumentError, ValueRefusedError)
"""What a letter itself may be to blame for; a busy or broken database is not."""
log = structlog.get_logger(__name__)


class Fetched(NamedTuple):
    """What a round brought: letters by what became of them."""

    inquiries: int = 0
    replies: int = 0
    others: int = 0
    problems: int = 0


class _Told(NamedTuple):
    """What the listing told of a letter; `old`: it came before reading began."""

    subject: str
    old: bool


class Mailroom:
    """Fetches the letters of the mailbox in use, and hands people's answers to the outbox.

    Args:
        house: whose.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    def round(self) -> Fetched:
        """`fetch` as a chore: what goes wrong is kept and told, not raised; answers are handed on."""
        self.answer()
        with self._house.store.read() as tx:
            settings = settings_of(tx)
        if not settings.service or not settings.fetch:
            return Fetched()
        try:
            return self.fetch(settings)
        except MainspringError as error:
            log.warning("the mailbox was not read", service=settings.service, why=error.message)
            with self._house.store.write() as tx:
                _mark(self._house, tx, settings, problem=error.message)
            return Fetched()

    def now(self) -> Fetched:
        """`fetch` when somebody asks for it.

        Raises:
            QuestionUnfit: no mailbox that is read is connected.
            GatewayError: it cannot be read now.
        """
        with self._house.store.read() as tx:
            settings = settings_of(tx)
        if not settings.service or not settings.fetch:
            mend = "Connect one: mainspring mail connect."
            raise QuestionUnfit("no mailbox that is read is connected", where="mail", mend=mend)
        return self.fetch(settings)

    def fetch(self, settings: Settings) -> Fetched:
        """Take in what is new.

        Raises:
            GatewayError: the mailbox cannot be read now; what was taken in before stays.
        """
        counted = {"inquiry": 0, "reply": 0, "problem": 0}
        taken = 0
        while taken < MOST:
            validity, new = self._new(settings)
            for uid, told in new:
                outcome = self._one(Source(settings.service, settings.folder, validity, uid), told)
                if outcome is not None:
                    counted[outcome.what] = counted.get(outcome.what, 0) + 1
            taken += len(new)
            if len(new) < BATCH:
                break
        others = sum(counted.values()) - counted["inquiry"] - counted["reply"] - counted["problem"]
        return Fetched(counted["inquiry"], counted["reply"], others, counted["problem"])

    def answer(self) -> int:
        """Hand answers that people gave to letters over to the outbox; gives how many."""
        house, c = self._house, letters.c
        with house.store.write() as tx:
            waiting = tx.all(
                select(letters).where(
                    c.tenant_id == tx.tenant, c.question.is_not(None), c.answered_at.is_(None)
                )
            )
            given = 0
            for row in waiting:
                if queries.instance(tx, row.question).state not in {"completed", "canceled", "terminated"}:
                    continue
                text = str(queries.variables(tx, row.question).get("answer") or "")
                if text:
                    words = outbox.Letter(recipient=row.sender, subject=_again(row.subject), body=text)
                    outbox.put(
                        Context(tx, house.clock(), house.keys, SYSTEM), "answer", str(row.letter), words
                    )
                    given += 1
                mine = (c.tenant_id == tx.tenant) & (c.letter == row.letter)
                tx.execute(update(letters).where(mine).values(answered_at=house.clock()))
        return given

    def _new(self, settings: Settings) -> tuple[int, list[tuple[int, _Told]]]:
        """(uidvalidity, [(uid, what the listing told)]) of letters behind the mark.

        A new validity begins from nothing.
        """
        with self._house.store.read() as tx:
            mark = mark_of(tx, settings)
        after = mark.uid if mark is not None else 0
        listed = self._listed(settings, after)
        validity = int(listed["uidvalidity"])
        if mark is not None and mark.uidvalidity != validity and after:
            with self._house.store.write() as tx:
                _mark(self._house, tx, settings, validity=validity, uid=0)
            listed = self._listed(settings, 0)
            validity = int(listed["uidvalidity"])
        with self._house.store.write() as tx:
            _mark(self._house, tx, settings, validity=validity)
        return validity, sorted((int(one["uid"]), _told(one, settings)) for one in listed["messages"])

    def _listed(self, settings: Settings, after: int) -> Any:
        asked: dict[str, Any] = {"folder": settings.folder, "after": after, "limit": BATCH}
        if settings.since is not None:
            asked["since"] = (settings.since - _ZONES).date().isoformat()
        return self._ask(settings.service, "list", asked)

    def _one(self, source: Source, told: _Told) -> Outcome | None:
        """Take in one letter; None when another process was quicker, or it is not to be read."""
        house = self._house
        if told.old:
            with house.store.write() as tx:
                _step(house, tx, source)
            return None
        try:
            content = self._content(source)
            envelope = read(content)
        except UpstreamRefused as error:
            if error.status not in {_GONE, _TOO_LARGE}:
                raise
            return self._set_aside(source, told, error.message)
        except DocumentError as error:
            return self._set_aside(source, told, error.message)
        try:
            with house.store.write() as tx:
                return (
                    arrival.take_in(house, tx, content, envelope, source)
                    if _step(house, tx, source)
                    else None
                )
        except _UNFIT as error:
            return self._set_aside(source, told, error.message)

    def _content(self, source: Source) -> bytes:
        asked = {"folder": source.folder, "uid": source.uid}
        return base64.b64decode(self._ask(source.service, "fetch", asked)["content"])

    def _set_aside(self, source: Source, told: _Told, reason: str) -> Outcome | None:
        log.warning("a letter was set aside", uid=source.uid, why=reason)
        with self._house.store.write() as tx:
            if not _step(self._house, tx, source):
                return None
            return arrival.set_aside(self._house, tx, source, reason, told.subject)

    def _ask(self, service: str, what: str, arguments: dict[str, Any]) -> Any:
        house = self._house
        return house.gateway.perform(house.store, Caller(SYSTEM), f"{service}.{what}", arguments).root


def mark_of(tx: Tx, settings: Settings) -> Any:
    """How far the folder is read; None before the first time."""
    return tx.one(_row(tx, settings.service, settings.folder))


def _step(house: House, tx: Tx, source: Source) -> bool:
    """Move the mark to this letter; False when it is there already, by another process."""
    mark = tx.one(_row(tx, source.service, source.folder).with_for_update())
    if mark is None or mark.uidvalidity != source.uidvalidity or mark.uid >= source.uid:
        return False
    where = (mail_marks.c.tenant_id == tx.tenant) & (mail_marks.c.service == source.service)
    where &= mail_marks.c.folder == source.folder
    tx.execute(update(mail_marks).where(where).values(uid=source.uid, read_at=house.clock(), problem=""))
    return True


def _mark(
    house: House,
    tx: Tx,
    settings: Settings,
    *,
    validity: int | None = None,
    uid: int | None = None,
    problem: str = "",
) -> None:
    """Note that the folder was read, or why not."""
    values: dict[str, Any] = {"read_at": house.clock(), "problem": problem[:500]}
    values |= {"uidvalidity": validity} if validity is not None else {}
    values |= {"uid": uid} if uid is not None else {}
    m = mail_marks.c
    here = (m.tenant_id == tx.tenant) & (m.service == settings.service) & (m.folder == settings.folder)
    if not tx.execute(update(mail_marks).where(here).values(values)).rowcount:
        place = {"service": settings.service, "folder": settings.folder}
        tx.insert(mail_marks, {"uidvalidity": 0, "uid": 0, **place, **values})


def _row(tx: Tx, service: str, folder: str) -> Any:
    m = mail_marks.c
    return select(mail_marks).where(m.tenant_id == tx.tenant, m.service == service, m.folder == folder)


def _told(one: Any, settings: Settings) -> _Told:
    received = one.get("received") or ""
    old = settings.since is not None and received != "" and datetime.fromisoformat(received) < settings.since
    return _Told(str(one["subject"])[:500], old)


def _again(subject: str) -> str:
    """The subject of an answer."""
    begun = subject.strip().lower().startswith(("re:", "re：", "回复:", "回复："))
    return subject if begun else f"Re: {subject}"
