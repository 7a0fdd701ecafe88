"""Rates of currencies by day: what a unit of a currency was worth in another, and amounts turned over."""

from datetime import date
from decimal import Decimal

from pydantic import Field
from sqlalchemy import select

from mainspring.services import books
from mainspring.services.errors import UnknownRecordError
from mainspring.services.fields import Amount, Currency, Text
from mainspring.services.money import round_money
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.tables.bank import currency_rates
from mainspring.store import Tx


class Rate(Data):
    """One unit of `currency` is worth `rate` units of `base`, from that day on until the next rate."""

    currency: Currency
    base: Currency
    day: date
    rate: Decimal = Field(gt=0, max_digits=18, decimal_places=6)
    source: Text = ""


class Rates(Data):
    """Rates that are to be kept; those of the same day are overwritten."""

    rates: tuple[Rate, ...] = Field(min_length=1, max_length=5000)


class Kept(Data):
    """How many rates were new."""

    created: int


class Turnover(Data):
    """An amount that is to be turned into another currency by the rate of a day."""

    amount: Amount
    currency: Currency
    into: Currency
    day: date


class Turned(Data):
    """The amount in the other currency, rounded to its minor unit, with the rate used and its day."""

    amount: Amount
    currency: Currency
    rate: Decimal
    day: date
    inverse: bool = False


class RateQuery(Data):
    """The latest rates of a currency."""

    currency: Currency | None = None
    limit: int = Field(default=100, ge=1, le=2000)


def turned(tx: Tx, amount: Decimal, currency: str, into: str, day: date) -> Turned:
    """The amount in another currency: by the newest rate up to that day, or by the inverse of the other way.

    Raises:
        UnknownRecordError: no rate of these two is known up to that day.
    """
    if currency == into:
        return Turned(amount=amount, currency=into, rate=Decimal(1), day=day)
    straight, back = _newest(tx, currency, into, day), _newest(tx, into, currency, day)
    if straight is not None and (back is None or straight.day >= back.day):
        value = round_money(amount * straight.rate, into)
        return Turned(amount=value, currency=into, rate=straight.rate, day=straight.day)
    if back is not None:
        value = round_money(amount / back.rate, into)
        return Turned(amount=value, currency=into, rate=back.rate, day=back.day, inverse=True)
    raise UnknownRecordError(
        f"no rate of {currency} in {into} is known up to {day}", mend="Keep a rate for that day first."
    )


def _newest(tx: Tx, currency: str, base: str, day: date) -> Rate | None:
    r = currency_rates.c
    row = tx.one(
        select(r.rate, r.day, r.source)
        .where(r.tenant_id == tx.tenant, r.currency == currency, r.base == base, r.day <= day)
        .order_by(r.day.desc())
        .limit(1)
    )
    if row is None:
        return None
    return Rate(currency=currency, base=base, day=row.day, rate=row.rate, source=row.source)


def _keep(context: Context, given: Rates) -> Kept:
    created = 0
    for one in given.rates:
        key = {"currency": one.currency, "base": one.base, "day": one.day}
        said = {"rate": one.rate, "source": one.source}
        if books.find(context.tx, currency_rates, key) is None:
            created += 1
            context.tx.insert(currency_rates, key | said)
        else:
            books.change(context.tx, currency_rates, key, said)
    return Kept(created=created)


def _turn(context: Context, given: Turnover) -> Turned:
    return turned(context.tx, given.amount, given.currency, given.into, given.day)


def _list(context: Context, query: RateQuery) -> Rates:
    r = currency_rates.c
    wanted = select(currency_rates).where(r.tenant_id == context.tx.tenant)
    if query.currency is not None:
        wanted = wanted.where(r.currency == query.currency)
    rows = context.tx.all(wanted.order_by(r.day.desc(), r.currency, r.base).limit(query.limit))
    names = Rate.model_fields
    kept = tuple(Rate.model_construct(**{name: getattr(row, name) for name in names}) for row in rows)
    return Rates.model_construct(rates=kept)


OPERATIONS = (
    Operation(
        name="rates.keep",
        title={"en": "Keep rates of currencies", "zh": "登记汇率"},
        effect="write",
        input=Rates,
        output=Kept,
        handler=_keep,
        idempotent=True,
    ),
    Operation(
        name="rates.turn",
        title={"en": "Turn an amount into another currency", "zh": "按汇率换算金额"},
        effect="read",
        input=Turnover,
        output=Turned,
        handler=_turn,
        idempotent=True,
    ),
    Operation(
        name="rates.list",
        title={"en": "Go through the rates", "zh": "浏览汇率"},
        effect="read",
        input=RateQuery,
        output=Rates,
        handler=_list,
        idempotent=True,
    ),
)
