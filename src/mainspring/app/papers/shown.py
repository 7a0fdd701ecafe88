"""What stands on a paper in words, the same for PDF and Excel: labels, values and standing texts."""

from datetime import date
from decimal import Decimal
from typing import Any

from mainspring.app.papers.paper import Paper
from mainspring.app.papers.template import Template, Wording
from mainspring.app.papers.words import COLUMNS, FACTS, TEXTS, TITLES, TOTALS, said

MONEY = frozenset({"net", "total", "open"})
FIGURES = MONEY | {"quantity", "per_carton", "cartons", "unit_price", "tax_rate", "days_late"}


def title(paper: Paper, language: str, between: str = " ") -> str:
    """Such as "Invoice"."""
    return said(TITLES[paper.kind], language, between)


def columns(paper: Paper, template: Template) -> tuple[str, ...]:
    """The columns that are shown."""
    return tuple(name for name in paper.columns if name not in template.hide)


def heads(paper: Paper, template: Template, language: str) -> list[str]:
    """The heads of these columns."""
    return [said(COLUMNS[name], language, "\n") for name in columns(paper, template)]


def facts(paper: Paper, language: str) -> list[tuple[str, str]]:
    """(label, value) under the title, the number and the day first; those without a value are left out."""
    own = (("number", paper.number), ("day", paper.day), *paper.facts)
    theirs = (("tax_id", paper.party.tax_id), ("contact", paper.party.contact))
    return [(said(FACTS[name], language), value(name, one)) for name, one in (*own, *theirs) if one]


def address(paper: Paper) -> list[str]:
    """The customer's name and address."""
    party = paper.party
    town = " ".join(filter(None, (party.city, party.country)))
    return list(filter(None, (party.name, party.address, town)))


def totals(paper: Paper, language: str) -> list[tuple[str, Decimal, str]]:
    """(label, amount, currency or unit)."""
    return [(said(TOTALS[name], language), amount, unit) for name, amount, unit in paper.totals]


def opening(paper: Paper, language: str) -> str:
    """The sentence before the lines; mostly none."""
    if paper.kind == "reminder":
        return said(TEXTS[f"remind_{paper.level}"], language)
    if paper.kind == "statement" and not paper.lines:
        return said(TEXTS["nothing_open"], language)
    return ""


def closing(paper: Paper, template: Template, language: str) -> list[str]:
    """What stands under the sums."""
    found = [said(TEXTS["no_tax_invoice"], language)] if paper.kind == "proforma" else []
    if paper.kind in {"invoice", "proforma", "statement", "reminder"}:
        found.append(template.bank())
    found.append(standing(template.notes.get(paper.kind, Wording()), language))
    return [one for one in found if one]


def standing(text: Wording, language: str) -> str:
    """A text of the firm; where it is kept in one language only, that one."""
    if language == "both":
        return "\n".join(filter(None, (text.zh, text.en)))
    return (text.zh or text.en) if language == "zh" else (text.en or text.zh)


def value(name: str, one: Any) -> str:
    """A value as people read it."""
    if one is None:
        return ""
    if isinstance(one, date):
        return one.isoformat()
    if name in MONEY:
        return f"{one:,f}"
    if name == "tax_rate":
        return f"{plain(one * 100)} %"
    if isinstance(one, Decimal):
        return plain(one, grouped=True)
    return str(one)


def plain(number: Decimal, *, grouped: bool = False) -> str:
    """A number without noughts at its end."""
    text = f"{number:,f}" if grouped else f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
