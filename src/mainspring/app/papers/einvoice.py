"""What both electronic forms of an invoice share: what EN 16931 needs, units, kinds of tax numbers."""

import re
from decimal import Decimal

from mainspring.app.errors import SetUpError
from mainspring.app.papers.paper import Paper
from mainspring.app.papers.shown import plain
from mainspring.app.papers.template import Template

TYPES = {"invoice": "380", "credit_note": "381"}
"""Papers that have an electronic form, with their codes in UNTDID 1001."""
_UNITS = {
    "pcs": "H87", "pc": "H87", "piece": "H87", "个": "H87", "件": "H87", "只": "H87",
    "kg": "KGM", "公斤": "KGM", "千克": "KGM", "g": "GRM", "t": "TNE", "吨": "TNE",
    "m": "MTR", "米": "MTR", "m2": "MTK", "m3": "MTQ", "l": "LTR", "升": "LTR",
    "set": "SET", "套": "SET", "box": "XBX", "箱": "XBX", "pair": "PR", "双": "PR", "h": "HUR",
}  # fmt: skip
_ONE = "C62"
"""Units of UN/ECE recommendation 20 and 21; "one" for those that are not known."""
_LEAST = Decimal("0.01")
NOT_DUE = "Set off against open invoices or paid back. · 与未结发票冲抵或退款。"
"""The terms of what is owed to the customer, which the standard wants to be stated (BR-CO-25)."""
_VAT = re.compile(r"[A-Z]{2}(?=[0-9A-Z]*[0-9])[0-9A-Z+*]{2,13}")


def demand(paper: Paper, template: Template) -> None:
    """Return when the standard's mandatory terms are there.

    Raises:
        SetUpError: the paper has no electronic form, or the firm or the customer lacks what the standard
            needs; each term is named with its rule.
    """
    if paper.kind not in TYPES:
        said = f"a {paper.kind} has no electronic form"
        raise SetUpError(said, where=paper.number, mend="Ask for an invoice or a credit note.")
    own, party = template.seller, paper.party
    codes = {category(one.rate, template) for one in paper.taxes}
    stated = vat(own.tax_id, own.country)
    needed = {
        "seller.name (BR-06)": own.name,
        "seller.country (BR-09)": own.country,
        "seller.tax_id (BR-S-02)": own.tax_id or codes <= {"O"},
        "seller.tax_id or seller.registration (BR-CO-26)": own.tax_id or own.registration,
        "a VAT identifier as seller.tax_id (BR-G-02)": stated or not codes & {"G", "K"},
        "the customer's country (BR-11)": party.country,
        "the customer's VAT identifier (BR-AE-02)": vat(party.tax_id, party.country)
        or not codes & {"K", "AE"},
        "zero_tax_reason (BR-E-10)": template.zero_tax_reason or codes <= {"S", "Z"},
    }
    missing = [name for name, there in needed.items() if not there]
    if missing:
        raise SetUpError(
            f"the electronic {paper.kind} needs {', '.join(missing)}",
            where=paper.number,
            mend="Fill it in with `mainspring papers put`, or in the customer's record.",
        )


def vat(tax_id: str, country: str) -> str:
    """The tax number where it is a VAT identifier, which begins with its country (BR-CO-09); else empty.

    A Chinese unified social credit code is none.
    """
    plain_id = re.sub(r"[\s.-]", "", tax_id).upper()
    own = "EL" if country == "GR" else country
    return plain_id if plain_id.startswith(own) and own and _VAT.fullmatch(plain_id) else ""


def unit(name: str | None) -> str:
    """The code of a unit."""
    return _UNITS.get((name or "").strip().casefold(), _ONE)


def category(rate: Decimal, template: Template) -> str:
    """The category of tax of EN 16931 at this rate."""
    return "S" if rate else template.zero_tax


def exemption(rate: Decimal, template: Template) -> str:
    """Why there is no tax, where the standard wants to know."""
    return template.zero_tax_reason if not rate and template.zero_tax != "Z" else ""


def money(amount: Decimal) -> str:
    """An amount with two places, or with more where it has more."""
    return f"{amount.quantize(_LEAST):f}" if amount == amount.quantize(_LEAST) else plain(amount)
