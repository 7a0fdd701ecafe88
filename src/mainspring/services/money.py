"""Rounding of money: lines, and tax that adds up to what the document says."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

# Minor digits other than two, from ISO 4217.
_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}
_STEPS = {digits: Decimal(1).scaleb(-digits) for digits in (0, 2, 3)}


def round_money(value: Decimal, currency: str) -> Decimal:
    """The amount in whole minor units of the currency, halves away from zero."""
    return value.quantize(_STEPS[_DIGITS.get(currency, 2)], ROUND_HALF_UP)


def split_tax(nets: Sequence[Decimal], rates: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Tax of each line, so that per rate the lines add up to the rounded tax on their sum.

    EN 16931 (BR-CO-17) rounds the tax once per rate for the whole document. A line gets the step by which the
    rounded running total grows, so the steps add up to exactly that figure.
    """
    base: dict[Decimal, Decimal] = {}
    taxed: dict[Decimal, Decimal] = {}
    taxes = []
    for net, rate in zip(nets, rates, strict=True):
        base[rate] = base.get(rate, Decimal(0)) + net
        total = round_money(base[rate] * rate, currency)
        taxes.append(total - taxed.get(rate, Decimal(0)))
        taxed[rate] = total
    return taxes
