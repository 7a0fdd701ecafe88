"""Digests go out when their hour has come: each once, to those who own processes and wish it."""

import base64
from datetime import date
from typing import Any

from sqlalchemy import select

from mainspring.app.digest import drawing
from mainspring.app.digest.collect import Content, collected
from mainspring.app.digest.sections import Digest, Language, said
from mainspring.app.digest.settings import Kind, due, settings_of, zone_of
from mainspring.app.digest.tables import digests
from mainspring.app.house import House
from mainspring.app.notices import by_mail
from mainspring.app.notices.subjects import OWNERS
from mainspring.govern import identity
from mainspring.govern.principal import SYSTEM
from mainspring.services import outbox
from mainspring.services.operation import Context
from mainspring.store import Tx

LETTER = "digest"


def send_due(house: House, address: str | None = None) -> int:
    """Write the digests whose hour has come and that nobody wrote yet; gives how many letters lie ready.

    `address`: of the workbench, for links; None: without.
    """
    with house.store.read() as tx:
        settings = settings_of(tx)
        coming = due(settings, house.clock(), zone_of(tx, settings))
        new = [(kind, day) for kind, day in coming if _kept(tx, kind, day.isoformat()) is None]
    return sum(write(house, kind, day, address) for kind, day in new)


def write(house: House, kind: Kind, day: date, address: str | None = None) -> int:
    """Keep a digest and put a letter for each reader into the outbox; nothing when it was kept before."""
    content = collected(house, kind, day)
    with house.store.write() as tx:
        if _kept(tx, kind, content["day"]) is not None:
            return 0
        row = {"kind": kind, "day": content["day"], "at": house.clock(), "content": content}
        tx.insert(digests, row)
        readers = _readers(tx)
        for person in readers:
            made = said(content, _language(person))
            body = drawing.text(made, (address or "").rstrip("/"))
            words = outbox.Letter(recipient=person.email or "", subject=made.title, body=body)
            context = Context(tx, house.clock(), house.keys, SYSTEM)
            outbox.put(context, LETTER, f"{kind}/{content['day']}/{person.id}", words)
    return len(readers)


def content_of(house: House, kind: Kind, day: date | None = None) -> Content:
    """The digest of a day as it was sent, else as it would be now."""
    if day is not None:
        with house.store.read() as tx:
            kept = _kept(tx, kind, day.isoformat())
        if kept is not None:
            return dict(kept.content)
    return collected(house, kind, day)


def beside(tx: Tx, document: str, address: str | None = None) -> dict[str, Any]:
    """What goes with the text of a letter from the outbox: the HTML form, and the PDF."""
    kind, day, person = document.split("/", 2)
    kept = _kept(tx, kind, day)
    if kept is None:
        return {}
    made = said(kept.content, _language(identity.person(tx, person)))
    file = {
        "name": f"{kind}-{day}.pdf",
        "type": "application/pdf",
        "content": base64.b64encode(drawing.pdf(made)).decode(),
    }
    return {"html": drawing.html(made, (address or "").rstrip("/")), "attachments": [file]}


def in_words(house: House, kind: Kind, day: date | None, language: Language) -> Digest:
    """The digest of a day in a language."""
    return said(content_of(house, kind, day), language)


def _kept(tx: Tx, kind: str, day: str) -> Any:
    d = digests.c
    return tx.one(select(digests).where(d.tenant_id == tx.tenant, d.kind == kind, d.day == day))


def _readers(tx: Tx) -> list[identity.Person]:
    return [
        one
        for one in identity.everybody(tx)
        if one.active and one.email and one.roles & OWNERS and LETTER in by_mail.wishes(tx, one.id)
    ]


def _language(person: identity.Person) -> Language:
    return "zh" if person.language.startswith("zh") else "en"
