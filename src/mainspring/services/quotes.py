"""Quotes: drafted, priced, confirmed (this commits the company to a price), sent, accepted or declined."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from pydantic import Field

from mainspring.services import books, customers, outbox
from mainspring.services.errors import AmountDiffersError, RuleBrokenError
from mainspring.services.fields import Amount, Code, Currency, Price, Text, When
from mainspring.services.lines import Line, LineInput, line_of, work_out
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record, matching
from mainspring.services.tables.sales import quote_lines, quotes

_CHANGEABLE = ("draft",)
_LIVE = ("confirmed", "sent")


class NewQuote(Data):
    """A draft; prices are net per unit in the quote's currency."""

    customer_id: Code
    currency: Currency
    inquiry_no: Code | None = None
    lines: tuple[LineInput, ...] = Field(min_length=1, max_length=2000)
    valid_days: int = Field(default=30, ge=1, le=365)


class LinePrice(Data):
    """A new unit price for a line."""

    line: int = Field(ge=1)
    unit_price: Price


class Repricing(Data):
    """New prices for some lines of a draft."""

    quote_no: Code
    lines: tuple[LinePrice, ...] = Field(min_length=1)


class QuoteKey(Data):
    """Which quote."""

    quote_no: Code


class Confirmation(Data):
    """Commit the company to the quote as it stands: to exactly this total of this revision."""

    quote_no: Code
    customer_id: Code
    currency: Currency
    total: Amount
    revision: int = 1


class Sending(Data):
    """Send the confirmed quote, with words."""

    quote_no: Code
    letter: outbox.Letter = outbox.Letter()


class Reason(Data):
    """Which quote, and why."""

    quote_no: Code
    reason: Text = ""


class Quote(Data):
    """A quote with its lines; status is draft, confirmed, sent, accepted, declined or expired."""

    quote_no: str
    revision: int
    customer_id: str
    inquiry_no: str | None
    status: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount
    valid_until: When
    lines: tuple[Line, ...]


class QuoteState(Data):
    """A quote's head after a change."""

    quote_no: str
    revision: int
    status: str
    currency: str
    net: Amount
    tax: Amount
    total: Amount


def need(context: Context, quote_no: str, *, lock: bool = False) -> Record:
    """The quote's row.

    Raises:
        UnknownRecordError: there is none.
    """
    return books.need(context.tx, quotes, {"quote_no": quote_no}, "quote", lock=lock)


def lines_of(context: Context, quote_no: str) -> list[Record]:
    """The quote's lines in their order."""
    return matching(context.tx, quote_lines, {"quote_no": quote_no}, order=("line",))


def _state(row: Record, **changed: Any) -> QuoteState:
    return QuoteState.model_construct(
        **{name: changed.get(name, getattr(row, name)) for name in QuoteState.model_fields}
    )


def _create(context: Context, new: NewQuote) -> QuoteState:
    customers.need_buyer(context.tx, new.customer_id)
    rows, totals = work_out(context.tx, new.lines, new.currency)
    number = books.next_number(context.tx, "quote")
    head = {"quote_no": number, "revision": 1, "status": "draft", "currency": new.currency} | totals.columns()
    context.tx.insert(
        quotes,
        head
        | {
            "customer_id": new.customer_id,
            "inquiry_no": new.inquiry_no,
            "valid_until": context.now + timedelta(days=new.valid_days),
            "prepared_by": context.principal.id,
            "created_at": context.now,
            "changed_at": context.now,
            "reason": "",
        },
    )
    context.tx.insert(quote_lines, [{"quote_no": number} | row for row in rows])
    return QuoteState.model_validate(head)


def _price(context: Context, given: Repricing) -> QuoteState:
    quote = need(context, given.quote_no, lock=True)
    _must_be(quote, _CHANGEABLE)
    prices = {line.line: line.unit_price for line in given.lines}
    lines = lines_of(context, given.quote_no)
    unknown = prices.keys() - {line.line for line in lines}
    if unknown:
        raise RuleBrokenError(f"the quote {given.quote_no} has no line {sorted(unknown)}")
    inputs = [
        LineInput(
            line=line.line,
            sku=line.sku,
            quantity=line.quantity,
            unit=line.unit,
            description=line.description,
            unit_price=prices.get(line.line, line.unit_price),
        )
        for line in lines
    ]
    rows, totals = work_out(context.tx, inputs, quote.currency)
    books.change_many(
        context.tx,
        quote_lines,
        [
            (
                {"quote_no": given.quote_no, "line": row["line"]},
                {name: row[name] for name in ("unit_price", "tax_rate", "net", "tax")},
            )
            for row in rows
        ],
    )
    values = totals.columns() | {"revision": quote.revision + 1, "changed_at": context.now}
    books.change(context.tx, quotes, {"quote_no": given.quote_no}, values)
    return _state(quote, **values)


def _confirm(context: Context, given: Confirmation) -> QuoteState:
    quote = need(context, given.quote_no, lock=True)
    if (given.total, given.currency, given.customer_id, given.revision) != (
        quote.total,
        quote.currency,
        quote.customer_id,
        quote.revision,
    ):
        raise AmountDiffersError(
            f"the quote {quote.quote_no} is revision {quote.revision} over {quote.total} {quote.currency} "
            f"for {quote.customer_id}, not revision {given.revision} over {given.total} {given.currency} for "
            f"{given.customer_id}",
            mend="Look at the quote again and confirm what it says now.",
        )
    if quote.status == "confirmed":
        return _state(quote)
    _must_be(quote, _CHANGEABLE)
    customers.need_buyer(context.tx, quote.customer_id)
    return _set(context, quote, "confirmed")


def _send(context: Context, given: Sending) -> QuoteState:
    quote = need(context, given.quote_no, lock=True)
    if quote.status == "sent":
        return _state(quote)
    _must_be(quote, ("confirmed",))
    letter = given.letter
    if not letter.recipient:
        letter = letter.model_copy(update={"recipient": customers.need(context.tx, quote.customer_id).email})
    outbox.put(context, "quote", quote.quote_no, letter)
    return _set(context, quote, "sent")


def _follow_up(context: Context, given: Sending) -> QuoteState:
    quote = need(context, given.quote_no)
    _must_be(quote, ("sent",))
    letter = given.letter
    if not letter.recipient:
        letter = letter.model_copy(update={"recipient": customers.need(context.tx, quote.customer_id).email})
    outbox.put(context, "quote follow-up", quote.quote_no, letter)
    return _state(quote)


def _accept(context: Context, key: QuoteKey) -> QuoteState:
    quote = need(context, key.quote_no, lock=True)
    if quote.status == "accepted":
        return _state(quote)
    _must_be(quote, _LIVE)
    if quote.valid_until < context.now:
        raise RuleBrokenError(
            f"the quote {key.quote_no} was valid until {quote.valid_until:%Y-%m-%d}", mend="Make a new quote."
        )
    return _set(context, quote, "accepted")


def _decline(context: Context, given: Reason) -> QuoteState:
    return _end(context, given, "declined")


def _expire(context: Context, given: Reason) -> QuoteState:
    return _end(context, given, "expired")


def _end(context: Context, given: Reason, status: str) -> QuoteState:
    quote = need(context, given.quote_no, lock=True)
    if quote.status == status:
        return _state(quote)
    _must_be(quote, (*_CHANGEABLE, *_LIVE))
    return _set(context, quote, status, given.reason)


def _set(context: Context, quote: Record, status: str, reason: str = "") -> QuoteState:
    values = {"status": status, "reason": reason, "changed_at": context.now}
    books.change(context.tx, quotes, {"quote_no": quote.quote_no}, values)
    return _state(quote, status=status)


def _must_be(quote: Record, states: tuple[str, ...]) -> None:
    if quote.status not in states:
        raise RuleBrokenError(
            f"the quote {quote.quote_no} is {quote.status}",
            mend=f"This is for a quote that is {' or '.join(states)}.",
        )


def _get(context: Context, key: QuoteKey) -> Quote:
    row = need(context, key.quote_no)
    head = {name: getattr(row, name) for name in Quote.model_fields if name != "lines"}
    return Quote.model_construct(
        **head, lines=tuple(line_of(line) for line in lines_of(context, key.quote_no))
    )


def _total(given: Confirmation) -> Decimal:
    return given.total


def _customer(given: Confirmation) -> str:
    return given.customer_id


OPERATIONS = (
    Operation(
        name="quotes.create",
        title={"en": "Draft a quote", "zh": "拟定报价"},
        effect="write",
        input=NewQuote,
        output=QuoteState,
        handler=_create,
    ),
    Operation(
        name="quotes.price",
        title={"en": "Change the prices of a draft quote", "zh": "调整报价价格"},
        effect="write",
        input=Repricing,
        output=QuoteState,
        handler=_price,
    ),
    Operation(
        name="quotes.confirm",
        title={"en": "Confirm a quote", "zh": "确认报价"},
        effect="money",
        input=Confirmation,
        output=QuoteState,
        handler=_confirm,
        idempotent=True,
        amount=_total,
        counterparty=_customer,
    ),
    Operation(
        name="quotes.send",
        title={"en": "Send a quote", "zh": "发送报价"},
        effect="external",
        input=Sending,
        output=QuoteState,
        handler=_send,
        idempotent=True,
        reversible=False,
        steering={"letter.recipient": "known"},
    ),
    Operation(
        name="quotes.follow_up",
        title={"en": "Ask whether the customer has decided", "zh": "跟进报价"},
        effect="external",
        input=Sending,
        output=QuoteState,
        handler=_follow_up,
        reversible=False,
        steering={"letter.recipient": "known"},
    ),
    Operation(
        name="quotes.accept",
        title={"en": "Record that a quote was accepted", "zh": "登记客户接受报价"},
        effect="write",
        input=QuoteKey,
        output=QuoteState,
        handler=_accept,
        idempotent=True,
    ),
    Operation(
        name="quotes.decline",
        title={"en": "Record that a quote was declined", "zh": "登记客户拒绝报价"},
        effect="write",
        input=Reason,
        output=QuoteState,
        handler=_decline,
        idempotent=True,
    ),
    Operation(
        name="quotes.expire",
        title={"en": "Let a quote expire", "zh": "报价过期"},
        effect="write",
        input=Reason,
        output=QuoteState,
        handler=_expire,
        idempotent=True,
    ),
    Operation(
        name="quotes.get",
        title={"en": "Look at a quote", "zh": "查看报价"},
        effect="read",
        input=QuoteKey,
        output=Quote,
        handler=_get,
        idempotent=True,
    ),
)
