"""Links for customers: signed, for one quote or order, with an end, and revocable.

A link is `payload.mac`: what it is for as JSON, and HMAC-SHA256 over these bytes under a key that never
leaves the secrets of the house. It holds no right but to see and answer what it names. Nothing of it is kept
but the acts of issuing and revoking it, so that the evidence says who let whom see what.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import select

from mainspring.app.errors import LinkRefused, QuestionUnfit
from mainspring.app.house import House
from mainspring.gateway.secrets import SecretError
from mainspring.gateway.secrets.vault import known
from mainspring.govern import acts
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.govern.tables import acts as act_table
from mainspring.runtime import queries
from mainspring.services.tables.sales import orders, quotes
from mainspring.store import Tx

Kind = Literal["quote", "order"]
KINDS: tuple[Kind, ...] = ("quote", "order")
DAYS = 60
"""For how many days a link is good, when nobody says otherwise."""
MOST_DAYS = 365
_SECRET = "customer.links"  # noqa: S105 - its name
_NOWHERE = "links.invalid"
"""The only host that the secret may be sent to, so that no service can be registered with it."""
_LONGEST = 1000
_SHOWN = frozenset({"sent", "accepted", "declined", "expired"})
"""States in which a customer may see a quote: what was not sent is not theirs yet."""


class Link(NamedTuple):
    """What a link is for: one document of one customer, until then."""

    key: int
    kind: Kind
    document: str
    customer_id: str
    expires_at: datetime


class Issued(NamedTuple):
    """A link that somebody issued; its token is not kept."""

    link: Link
    by: str
    at: datetime
    revoked: bool


def issue(
    house: House, tx: Tx, key: bytes, kind: Kind, document: str, by: Principal, *, days: int = DAYS
) -> tuple[str, Link]:
    """A new link, as (token, what it is for).

    Raises:
        QuestionUnfit: there is no such document, or the customer may not see it yet.
    """
    if not 1 <= days <= MOST_DAYS:
        raise QuestionUnfit(f"a link is good for 1 to {MOST_DAYS} days, not {days}", where="days")
    customer = _customer(tx, kind, document)
    now = house.clock()
    until = (now + timedelta(days=days)).replace(microsecond=0)
    made = Link(house.keys(), kind, document, customer, until)
    return _issued(tx, key, made, by, now), made


def for_letter(house: House, tx: Tx, key: bytes, message: int, at: datetime, quote_no: str) -> str:
    """The token that goes with a letter about a quote; the same each time it is asked for.

    Raises:
        QuestionUnfit: there is no such quote, or the customer may not see it yet.
    """
    until = (at + timedelta(days=DAYS)).replace(microsecond=0)
    made = Link(message, "quote", quote_no, _customer(tx, "quote", quote_no), until)
    if any(one.link.key == message for one in issued(tx, quote_no)):
        return _signed(key, tx.tenant, made)
    return _issued(tx, key, made, SYSTEM, house.clock())


def _issued(tx: Tx, key: bytes, made: Link, by: Principal, now: datetime) -> str:
    kind, document, customer = made.kind, made.document, made.customer_id
    detail = {"link": str(made.key), "kind": kind, "customer": customer, "until": made.expires_at.isoformat()}
    acts.note(tx, "link_issued", by, document, now=now, instance=case_of(tx, kind, document), detail=detail)
    return _signed(key, tx.tenant, made)


def opened(house: House, key: bytes, token: str) -> Link:
    """What a link is for.

    Raises:
        LinkRefused: it is not ours, has ended, or was revoked; `reason` says which.
    """
    link = _verified(key, house.store.tenant, token)
    if link.expires_at <= house.clock():
        raise LinkRefused("this link has ended", reason="expired")
    with house.store.read() as tx:
        if any(one.link.key == link.key and one.revoked for one in issued(tx, link.document)):
            raise LinkRefused("this link was taken back", reason="revoked")
    return link


def revoke(house: House, tx: Tx, key: int, document: str, by: Principal) -> None:
    """Take a link back; whoever opens it from now on reads that it was taken back.

    Raises:
        QuestionUnfit: no such link was issued for the document.
    """
    found = next((one for one in issued(tx, document) if one.link.key == key), None)
    if found is None:
        raise QuestionUnfit(f"there is no link {key} for {document}", mend="List the links.")
    if not found.revoked:
        instance = case_of(tx, found.link.kind, document)
        detail = {"link": str(key)}
        acts.note(tx, "link_revoked", by, document, now=house.clock(), instance=instance, detail=detail)


def issued(tx: Tx, document: str) -> list[Issued]:
    """The links of a document, the oldest first."""
    a = act_table.c
    if tx.writable:
        tx.flush()
    rows = tx.all(
        select(a.act, a.at, a.actor_id, a.detail)
        .where(a.tenant_id == tx.tenant, a.act.in_(("link_issued", "link_revoked")), a.subject == document)
        .order_by(a.position)
    )
    revoked = {row.detail["link"] for row in rows if row.act == "link_revoked"}
    return [
        Issued(
            Link(
                int(row.detail["link"]),
                row.detail["kind"],
                document,
                row.detail["customer"],
                datetime.fromisoformat(row.detail["until"]),
            ),
            row.actor_id,
            row.at,
            row.detail["link"] in revoked,
        )
        for row in rows
        if row.act == "link_issued"
    ]


def case_of(tx: Tx, kind: Kind, document: str) -> int | None:
    """The case that a quote or order belongs to, if there is one."""
    quote_no: str | None = document
    if kind == "order":
        order = tx.one(
            select(orders.c.quote_no).where(orders.c.tenant_id == tx.tenant, orders.c.order_no == document)
        )
        quote_no = order.quote_no if order else None
    row = tx.one(
        select(quotes.c.inquiry_no).where(quotes.c.tenant_id == tx.tenant, quotes.c.quote_no == quote_no)
    )
    if row is None or row.inquiry_no is None:
        return None
    found = queries.instances(tx, business_key=row.inquiry_no, roots_only=True)
    return found[0].key if found else None


def signing_key(house: House) -> bytes:
    """The key of this house's links, made when it is first needed. Not within a transaction."""
    try:
        return bytes.fromhex(house.outside.secrets.get(_SECRET, _NOWHERE))
    except SecretError:
        with house.store.write() as tx:
            if _SECRET not in {one.name for one in known(tx)}:
                fresh = secrets.token_hex(32)
                now = house.clock()
                house.outside.secrets.set(tx, _SECRET, fresh, hosts=(_NOWHERE,), by=SYSTEM.id, now=now)
        return bytes.fromhex(house.outside.secrets.get(_SECRET, _NOWHERE))


def _customer(tx: Tx, kind: Kind, document: str) -> str:
    table, number = (quotes, quotes.c.quote_no) if kind == "quote" else (orders, orders.c.order_no)
    row = tx.one(
        select(table.c.customer_id, table.c.status).where(table.c.tenant_id == tx.tenant, number == document)
    )
    if row is None:
        raise QuestionUnfit(f"there is no {kind} {document}", where=document, mend="Check the number.")
    if kind == "quote" and row.status not in _SHOWN:
        raise QuestionUnfit(
            f"the quote {document} is {row.status}", where=document, mend="Send it to the customer first."
        )
    return str(row.customer_id)


def _signed(key: bytes, tenant: str, link: Link) -> str:
    payload = {
        "t": tenant,
        "l": str(link.key),
        "k": link.kind,
        "d": link.document,
        "c": link.customer_id,
        "e": int(link.expires_at.timestamp()),
    }
    body = _text(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode())
    return f"{body}.{_text(_mac(key, body))}"


def _verified(key: bytes, tenant: str, token: str) -> Link:
    body, _, mac = token.partition(".")
    forged = LinkRefused("this is no link of ours", reason="forged")
    try:
        shown = _bytes(mac)
    except (binascii.Error, ValueError):
        raise forged from None
    if len(token) > _LONGEST or not hmac.compare_digest(shown, _mac(key, body)):
        raise forged
    payload = json.loads(_bytes(body))
    if payload["t"] != tenant:
        raise forged
    until = datetime.fromtimestamp(payload["e"], UTC)
    return Link(int(payload["l"]), payload["k"], payload["d"], payload["c"], until)


def _mac(key: bytes, body: str) -> bytes:
    return hmac.new(key, f"customer link {body}".encode(), hashlib.sha256).digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    if not text.isascii() or len(text) > _LONGEST:
        raise ValueError("not a part of a link")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
