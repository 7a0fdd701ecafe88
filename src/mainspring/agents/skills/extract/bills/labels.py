"""What bills call things, in the languages of the firm's post: English, Chinese, German, French, Dutch.

Recognition reads letters wrongly (I, l and 1; O and 0; u and o), so labels are looked for with a slip
allowed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

_FIGURES = re.compile(r"\d{3}|\d[.,]\d")
_SLIP_FROM = 5
"""A word of so many letters may have one letter wrong."""
_LONG = 9
"""A word of so many letters may have two."""


class Label(NamedTuple):
    """A label found in a cell: which kind, where it begins and ends."""

    kind: str
    start: int
    end: int


# The longest wording that fits counts, so "sub total" is never read as "total".
_TOTALS = {
    "payable": (
        "grand total",
        "total due",
        "total amount due",
        "amount due",
        "balance due",
        "total payable",
        "amount payable",
        "total to pay",
        "total rounded",
        "rounded total",
        "total amt rounded",
        "total amount rounded",
        "total after rounding",
        "net total",
        "nett total",
        "gesamtbetrag",
        "rechnungsbetrag",
        "endbetrag",
        "zahlbetrag",
        "zu zahlen",
        "total ttc",
        "montant ttc",
        "net à payer",
        "somme à payer",
        "total à payer",
        "totaal te betalen",
        "te betalen",
        "factuur totaal",
        "价税合计",
        "应付金额",
        "应付总额",
        "实付金额",
        "实收金额",
        "总计",
    ),
    "total": (
        "total",
        "total amount",
        "total amt",
        "total sales",
        "total rm",
        "total incl",
        "total inclusive",
        "total incl gst",
        "total incl of gst",
        "total incl vat",
        "total inclusive of gst",
        "total sales inclusive of gst",
        "total sales incl gst",
        "total includes gst",
        "total gross",
        "invoice total",
        "total for this invoice",
        "total facture",
        "summe",
        "gesamt",
        "gesamtsumme",
        "gesamt brutto",
        "totaal",
        "totaalbedrag",
        "合计",
        "合计金额",
        "总额",
        "总金额",
    ),
    "net": (
        "sub total",
        "subtotal",
        "total excl",
        "total excluding",
        "total excl gst",
        "total excl of gst",
        "total sales excluding gst",
        "total sales excl gst",
        "total before tax",
        "total ht",
        "montant ht",
        "zwischensumme",
        "nettobetrag",
        "gesamt netto",
        "subtotaal",
        "exclusief btw",
        "小计",
        "不含税金额",
    ),
    "tax": (
        "tax",
        "total tax",
        "total gst",
        "gst",
        "vat",
        "tva",
        "mwst",
        "ust",
        "btw",
        "sales tax",
        "service tax",
        "税额",
        "total vat",
    ),
    "rounding": ("rounding", "rounding adjustment", "rounding adj", "rounding adjusment", "round", "抹零"),
    "paid": ("cash", "cash received", "cash tendered", "payment", "paid", "tendered", "现金", "visa", "card"),
    "change": ("change", "change due", "找零"),
    "other": (
        "total qty",
        "total quantity",
        "total items",
        "total item",
        "total discount",
        "total saving",
        "total savings",
        "total disc",
        "discount",
        "total points",
        "total no",
        "total pcs",
        "total weight",
        "qty total",
        "tot qty",
        "total hours",
        "lines total",
        "item total",
        "line total",
        "service charge",
        "gst no",
        "gst id",
        "gst reg",
        "gst reg no",
        "vat no",
        "vat id",
        "tax id",
        "tax no",
        "tax invoice",
        "total no",
        "cash bill",
        "cash sales",
        "loyalty card",
    ),
    "summary": (
        "gst summary",
        "tax summary",
        "vat summary",
        "tax code",
        "tax analysis",
        "vat analysis",
        "gst analysis",
        "steuersatz",
    ),
}
_DATES = {
    "bill": (
        "invoice date",
        "date of invoice",
        "bill date",
        "receipt date",
        "date of issue",
        "issue date",
        "issued on",
        "invoice issued",
        "rechnungsdatum",
        "factuurdatum",
        "factuur datum",
        "date de facture",
        "date de facturation",
        "开票日期",
    ),
    "day": ("date", "datum", "日期", "date time", "transaction date"),
    "other": (
        "due date",
        "order date",
        "orderdatum",
        "delivery date",
        "date due",
        "expiry date",
        "valid until",
        "pay by",
        "payment due",
        "vervaldatum",
        "fälligkeitsdatum",
        "zahlungsziel",
        "lieferdatum",
        "bestelldatum",
        "date limite",
        "date limite de paiement",
        "check in",
        "check out",
        "birth date",
        "period",
        "到期日",
        "订单日期",
        "交货日期",
        "printed on",
        "print date",
    ),
}
_NUMBERS = {
    "bill": (
        "invoice no",
        "invoice number",
        "invoice nr",
        "invoice #",
        "inv no",
        "inv #",
        "invoice id",
        "bill no",
        "bill number",
        "receipt no",
        "receipt number",
        "receipt #",
        "tax invoice no",
        "document no",
        "doc no",
        "rechnungsnr",
        "rechnungsnummer",
        "rechnung nr",
        "belegnr",
        "factuurnummer",
        "factuur nr",
        "factuurnr",
        "facture n°",
        "facture n",
        "facture no",
        "facture numéro",
        "numéro de facture",
        "n° de facture",
        "发票号码",
        "发票号",
        "票据号",
        "单据编号",
        "单号",
        "inv",
        "trn",
    ),
    "head": ("invoice", "receipt", "bill", "rechnung", "facture", "factuur", "发票"),
    "weak": ("booking id", "reference", "ref no", "transaction no", "order id", "slip no"),
    "other": (
        "order no",
        "order number",
        "ordernummer",
        "bestellnummer",
        "customer no",
        "klantnummer",
        "kundennr",
        "kundennummer",
        "account number",
        "account no",
        "gst no",
        "gst reg no",
        "vat no",
        "tax no",
        "phone no",
        "tel no",
        "fax no",
        "po number",
        "reg no",
        "company no",
        "roc no",
        "token no",
        "table no",
        "invoice date",
        "invoice to",
        "订单号",
    ),
}
_WORD = re.compile(r"(?<!_)[^\W\d_]++(?!_)|[#°]")


@dataclass(frozen=True, eq=False, slots=True)
class Wordings:
    """Wordings of labels, each as its kind and its words; looked up by their first word."""

    each: tuple[tuple[str, tuple[str, ...]], ...]


def _split(kinds: dict[str, tuple[str, ...]]) -> Wordings:
    return Wordings(
        tuple(
            (kind, tuple(_WORD.findall(wording))) for kind, wordings in kinds.items() for wording in wordings
        )
    )


TOTALS, DATES, NUMBERS = _split(_TOTALS), _split(_DATES), _split(_NUMBERS)


def find(cell: str, wordings: Wordings) -> tuple[Label, ...]:
    """The labels that stand in a cell, from left to right; where two begin at one word, the longer one.

    Args:
        cell: in small letters.
        wordings: the labels that are looked for.
    """
    said = [(match[0], match.start(), match.end()) for match in _WORD.finditer(cell)]
    found: list[Label] = []
    place = 0
    while place < len(said):
        fitting = [
            (len(wanted), kind)
            for kind, wanted in _beginning(said[place][0], wordings)
            if _fits(cell, said[place : place + len(wanted)], wanted)
        ]
        if fitting:
            count, kind = max(fitting, key=lambda one: one[0])
            found.append(Label(kind, said[place][1], said[place + count - 1][2]))
            place += count
        else:
            place += 1
    return tuple(found)


@lru_cache(maxsize=20_000)
def _beginning(word: str, wordings: Wordings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The labels whose first word this may be."""
    return tuple(one for one in wordings.each if _reads(word, one[1][0]))


def _fits(cell: str, said: list[tuple[str, int, int]], wanted: tuple[str, ...]) -> bool:
    """Whether words read as those of a label; at most a rate ("total excl. 6% GST") stands between them."""
    if len(said) < len(wanted) or not all(
        _reads(word, want) for (word, _, _), want in zip(said, wanted, strict=True)
    ):
        return False
    return _FIGURES.search(cell, said[0][1], said[-1][2]) is None


def _reads(word: str, wanted: str) -> bool:
    """Whether a word may be the wanted one, read with a slip."""
    if word == wanted:
        return True
    if not wanted.isascii():
        return word.startswith(wanted) and wanted > "\u3400"
    if len(wanted) < _SLIP_FROM or abs(len(word) - len(wanted)) > 1:
        return False
    allowed = 2 if len(wanted) >= _LONG else 1
    return bool(OSA.distance(word, wanted, score_cutoff=allowed) <= allowed)
