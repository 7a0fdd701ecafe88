"""Order lines from running text and lists: which quantity belongs to which product.

A sentence falls into pieces at commas and "and". A piece with a product and a quantity is a position; a piece
that only details ("A2", "zinc plated") belongs to the one before; a quantity alone to the product before it;
"20 each" to all that have none yet.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import InvalidOperation
from typing import NamedTuple

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import asked, dates, numerals, quantities, references, wording
from mainspring.agents.skills.extract.quantities import Quantity
from mainspring.agents.skills.extract.understanding import Evidence, Line
from mainspring.agents.skills.extract.units import UNIT_OF
from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Block, Place

_SENTENCE = re.compile(
    r"(?<=[a-z]{4}[.!?])\s+(?=[A-Z])|(?<=[0-9)\]][.!?])\s+(?=[A-Z])|(?<=[。！？；;!?])\s*|\s+\|\s+"
)
_SEPARATOR = re.compile(
    (
        r"\s*(?:[，、;；]|,(?!\d)|(?<!\d),|\+|\s(?:and(?: also)?|plus|as well as|und|sowie)\s|"
        r"以及|还有|另外|和(?=\s?\S)|"
        r"并且|加上|外加)\s*"
    ),
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[?？!！][^()（）]*[)）]")
_COMMA = re.compile(r"[,，、;；]")
_ANY_DAY = date(2000, 1, 3)  # where a date stands matters here, not which
_WRAPPED = 55  # a line longer than this may go on in the next
_SEVERAL_VALUES = frozenset({"colour", "size word", "side", "thread length"})


class _Piece(NamedTuple):
    """A part of a sentence: its text, whether "and" stood before it, and where it stands."""

    text: str
    joined: bool
    place: Place
    source: str
    listed: bool


@dataclass(slots=True)
class _Item:
    """A position in the making."""

    texts: list[str]
    piece: _Piece
    quantity: Quantity | None = None
    price: str | None = None
    measure: str = ""  # the wording of a quantity in metres, kilograms or litres


@dataclass(slots=True)
class _Reading:
    """The positions so far, and those of the sentence being read."""

    items: list[_Item] = field(default_factory=list)
    fresh: list[_Item] = field(default_factory=list)

    @property
    def last(self) -> _Item | None:
        return self.fresh[-1] if self.fresh else None


def lines(blocks: Sequence[Block]) -> list[Line]:
    """The positions asked for in paragraphs, in their order."""
    reading = _Reading()
    for block in blocks:
        if not block.rows:
            for text, place in _unwrapped(block):
                _read_line(text, place, reading)
    return [_line(item) for item in reading.items if _is_position(item)]


def _unwrapped(block: Block) -> Iterator[tuple[str, Place]]:
    """The lines of a paragraph; a long one is joined with the next that begins with a small letter."""
    written = block.text.split("\n")
    number = 0
    while number < len(written):
        text, start = written[number], number
        while (
            number + 1 < len(written)
            and len(written[number]) > _WRAPPED
            and re.match(r"[a-zäöü]", written[number + 1])
            and not re.search(r"[.!?:;]\s*$", written[number])
        ):
            number += 1
            text = f"{text} {written[number].strip()}"
        yield text, block.place_of(min(start, len(block.cells) - 1) if block.cells else start, 0)
        number += 1


def _read_line(line: str, place: Place, reading: _Reading) -> None:
    if asked.is_no_position(line):
        return
    if label := wording.LABEL.match(line):
        _read_label(label, line, place, reading)
        return
    bullet = wording.BULLET.match(line)
    text = _ASIDE.sub("", line[bullet.end() :] if bullet else line)
    columns = re.search(r"\S\s{3,}\S", text) is not None  # a list laid out in columns
    for sentence in _SENTENCE.split(text):
        if sentence and sentence.strip():
            _read_sentence(
                sentence,
                _Piece("", joined=False, place=place, source=line, listed=bool(bullet) or columns),
                reading,
            )


def _read_label(label: re.Match[str], line: str, place: Place, reading: _Reading) -> None:
    """Forms written as "Product: ... / Qty: ..."."""
    said, rest = label["label"].lower(), line[label.end() :].strip()
    if re.match(r"qty|quantity|menge|数量", said):
        found = quantities.find(rest)
        if found and reading.items and reading.items[-1].quantity is None:
            reading.items[-1].quantity = found[0]
    elif rest and re.match(
        r"product|item|article|desc|goods|material$|品名|产品|名称|货品|物料|artikel$", said
    ):
        _read_sentence(rest, _Piece("", joined=False, place=place, source=line, listed=True), reading)
    elif rest and reading.items and not re.match(r"unit|单位", said):
        reading.items[-1].texts.append(rest)


def _read_sentence(sentence: str, around: _Piece, reading: _Reading) -> None:
    if asked.is_about_something_else(sentence, listed=around.listed):
        return
    for text, joined in _pieces(sentence):
        _read_piece(around._replace(text=text, joined=joined), reading)
    reading.items += reading.fresh
    reading.fresh = []


def _pieces(sentence: str) -> Iterator[tuple[str, bool]]:
    """The parts between commas and "and", brackets kept whole; and whether "and" stood before."""
    closed = re.sub(r"[(（][^()（）]*[)）]", lambda match: "\ue010" * len(match[0]), sentence)
    taken = [(item.start, item.end) for item in specification.find(sentence)]
    taken += [(item.start, item.end) for item in quantities.find(sentence)]
    start, joined = 0, False
    for match in _SEPARATOR.finditer(closed):
        if any(begin < match.start() and match.end() < end for begin, end in taken):
            continue
        yield sentence[start : match.start()], joined
        start, joined = match.end(), not _COMMA.search(match[0])
    yield sentence[start:], joined


def _read_piece(piece: _Piece, reading: _Reading) -> None:
    found = asked.quantities_of(piece.text, listed=piece.listed)
    if len(found) > 1 and asked.is_corrected(piece.text[found[-2].end : found[-1].start]):
        piece = piece._replace(text=piece.text[found[-1].start :])
        found = asked.quantities_of(piece.text, listed=piece.listed)
    if len(found) > 1:
        _several(piece, found, reading)
        return
    quantity = found[0] if found else None
    text = wording.product(asked.without(piece.text, found))
    if quantity and quantity.each:
        _each(piece, text, quantity, reading)
    elif wording.content(text):
        _named(piece, text, quantity, reading)
    else:
        _unnamed(piece, quantity, reading)


def _unnamed(piece: _Piece, quantity: Quantity | None, reading: _Reading) -> None:
    """A piece without a product: a quantity, a unit or a price for the one before."""
    last = reading.last
    unit = UNIT_OF.get(piece.text.strip(" .").lower())
    price = wording.price(piece.text)
    if quantity and quantity.form == "count" and last and last.quantity and last.quantity.form == "measure":
        last.texts.append(last.measure)  # "cleaner 5 l, 10 canisters": the litres were the size
        last.quantity = quantity
    elif quantity:
        target = next((item for item in (last, *reading.items[-1:]) if item and item.quantity is None), None)
        if target is not None:
            target.quantity = quantity
    elif unit and last and last.quantity and last.quantity.unit is None:
        last.quantity = last.quantity._replace(unit=unit, form="count")
    elif price and last:
        last.price = price


def _named(piece: _Piece, text: str, quantity: Quantity | None, reading: _Reading) -> None:
    """A piece with a product: a detail of the one before, or a new position."""
    if quantity is None and references.find(text):
        return
    last = reading.last
    detail = last is not None and not piece.joined and wording.only_specification(text)
    if (
        last is not None
        and quantity is None
        and (detail or not piece.joined or wording.only_specification(text))
    ):
        last.texts.append(text)
    elif last is not None and detail and last.quantity is None:
        last.texts.append(text)
        last.quantity = quantity
    else:
        measure = piece.text[quantity.start : quantity.end] if quantity and quantity.form == "measure" else ""
        reading.fresh.append(_Item([text], piece, quantity, wording.price(piece.text), measure))


def _each(piece: _Piece, text: str, quantity: Quantity, reading: _Reading) -> None:
    """One quantity for every position that has none; for every colour or size that one names."""
    if wording.content(text):
        if reading.last and not piece.joined and wording.only_specification(text):
            reading.last.texts.append(text)
        else:
            reading.fresh.append(_Item([text], piece))
    reading.fresh = [part for item in reading.fresh for part in _split(item)]
    for item in (*reading.items, *reading.fresh):
        if item.quantity is None:
            item.quantity = quantity


def _split(item: _Item) -> list[_Item]:
    """A position that names several products, or one product in several colours or sizes."""
    if item.quantity is not None:
        return [item]
    if len(item.texts) > 1 and not any(wording.only_specification(text) for text in item.texts[1:]):
        return [replace(item, texts=[text]) for text in item.texts]
    text = " ".join(item.texts)
    found = specification.find(text)
    for kind in _SEVERAL_VALUES:
        values = [one for one in found if one.feature.kind == kind]
        if len(values) > 1:
            return [replace(item, texts=[_only(text, values, value)]) for value in values]
    return [item]


def _only(text: str, values: Sequence[specification.Found], kept: specification.Found) -> str:
    """The wording with one of several colours or sizes."""
    for value in reversed(values):
        if value != kept:
            text = f"{text[: value.start]} {text[value.end :]}"
    return wording.product(re.sub(r"(?<=\s)[/、]+|[/、]+(?=\s|$)", " ", text))


def _several(piece: _Piece, found: Sequence[Quantity], reading: _Reading) -> None:
    """Several quantities without a comma: products follow ("200 pcs A 50 pcs B") or stand before them."""
    leads = not wording.content(wording.product(piece.text[: found[0].start]))
    for index, quantity in enumerate(found):
        if leads:
            end = found[index + 1].start if index + 1 < len(found) else len(piece.text)
            text = wording.product(piece.text[quantity.end : end])
        else:
            text = wording.product(piece.text[found[index - 1].end if index else 0 : quantity.start])
        if wording.content(text):
            reading.fresh.append(_Item([text], piece, quantity))


_WITH_UNIT = both("quantity and product in the text", "原文中有数量和商品")
_PIECES = both("a number without a unit counts pieces", "没有单位的数字按件计")


def _is_position(item: _Item) -> bool:
    """With a quantity anything that may be a product; without one what is listed or asked for."""
    text = " ".join(item.texts)
    if item.quantity is not None:
        return wording.content(text) > 0
    exact = any(found.feature.kind in {"thread", "norm", "size"} for found in specification.find(text))
    if references.find(text) or dates.find(text, _ANY_DAY):
        return False
    if item.piece.listed:
        return exact or wording.code(text) is not None
    return exact and asked.is_requested(item.piece.source)


def _line(item: _Item) -> Line:
    """The position; a number without a unit counts pieces."""
    text = ", ".join(item.texts) if item.texts[0].isascii() else " ".join(item.texts)
    quantity = item.quantity
    value = quantity.value if quantity else None
    unit = (quantity.unit or "pcs") if quantity and (quantity.unit or value is not None) else None
    confidence = quantity.confidence if quantity and value is not None else 0.35
    try:
        price = numerals.value(item.price) if item.price else None
    except InvalidOperation:
        price = None
    why = _WITH_UNIT if quantity and quantity.unit else _PIECES
    evidence = (Evidence(item.piece.source.strip(), item.piece.place, why),)
    spec = specification.parse(text)
    return Line(text, value, unit, wording.code(text), spec, item.piece.place, confidence, evidence, price)
