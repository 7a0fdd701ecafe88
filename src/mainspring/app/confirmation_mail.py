"""A letter to everyone who is asked to confirm: it leads to the signed-in page and can do nothing by itself.

The letter is put into the outbox, from which a channel sends it. Its link holds the key of the request and
nothing secret: whoever opens it must sign in, sees what is asked, and answers there, by their own right.
"""

from sqlalchemy import select

from mainspring.app.house import House
from mainspring.app.notices import by_mail
from mainspring.govern import identity
from mainspring.govern.approval import Approval
from mainspring.services.tables.contact import outbox
from mainspring.store import Tx

KIND = "confirmation"
_SUBJECT = "Please confirm: {operation} · 请确认：{operation}"
_BODY = """\
{name},

{prepared} asks for a confirmation: {operation}{amount}.
Reason: {reason}
Sign in and look at it: {link}
It can be answered until {until} UTC. This link opens the page and confirms nothing.

{prepared} 请求确认：{operation}{amount}。
原因：{reason}
请登录后查看：{link}
请在 {until}（协调世界时）之前答复。打开链接本身不会确认任何事项。
"""


def write(house: House, address: str) -> int:
    """Put letters into the outbox for requests that nobody was written to about; gives how many.

    Args:
        house: whose.
        address: of the workbench, such as ``https://work.example.com``.
    """
    written = 0
    with house.store.write() as tx:
        known = _known(tx)
        for one in house.approvals.waiting(tx):
            for person in sorted(identity.holders(tx, [one.requirement.role]) - one.preparers):
                document = f"{one.key}/{person}"
                who = identity.person(tx, person)
                if document in known or not who.email or "confirmation" not in by_mail.wishes(tx, person):
                    continue
                tx.insert(outbox, _letter(house, one, who, document, address))
                written += 1
    return written


def _known(tx: Tx) -> set[str]:
    query = select(outbox.c.document).where(outbox.c.tenant_id == tx.tenant, outbox.c.kind == KIND)
    return {row.document for row in tx.all(query)}


def _letter(
    house: House, one: Approval, who: identity.Person, document: str, address: str
) -> dict[str, object]:
    said = {
        "name": who.name,
        "prepared": one.preparer_id,
        "operation": one.operation,
        "amount": f" ({one.amount})" if one.amount is not None else "",
        "reason": one.requirement.reason,
        "link": f"{address.rstrip('/')}/approvals/{one.key}",
        "until": f"{one.expires_at:%Y-%m-%d %H:%M}",
    }
    return {
        "message": house.keys(),
        "at": house.clock(),
        "kind": KIND,
        "document": document,
        "recipient": who.email,
        "subject": _SUBJECT.format(**said),
        "body": _BODY.format(**said),
        "sent_at": None,
    }
