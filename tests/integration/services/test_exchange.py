"""Invoices paid in another currency: gain and loss by the rates of two days, and books that still balance."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mainspring.services import ledger, opening
from mainspring.services.errors import RuleBrokenError, UnknownRecordError
from mainspring.testing.trading import TradingDesk

ISSUED, BOOKED = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)
RATES = st.decimals("0.5", "12", places=4)
CENT = Decimal("0.01")
AMOUNTS = st.decimals("10", "5000", places=2)


def rate(desk: TradingDesk, day: date, worth: Decimal | str) -> None:
    one = {"currency": "USD", "base": "CNY", "day": day, "rate": worth}
    desk.call("rates.keep", rates=[one])


def owed(desk: TradingDesk, number: str, amount: Decimal | str) -> None:
    days = {"issued_at": ISSUED, "due_at": BOOKED}
    given = {"invoice_no": number, "customer_id": "K1", "amount": amount, "currency": "USD"}
    one = opening.Receivable.model_validate(given | days)
    with desk.transaction() as tx:
        opening.take_over(desk.context(tx), [one])


def paid(desk: TradingDesk, amount: Decimal | str) -> Any:
    given = {"statement": "s", "entry": desk.keys(), "booked_at": BOOKED}
    return desk.call("payments.register", **given, currency="CNY", amount=amount)


def in_currency(desk: TradingDesk) -> dict[tuple[str, str], Decimal]:
    with desk.store.read() as tx:
        return {(one.account, one.currency): one.balance for one in ledger.trial_balance(tx) if one.balance}


def test_a_currency_that_rose_until_the_payment_came_is_a_gain(desk: TradingDesk) -> None:
    rate(desk, ISSUED.date(), "7.00")
    rate(desk, BOOKED.date(), "7.10")
    owed(desk, "F1", "100")
    came = paid(desk, "710")
    asked = {"payment_no": came.payment_no, "invoice_no": "F1", "amount": "710", "home": "CNY"}
    done = desk.call("payments.exchange", **asked)
    assert (done.settled, done.gain, done.left_of_invoice, done.left_of_payment) == (100, 10, 0, 0)
    assert in_currency(desk) == {
        ("cash", "CNY"): Decimal(710),
        ("exchange", "CNY"): Decimal(-700),
        ("exchange_result", "CNY"): Decimal(-10),
        ("exchange", "USD"): Decimal(100),
        ("opening", "USD"): Decimal(-100),
    }
    assert desk.check() == []


def test_what_a_bank_kept_on_the_way_is_a_loss_and_too_much_of_it_is_refused(desk: TradingDesk) -> None:
    rate(desk, ISSUED.date(), "7.00")
    owed(desk, "F1", "100")
    came = paid(desk, "690")
    asked = {"payment_no": came.payment_no, "invoice_no": "F1", "amount": "690", "home": "CNY"}
    with pytest.raises(RuleBrokenError, match=r"was worth 98\.57 USD, not 50"):
        desk.call("payments.exchange", **asked, settles="50")
    assert desk.call("payments.exchange", **asked, settles="100").gain == -10
    assert desk.check() == []


def test_without_a_rate_nothing_is_settled(desk: TradingDesk) -> None:
    owed(desk, "F1", "100")
    came = paid(desk, "700")
    with pytest.raises(UnknownRecordError, match="no rate of CNY in USD"):
        desk.call("payments.exchange", payment_no=came.payment_no, invoice_no="F1", amount="700", home="CNY")
    assert desk.check() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=RATES, after=RATES, share=st.sampled_from(["0.3", "1"]), amount=AMOUNTS, back=st.booleans())
def test_the_books_balance_in_every_currency_whatever_the_rates(
    desk: TradingDesk, before: Decimal, after: Decimal, share: str, amount: Decimal, *, back: bool
) -> None:
    rate(desk, ISSUED.date(), before)
    rate(desk, BOOKED.date(), after)
    number = f"F{desk.keys()}"
    owed(desk, number, amount)
    came = paid(desk, (amount * after * Decimal(share)).quantize(CENT) + Decimal("0.05"))
    key, books = {"payment_no": came.payment_no, "invoice_no": number}, in_currency(desk)
    done = desk.call("payments.exchange", **key, amount=came.amount, home="CNY")
    assert done.gain == done.paid - (done.settled * before).quantize(CENT, ROUND_HALF_UP)
    if back:
        whole = desk.call("payments.revoke_exchange", **key)
        assert (whole.left_of_payment, whole.left_of_invoice) == (came.amount, amount)
        assert in_currency(desk) == books
    assert desk.check() == []
    sums: dict[str, Decimal] = {}
    for (_, currency), balance in in_currency(desk).items():
        sums[currency] = sums.get(currency, Decimal(0)) + balance
    assert set(sums.values()) == {Decimal(0)}
