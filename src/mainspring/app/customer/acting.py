"""What a customer does through a link: accept, decline, ask, appeal; each once, each an act of the case."""

import hashlib
from typing import Any

from mainspring.app import appealing
from mainspring.app.customer import view
from mainspring.app.customer.links import Link, case_of
from mainspring.app.errors import AlreadyAnswered, QuestionUnfit
from mainspring.app.house import House
from mainspring.engine.events import Actor
from mainspring.gateway import Caller
from mainspring.govern import acts
from mainspring.govern.appeals import Appeal
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY
from mainspring.runtime.errors import Denied
from mainspring.store import Tx

ANSWERED = "quote_answered"
"""The message that the process of a quote waits for."""
MOST_OPEN = 5
"""Questions about one document that may wait for an answer at the same time."""
PAGE = Actor("system", "customer page")
"""Who starts the case of a question; its words are the customer's."""


def answer(house: House, tx: Tx, link: Link, *, accepted: bool, seen: str, reason: str = "") -> None:
    """Accept or decline the quote: the books, the act and the message to its process, all or nothing.

    Raises:
        AlreadyAnswered: it was answered before, or is no longer what the customer saw.
        RuleBrokenError: it is not valid any more.
    """
    quote, _ = view.documents(tx, link)
    if link.kind != "quote" or quote is None:
        raise QuestionUnfit("this link is not for a quote", where=link.document)
    if quote.status != "sent":
        said = f"the quote {quote.quote_no} is {quote.status} already"
        raise AlreadyAnswered(said, where=quote.status, mend="Write to us if that is not right.")
    if seen != view.seen(quote):
        said = f"the quote {quote.quote_no} has changed since you opened it"
        raise AlreadyAnswered(said, where="changed", mend="Load the page again and look at it.")
    by = customer(link)
    arguments: dict[str, Any] = {"quote_no": quote.quote_no}
    if not accepted:
        arguments["reason"] = reason
    verb = "accept" if accepted else "decline"
    house.gateway.call(tx, Caller(by, idempotency_key=f"link {link.key} {verb}"), f"quotes.{verb}", arguments)
    detail = {
        "link": str(link.key),
        "revision": quote.revision,
        "total": str(quote.total),
        "currency": quote.currency,
        "seen": seen,
        "reason": reason,
    }
    instance = case_of(tx, "quote", quote.quote_no)
    acts.note(tx, f"quote_{verb}", by, quote.quote_no, now=house.clock(), instance=instance, detail=detail)
    house.runtime.publish(
        ANSWERED, quote.quote_no, {"accepted": accepted}, actor=Actor("customer", by.id), tx=tx
    )


def ask(house: House, tx: Tx, link: Link, text: str) -> None:
    """Ask something about the document; a person answers, and the page shows it.

    Raises:
        AlreadyAnswered: too many questions wait already.
    """
    waiting = [one for one in view.questions(tx, link) if one["answer"] is None]
    if any(one["text"] == text for one in waiting):
        return  # sent twice
    if len(waiting) >= MOST_OPEN:
        raise AlreadyAnswered(
            f"{len(waiting)} questions wait for an answer", where="questions", mend="Wait for our answer."
        )
    now, case = house.clock(), case_of(tx, link.kind, link.document)
    variables = {
        "question": text,
        "customer_id": link.customer_id,
        "document": link.document,
        "case": str(case) if case is not None else "",
        "asked_at": now,
    }
    house.runtime.start(view.QUESTION, variables, actor=PAGE, business_key=f"question {link.document}", tx=tx)
    digest = hashlib.sha256(text.encode()).hexdigest()
    detail = {"link": str(link.key), "text": digest}
    acts.note(tx, "customer_asked", customer(link), link.document, now=now, instance=case, detail=detail)


def appeal(house: House, tx: Tx, link: Link, run: int, text: str) -> Appeal:
    """Ask that a person looks again at a decision in the customer's own case.

    Raises:
        QuestionUnfit: it is no decision about this customer in this case.
        AppealError, Denied: see `govern.appeals`.
    """
    own = {one["run"] for one in view.decided(tx, case_of(tx, link.kind, link.document))}
    if str(run) not in own:
        raise QuestionUnfit("there is no such decision here", where=str(run))
    by = customer(link)
    decision = house.policies.decide(by, "appeal", COMPANY, {"own": True})
    if not decision.allowed:
        raise Denied(decision.because, where=link.document)
    return appealing.appeal(house, tx, run, by, text)


def customer(link: Link) -> Principal:
    """The customer whose link it is."""
    return Principal("customer", link.customer_id)
