"""Notices by mail: each person gets what they wish, several subjects in one letter, not more often than that.

What a person wishes is a preference of theirs (`govern.preferences`, name `notices`): `{"mail": [kinds]}`.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from mainspring.app.house import House
from mainspring.app.measures import element_names
from mainspring.app.notices.robots import told, untold
from mainspring.app.notices.subjects import KINDS, Kind, Subject, fresh, meant
from mainspring.app.notices.tables import told_subjects
from mainspring.govern import identity, preferences
from mainspring.govern.principal import SYSTEM
from mainspring.services import outbox
from mainspring.services.operation import Context
from mainspring.store import Tx

NAME = "notices"
BY_ITSELF: frozenset[Kind] = frozenset({"confirmation", "disagreement", "alarm", "digest"})
"""What everybody gets who says nothing; confirmations have letters of their own (`confirmation_mail`)."""
AT_MOST_EVERY = timedelta(minutes=10)
_WORDS = {
    "en": ("{count} waiting for you", "{name},\n\nthis waits for you:\n"),
    "zh": ("您有 {count} 项待处理", "{name}：\n\n以下事项待您处理：\n"),
}


def wishes(tx: Tx, person: str) -> frozenset[Kind]:
    """The kinds of notices that a person gets by mail."""
    kept: Any = preferences.kept(tx, person).get(NAME)
    if not isinstance(kept, dict) or not isinstance(kept.get("mail"), list):
        return BY_ITSELF
    return frozenset(kind for kind in KINDS if kind in kept["mail"])


def write(house: House, address: str | None = None) -> int:
    """Put letters into the outbox for people who wish them; gives how many."""
    written, names = 0, element_names(house)
    with house.store.write() as tx:
        # digests are letters of their own, and so are confirmations
        news = [one for one in fresh(house, tx, names) if one.kind not in {"confirmation", "digest"}]
        for person in identity.everybody(tx) if news else ():
            if person.active and person.email:
                written += _to(house, tx, person, news, (address or "").rstrip("/"))
    return written


def _to(house: House, tx: Tx, person: identity.Person, news: list[Subject], address: str) -> bool:
    wished, principal = wishes(tx, person.id), identity.principal(tx, person.id)
    channel, now = f"mail {person.id}", house.clock()
    mine = [one for one in news if one.kind in wished and meant(one, principal)]
    new = untold(tx, channel, mine)
    t = told_subjects.c
    last = tx.scalar(select(func.max(t.at)).where(t.tenant_id == tx.tenant, t.channel == channel))
    if not new or (last is not None and now - last < AT_MOST_EVERY):
        return False
    language = "zh" if person.language.startswith("zh") else "en"
    subject, opening = _WORDS[language]
    lines = [f"- {one.words[language]}" + (f"\n  {address}{one.path}" if address else "") for one in new]
    body = opening.format(name=person.name) + "\n" + "\n".join(lines) + "\n"
    letter = outbox.Letter(recipient=person.email or "", subject=subject.format(count=len(new)), body=body)
    outbox.put(Context(tx, now, house.keys, SYSTEM), "notice", f"{house.keys()}/{person.id}", letter)
    told(tx, channel, new, now)
    return True
