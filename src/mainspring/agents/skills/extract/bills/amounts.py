"""Amounts as they are printed: "1.234,56", "RM 33.90", "€ -9,32", "Rs 1939"; and the currency of a bill."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_MONEY = re.compile(
    r"(?P<minus>[-−–(])?\s?(?P<sign>rm|rs\.?|[€$£¥￥₹]|eur|usd|gbp|inr|chf|cny|rmb|myr|sgd|hkd)?\s?"
    r"(?P<late>[-−–])?\s?"
    r"(?<![\d.,:/#])(?<!\w-)(?P<figures>\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,3})?)"
    r"(?![\d]|[.,:/]\d|-\d|\s?%|[a-z]{4})",
)
_CENTS = re.compile(r"(?P<whole>.*)[.,](?P<cents>\d{2})")
_CURRENCIES = {
    "rm": "MYR",
    "myr": "MYR",
    "rs": "INR",
    "rs.": "INR",
    "₹": "INR",
    "inr": "INR",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "USD",
    "usd": "USD",
    "chf": "CHF",
    "元": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "sgd": "SGD",
    "hkd": "HKD",
}
_CURRENCY = re.compile(
    r"(?<![a-z])(?:rm|rs\.?|eur|euros?|usd|gbp|inr|chf|cny|rmb|myr|sgd|hkd)(?![a-z])|[€£$₹元]"
)


class Amount(NamedTuple):
    """A printed amount.

    Attributes:
        value: in units of the currency, below zero where a minus or a bracket stands before it.
        exact: written with cents or with a currency; a bare whole number may be anything.
    """

    value: Decimal
    exact: bool


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts in a text of small letters, from left to right."""
    return tuple(_amount(match) for match in _MONEY.finditer(text))


def _amount(match: re.Match[str]) -> Amount:
    figures = match["figures"].replace(" ", "").replace("'", "")
    cents = _CENTS.fullmatch(figures)
    whole = re.sub(r"[.,]", "", cents["whole"] if cents else figures)
    value = Decimal(f"{whole}.{cents['cents']}" if cents else whole)
    minus = match["minus"] in {"-", "−", "–"} or match["late"] is not None
    return Amount(-value if minus else value, cents is not None or match["sign"] is not None)


def currency(texts: Iterable[str]) -> tuple[str, float] | None:
    """The currency most of a bill's texts (in small letters) name, with a confidence; None for none."""
    said = Counter(
        _CURRENCIES[match[0]]
        for text in texts
        for match in _CURRENCY.finditer(text)
        if match[0] in _CURRENCIES
    )
    if not said:
        return None
    code, count = said.most_common(1)[0]
    share = count / said.total()
    return code, (0.7 if code == "USD" else 0.95) * share
