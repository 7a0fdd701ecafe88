"""The post: what lies in the outbox goes out through the mailbox that the firm has connected.

Each letter is one call of the gateway under a key of its own: after a crash it is not sent a second time.
What a mail server will not take now is tried again later, and later still; nothing else waits for it.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from sqlalchemy import select, update

from mainspring.app.customer import links
from mainspring.app.digest import sending
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.mail import account, arrival
from mainspring.base.errors import MainspringError
from mainspring.gateway import Caller
from mainspring.govern.principal import SYSTEM
from mainspring.services.tables.contact import outbox
from mainspring.services.tables.parties import customers
from mainspring.store import Tx

BATCH = 50
SOON, AT_MOST = timedelta(minutes=1), timedelta(hours=6)
_LINKED = frozenset({"quote", "quote follow-up"})
_WORDS = {
    "en": {
        "quote": ("Our quote {number}", "Here is our quote {number}."),
        "quote follow-up": (
            "Our quote {number}",
            "May we ask whether you have decided about our quote {number}?",
        ),
        "reminder": ("Invoice {number}", "Our invoice {number} is still open. Please look at it."),
        "link": "See it, accept it or ask us here: {link}",
    },
    "zh": {
        "quote": ("报价单 {number}", "这是我们的报价单 {number}。"),
        "quote follow-up": ("报价单 {number}", "想请问您对报价单 {number} 是否已有决定？"),
        "reminder": ("发票 {number}", "我们的发票 {number} 尚未结清，烦请核对。"),
        "link": "请在此查看、接受或提问：{link}",
    },
}
log = structlog.get_logger(__name__)


class _Wait(NamedTuple):
    until: datetime
    next: timedelta


class Post:
    """Sends what lies in the outbox.

    Args:
        house: whose.
        mailbox: the registered service of the kind mail; "" for the one that is connected, if there is one.
        address: of the workbench as customers reach it; None: letters go without a link to the page.
        inside: of the workbench as our own people reach it.
    """

    def __init__(
        self, house: House, mailbox: str, address: str | None = None, inside: str | None = None
    ) -> None:
        self._house = house
        self._mailbox = mailbox
        self._address = address
        self._inside = inside or address
        self._waits: dict[int, _Wait] = {}

    def send(self) -> int:
        """Send what waits; gives how many letters went out. Without a mailbox they stay in the outbox."""
        now = self._house.clock()
        sent = 0
        mailbox = self._mailbox or self._connected()
        if not mailbox:
            return sent
        for row in self._waiting():
            wait = self._waits.get(row.message)
            if wait is not None and wait.until > now:
                continue
            try:
                self._sent(row, mailbox)
            except MainspringError as error:
                pause = SOON if wait is None else min(wait.next * 2, AT_MOST)
                self._waits[row.message] = _Wait(now + pause, pause)
                log.warning(
                    "a letter did not go out", message=str(row.message), kind=row.kind, why=error.message
                )
            else:
                self._waits.pop(row.message, None)
                sent += 1
        return sent

    def _waiting(self) -> list[Any]:
        o = outbox.c
        later = [key for key, wait in self._waits.items() if wait.until > self._house.clock()]
        with self._house.store.read() as tx:
            query = select(outbox).where(o.tenant_id == tx.tenant, o.sent_at.is_(None), o.recipient != "")
            return list(tx.all(query.where(o.message.not_in(later)).order_by(o.message).limit(BATCH)))

    def _connected(self) -> str:
        with self._house.store.read() as tx:
            return account.settings_of(tx).service

    def _sent(self, row: Any, mailbox: str) -> None:
        house = self._house
        subject, text = self._words(row)
        with house.store.read() as tx:
            arguments = {"to": [row.recipient], "subject": subject, "text": text} | self._beside(tx, row)
        caller = Caller(SYSTEM, idempotency_key=f"outbox {row.message}")
        answer = house.gateway.perform(house.store, caller, f"{mailbox}.send", arguments).root
        with house.store.write() as tx:
            arrival.sent(house, tx, mailbox, str(answer["message_id"]), row, (subject, text))
            mine = (outbox.c.tenant_id == tx.tenant) & (outbox.c.message == row.message)
            tx.execute(update(outbox).where(mine).values(sent_at=house.clock()))

    def _beside(self, tx: Tx, row: Any) -> dict[str, Any]:
        """What goes with the words: what the letter answers, and that a program wrote it."""
        if row.kind == sending.LETTER:
            return {"automatic": True} | sending.beside(tx, row.document, self._inside)
        answered = arrival.reply_to(tx, row)
        return {"in_reply_to": answered} if answered else {"automatic": row.kind in arrival.INTERNAL}

    def _words(self, row: Any) -> tuple[str, str]:
        """What was written, or the usual words where nobody wrote any; with the link to the page."""
        number = row.document.partition("/")[0]
        words: Any = _WORDS[self._language(row)]
        subject, text = words.get(row.kind, (number, number))
        subject, text = row.subject or subject.format(number=number), row.body or text.format(number=number)
        link = self._link(row, number) if row.kind in _LINKED and self._address else None
        if link is not None:
            text += "\n\n" + words["link"].format(link=link)
        return subject, text

    def _language(self, row: Any) -> str:
        with self._house.store.read() as tx:
            mine = (customers.c.tenant_id == tx.tenant) & (customers.c.email == row.recipient)
            spoken = tx.all(select(customers.c.language).where(mine).limit(1))
        return "zh" if spoken and spoken[0].language.startswith("zh") else "en"

    def _link(self, row: Any, quote_no: str) -> str | None:
        house = self._house
        key = links.signing_key(house)
        with house.store.write() as tx:
            try:
                token = links.for_letter(house, tx, key, row.message, row.at, quote_no)
            except QuestionUnfit:
                return None
        return f"{(self._address or '').rstrip('/')}/offer#{token}"
