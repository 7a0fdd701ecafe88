"""What questions are read with: words, fillers, kinds of question, topics of help, names in the books."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Table, select

from mainspring.app import measures
from mainspring.app.house import House
from mainspring.app.rights import in_both_languages
from mainspring.govern import identity, roles
from mainspring.insight import semantic
from mainspring.insight.semantic import Layer, Lexicon, Meaning
from mainspring.runtime import queries
from mainspring.services.tables.contact import tickets
from mainspring.services.tables.goods import products
from mainspring.services.tables.money import credit_notes, invoices, payments
from mainspring.services.tables.parties import customers
from mainspring.services.tables.sales import deliveries, orders, quotes
from mainspring.store import Tx, log
from mainspring.store import process_tables as t

_PAPERS: Mapping[str, Table] = {
    "quote": quotes,
    "order": orders,
    "invoice": invoices,
    "delivery": deliveries,
    "credit_note": credit_notes,
    "payment": payments,
    "ticket": tickets,
}
_LEGAL = {
    "gmbh",
    "ag",
    "ltd",
    "bv",
    "nv",
    "sarl",
    "sas",
    "srl",
    "inc.",
    "inc",
    "llc",
    "kg",
    "co.",
    "&",
    "e.k.",
    "sp.",
    "z",
    "o.o.",
    "plc",
    "ab",
}
_NOUNS: Mapping[str, tuple[str, ...]] = {
    "quotes.confirm": ("quote", "offer", "quotation", "报价", "报价单"),
    "invoices.issue": ("invoice", "bill", "发票"),
    "credit_notes.issue": ("credit note", "贷项通知单"),
    "refunds.approve": ("refund", "退款"),
    "write_offs.book": ("write-off", "坏账核销", "核销"),
}
"""What money moves by, as people call it."""


class Kind(BaseModel):
    """A kind of question, as `kinds.yaml` explains it; `en` and `zh` are its example."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    group: str
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    screen: bool = False
    en: str
    zh: str

    @property
    def accepted(self) -> frozenset[str]:
        """All words that it makes use of."""
        return frozenset(one for need in self.needs for one in need.split("|")) | frozenset(self.takes)


class Topic(BaseModel):
    """Something that people want to do, how it is done, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    says: Mapping[str, str]
    to: str


class Grammar(NamedTuple):
    """What ships, whatever the company."""

    kinds: tuple[Kind, ...]
    topics: Mapping[str, Topic]
    terms: tuple[tuple[str, Meaning], ...]
    actions: Mapping[str, str]


@cache
def grammar() -> Grammar:
    """The words, kinds and topics that ship."""
    words = _yaml("words.yaml")
    topics = [Topic.model_validate(one) for one in _yaml("topics.yaml")]
    terms = [
        *_terms(words["filler"], Meaning("filler", "")),
        *(pair for name, of in words["words"].items() for pair in _terms(of, Meaning("word", name))),
        *(
            pair
            for name, of in words["actions"].items()
            for pair in _terms(of, Meaning("entity", "action", name))
        ),
        *(pair for one in topics for pair in _terms(one.terms, Meaning("entity", "topic", one.id))),
        *((noun, Meaning("entity", "noun", name)) for name, nouns in _NOUNS.items() for noun in nouns),
        *((term, Meaning("grain", grain)) for grain, several in _GRAINS.items() for term in several),
    ]
    kinds = tuple(Kind.model_validate(one) for one in _yaml("kinds.yaml"))
    titles = {name: f"{of['en'][0]} · {of['zh'][0]}" for name, of in words["actions"].items()}
    return Grammar(kinds, {one.id: one for one in topics}, tuple(terms), titles)


_GRAINS = {
    "day": ("day", "daily", "天", "日", "每日"),
    "week": ("week", "weekly", "周", "星期"),
    "month": ("month", "monthly", "月", "月份"),
    "quarter": ("quarter", "quarterly", "季度"),
    "year": ("year", "yearly", "年", "年度"),
}


def _yaml(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__ or "").joinpath(name).read_text("utf-8"))


def _terms(by_language: Mapping[str, Any], meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    for several in by_language.values():
        yield from ((str(term), meaning) for term in several)


@cache
def layer_of(pack_text: str) -> Layer:
    """The layer of the platform with what a pack adds."""
    own = resources.files("mainspring.insight.semantic").joinpath("platform.yaml").read_text("utf-8")
    return semantic.read([("platform.yaml", own), ("semantic.yaml", pack_text)])


@cache
def _fixed(pack_text: str) -> Lexicon:
    metrics = layer_of(pack_text).metrics
    named = [
        (term, Meaning("entity", "metric", name))
        for name, one in metrics.items()
        for several in one.terms.values()
        for term in several
    ]
    return Lexicon([*layer_of(pack_text).terms(), *grammar().terms, *named])


def lexicons(house: House) -> tuple[Lexicon, Lexicon]:
    """All terms for questions to this house: those that ship and the names in its books.

    The second one lacks the names of activities and operations: many of them read like a part of a question.
    """
    with house.store.read() as tx:
        position = log.last_position(tx)

    def read() -> tuple[Lexicon, Lexicon]:
        steps = list(_steps(house))
        with house.store.read() as tx:
            names = [*_trade(tx), *_house(house, tx), *steps]
        fixed = _fixed(house.pack.semantic)
        lean = [one for one in names if one[1].id not in ("activity", "operation")]
        return Lexicon(names, beside=fixed), Lexicon(lean, beside=fixed)

    return house.figures.get("names asked for", position, read)


def _trade(tx: Tx) -> Iterator[tuple[str, Meaning]]:
    """The names of customers and products."""
    c, p = customers.c, products.c
    for row in tx.all(select(c.customer_id, c.name).where(c.tenant_id == tx.tenant)):
        for term in {row.customer_id, row.name, _without_form(row.name)}:
            yield from _both(term, "customer", row.customer_id)
    for row in tx.all(select(p.sku, p.name, p.name_zh).where(p.tenant_id == tx.tenant)):
        for term in {row.sku, row.name, row.name_zh}:
            yield from _both(term, "product", row.sku)


def _house(house: House, tx: Tx) -> Iterator[tuple[str, Meaning]]:
    """The names of digital employees, people, roles, processes and operations."""
    for agent in house.pack.agents:
        for term in {agent.id, *agent.title.values()}:
            yield from _both(term, "employee", agent.id)
    for person in identity.everybody(tx):
        for term in {person.id, *person.name.split(" · ")}:
            yield term, Meaning("entity", "person", person.id)
            yield term, Meaning("value", "prepared_by", person.id)
    for one in queries.deployed(tx, kind="process"):
        for term in {one.id, *one.name.split(" · ")}:
            yield from _both(term, "process", one.id)
    for name, title in _operations(house).items():
        for term in {name, *title.split(" · ")}:
            yield term, Meaning("value", "operation", name)
    for role in roles.ROLES:
        yield from ((term, Meaning("entity", "role", role.id)) for term in role)


def _steps(house: House) -> Iterator[tuple[str, Meaning]]:
    for element, name in measures.element_names(house).items():
        for term in {element, *name.split(" · ")}:
            yield from _both(term, "activity", element)


def _operations(house: House) -> Mapping[str, str]:
    return {
        one.operation.name: in_both_languages(one.operation.title) for one in house.gateway.registry.every()
    }


def _both(term: str, kind: str, value: str) -> Iterator[tuple[str, Meaning]]:
    yield term, Meaning("entity", kind, value)
    yield term, Meaning("value", kind, value)


def _without_form(name: str) -> str:
    """A firm's name without its legal form."""
    words = name.split()
    while words and words[-1].lower() in _LEGAL:
        words.pop()
    return " ".join(words) or name


def numbered(tx: Tx, number: str) -> tuple[Meaning, ...]:
    """What a number of a paper or a case names; nothing where there is none of it."""
    tried = (number, number.upper())
    found = [Meaning("entity", "case", str(key)) for key in _cases(tx, tried)]
    for kind, table in _PAPERS.items():
        key = table.c[f"{kind}_no"]
        known = tx.scalar(select(key).where(table.c.tenant_id == tx.tenant, key.in_(tried)))
        if known is not None:
            found += [Meaning("entity", kind, known), Meaning("entity", "paper", f"{kind}:{known}")]
            found += [Meaning("entity", "case", str(one)) for one in _cases(tx, _inquiry_of(tx, kind, known))]
    return tuple(found)


def _cases(tx: Tx, business_keys: tuple[str, ...]) -> list[int]:
    i = t.instances.c
    query = select(i.key).where(
        i.tenant_id == tx.tenant, i.parent.is_(None), i.business_key.in_(business_keys)
    )
    return [row.key for row in tx.all(query.order_by(i.key.desc()).limit(1))]


def _inquiry_of(tx: Tx, kind: str, number: str) -> tuple[str, ...]:
    """The inquiry that a quote, order, delivery or invoice goes back to."""
    q, o, i, d = quotes.c, orders.c, invoices.c, deliveries.c
    query = select(q.inquiry_no).where(q.tenant_id == tx.tenant)
    of_order = select(o.quote_no).where(o.tenant_id == tx.tenant)
    if kind == "quote":
        query = query.where(q.quote_no == number)
    elif kind == "order":
        query = query.where(q.quote_no.in_(of_order.where(o.order_no == number)))
    elif kind == "invoice":
        here = select(i.order_no).where(i.tenant_id == tx.tenant, i.invoice_no == number)
        query = query.where(q.quote_no.in_(of_order.where(o.order_no.in_(here))))
    elif kind == "delivery":
        here = select(d.order_no).where(d.tenant_id == tx.tenant, d.delivery_no == number)
        query = query.where(q.quote_no.in_(of_order.where(o.order_no.in_(here))))
    else:
        return ()
    found = tx.scalar(query)
    return (found,) if found else ()
