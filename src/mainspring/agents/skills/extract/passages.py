"""Order lines from running text and lists: which quantity belongs to which product."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import dates, numerals, quantities, wording
from mainspring.agents.skills.extract.quantities import Quantity
from mainspring.agents.skills.extract.understanding import Evidence, Line
from mainspring.knowledge.documents import Block, Place

_SENTENCE = re.compile(r"(?<=[a-z0-9)\]][.!?])\s+(?=[A-Z])|(?<=[。！？；;!?])\s*|\s+\|\s+")
_SEPARATOR = re.compile(
    r"\s*(?:[,，、;；](?!\d)|(?<!\d),|\+|\s(?:and(?: also)?|plus|as well as|und|sowie)\s|以及|还有|另外|和(?=\s?\S)|并且|加上|外加)\s*",
    re.IGNORECASE,
)
# What was, is wanted every year or is only spoken about is no position.
_NOT_ASKED = re.compile(
    r"\b(?:last (?:time|year|month|order|week)|previous(?:ly)?|per (?:year|annum|month)|annual(?:ly)?|every (?:year|month)|a year|a month|each (?:month|year)|yearly|monthly|"
    r"employees|people|staff|years|customers|minimum order|moq|pallets? (?:per|of)|instead of|not the|we (?:have|had|received|got)|you (?:sent|delivered|shipped|invoiced)|invoice[ds]?|"
    r"unsubscribe|discount|% off|phone|tel\.?:|fax|vat|www\.|http|@\S+\.\S+)|上次|去年|每年|每月|年用量|月用量|年需求|员工|电话|手机|传真|邮箱|税号|开户|收到(?:的|了)?货|不是",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|day)|best regards|kind regards|thanks|thank you)\b|您好|你好|尊敬的)",
    re.IGNORECASE,
)
_NO_POSITION = re.compile(
    r"^\s*(?:(?:from|to|sent|subject|date|cc|tel|phone|fax|mobile|e-?mail|vat(?: ?id| ?no\.?)?|tax(?: ?id| ?no\.?)?|ust-?id\S*|(?:ship|deliver)(?:y|ing)?[- ]?(?:to|address|date|place)|delivery|"
    r"order (?:no|number|date)\.?|po (?:no|number|date)?\.?|purchase order(?: no\.?| number)?|contact|page)\s*[:：]|发件人|收件人|主题|时间|日期|抄送|电话|手机|传真|邮箱|税号|地址|网址|收货|送货|交货|"
    r"订单号|采购单号|联系人|公司|合同)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[:：=\-–—,，x*]|\s{2,}|\t|\.{2,}|\s)\s*$")
_NEED = re.compile(
    r"(?:need|want|order|quote|require|take|qty|quantity|add|要|需|订|数量|报|共|来)\s*[:：]?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Item:
    """A position in the making."""

    texts: list[str]
    place: Place
    source: str
    quantity: Quantity | None = None
    price: str | None = None
    listed: bool = False
    measure: str = ""  # the wording of a quantity in metres, kilograms or litres
    joined: bool = False  # named with "and", not as a detail of what stood before


def lines(blocks: Sequence[Block]) -> list[Line]:
    """The positions asked for in paragraphs, in their order."""
    items: list[_Item] = []
    for block in blocks:
        if block.rows:
            continue
        written = block.text.split("\n")
        listed = sum(1 for line in written if wording.BULLET.match(line)) > 1
        for number, line in enumerate(written):
            _read_line(
                line,
                block.place_of(number if not block.cells else min(number, len(block.cells) - 1), 0),
                items,
                listed=listed or bool(wording.BULLET.match(line)),
            )
    return [_line(item) for item in items if _is_position(item)]


def _read_line(line: str, place: Place, items: list[_Item], *, listed: bool) -> None:
    if _NO_POSITION.match(line) or (_GREETING.match(line) and not quantities.find(line)):
        return
    label = wording.LABEL.match(line)
    if label:
        _labelled(label, line, place, items)
        return
    bulleted = bool(wording.BULLET.match(line))
    text = wording.BULLET.sub("", line)
    for sentence in _SENTENCE.split(text):
        if sentence and sentence.strip():
            _read_sentence(sentence, place, items, line, listed=listed and bulleted)


def _labelled(label: re.Match[str], line: str, place: Place, items: list[_Item]) -> None:
    """Forms written as "Product: ... / Qty: ..."."""
    said, rest = label["label"].lower(), line[label.end() :].strip()
    if not rest:
        return
    if re.match(r"qty|quantity|menge|数量", said):
        found = quantities.find(rest)
        if found and items and items[-1].quantity is None:
            items[-1].quantity = found[0]
    elif re.match(r"product|item|article|desc|goods|material$|品名|产品|名称|货品|物料|artikel$", said):
        _read_sentence(rest, place, items, line, listed=True)
    elif items and not re.match(r"unit|单位", said):
        items[-1].texts.append(rest)


def _read_sentence(sentence: str, place: Place, items: list[_Item], source: str, *, listed: bool) -> None:
    if _NOT_ASKED.search(sentence) and not listed:
        return
    fresh: list[_Item] = []
    for piece, joined in _pieces(sentence):
        _read_piece(piece, place, items, fresh, source, listed=listed, joined=joined)
    items += fresh


def _pieces(sentence: str) -> Iterator[tuple[str, bool]]:
    """The parts of a sentence between commas and "and", brackets kept whole; and whether "and" stood before."""
    closed = re.sub(r"[(（][^()（）]*[)）]", lambda match: "\ue010" * len(match[0]), sentence)
    taken = [(item.start, item.end) for item in specification.find(sentence)]
    taken += [(item.start, item.end) for item in quantities.find(sentence)]
    start, joined = 0, False
    for match in _SEPARATOR.finditer(closed):
        if any(begin < match.start() and match.end() < end for begin, end in taken):
            continue
        yield sentence[start : match.start()], joined
        start, joined = match.end(), not re.search(r"[,，、;；]", match[0])
    yield sentence[start:], joined


def _read_piece(
    piece: str,
    place: Place,
    items: list[_Item],
    fresh: list[_Item],
    source: str,
    *,
    listed: bool,
    joined: bool,
) -> None:
    found = _asked(piece, listed=listed)
    text = wording.product(_without(piece, found))
    price = wording.price(piece)
    named = wording.content(text)
    if len(found) > 1:
        _several(piece, found, place, fresh, source, listed=listed)
        return
    quantity = found[0] if found else None
    if quantity and quantity.each and (fresh or items):
        if named and fresh and not joined and wording.only_specification(text):
            fresh[-1].texts.append(text)
        elif named:
            fresh.append(_Item([text], place, source, listed=listed, joined=joined))
        _spread(quantity, items, fresh)
        return
    if not named:
        last = fresh[-1] if fresh else None
        if (
            quantity
            and quantity.form == "count"
            and last
            and last.quantity
            and last.quantity.form == "measure"
        ):
            last.texts.append(last.measure)  # "cleaner 5 l, 10 canisters": the litres were the size
            last.quantity = quantity
        elif quantity and (target := _open_item(items, fresh)) is not None:
            target.quantity = quantity
        elif price and fresh:
            fresh[-1].price = price
        return
    last = fresh[-1] if fresh else None
    if quantity is None and last is not None and (wording.only_specification(text) or not joined):
        last.texts.append(text)
        return
    if (
        quantity is not None
        and last is not None
        and last.quantity is None
        and wording.only_specification(text)
        and not joined
    ):
        last.texts.append(text)
        last.quantity = quantity
        return
    measure = piece[quantity.start : quantity.end] if quantity and quantity.form == "measure" else ""
    fresh.append(_Item([text], place, source, quantity, price, listed=listed, measure=measure, joined=joined))


def _asked(piece: str, *, listed: bool) -> list[Quantity]:
    """The quantities of a piece: counts before measures before bare numbers."""
    found = [item for item in quantities.find(piece) if not _is_day(piece, item)]
    counts = [item for item in found if item.form == "count"] or [item for item in found if item.each]
    if counts:
        return counts
    measures = [item for item in found if item.form == "measure"]
    if measures:
        return (
            [_measure(piece, measures)] if _measure(piece, measures) else _bare(piece, found, listed=listed)
        )  # type: ignore[list-item] # just checked
    return _bare(piece, found, listed=listed)


def _is_day(piece: str, item: Quantity) -> bool:
    from datetime import date

    return any(day.start < item.end and item.start < day.end for day in dates.find(piece, date(2000, 1, 3)))


def _measure(piece: str, measures: list[Quantity]) -> Quantity | None:
    """Metres, kilograms and litres at the beginning or the end of a piece are the quantity, elsewhere the size."""
    for item in measures:
        if not wording.content(wording.product(piece[: item.start])) and re.match(
            r"\s*(?:of\s)?\s*\S", piece[item.end :]
        ):
            return item
    last = measures[-1]
    return last if not re.search(r"[A-Za-z\u4e00-\u9fff0-9]", wording.product(piece[last.end :])) else None


def _bare(piece: str, found: list[Quantity], *, listed: bool) -> list[Quantity]:
    """A number alone counts at the beginning ("200 x M8x40", "200 M8 nuts"), at the end, or after a word of need."""
    bare = [item for item in found if item.form == "bare"]
    for item in bare:
        before, after = piece[: item.start], piece[item.end :]
        leads = not wording.content(wording.product(before)) and re.match(
            r"\s*(?:x|×|\*)?\s*(?:of\s)?[A-Za-zÄÖÜäöü\u4e00-\u9fff(]", after
        )
        if (
            leads and (listed or re.match(r"\s*(?:x|×|\*)\s", after) or wording.content(after))
        ) or _NEED.search(before):
            return [item]
    for item in reversed(bare):
        before, after = piece[: item.start], piece[item.end :]
        if (
            not after.strip(" .!。,，")
            and _TRAILING.search(before)
            and (listed or re.search(r"[:：=\-–—x*\t]\s*$|\s{2,}$", before) or specification.find(before))
        ):
            return [item]
    return []


def _without(piece: str, found: Sequence[Quantity]) -> str:
    for item in reversed(found):
        piece = f"{piece[: item.start]} {piece[item.end :]}"
    return re.sub(
        r"^\s*(?:x|×|\*)\s+|(?<=\s)(?:x|×|\*)\s*$|^\s*of\s", "", piece.strip(" \t:：-–—"), flags=re.IGNORECASE
    )


def _several(
    piece: str, found: Sequence[Quantity], place: Place, fresh: list[_Item], source: str, *, listed: bool
) -> None:
    """Several quantities without a comma: products follow them ("200 pcs A 50 pcs B") or stand before them."""
    leads = not wording.content(wording.product(piece[: found[0].start]))
    for index, item in enumerate(found):
        if leads:
            end = found[index + 1].start if index + 1 < len(found) else len(piece)
            text = wording.product(piece[item.end : end])
        else:
            text = wording.product(piece[found[index - 1].end if index else 0 : item.start])
        if wording.content(text):
            fresh.append(_Item([text], place, source, item, listed=listed))


def _spread(quantity: Quantity, items: list[_Item], fresh: list[_Item]) -> None:
    """Give one quantity to every position named so far that has none."""
    split: list[_Item] = []
    for item in fresh:
        split += [replace(item, texts=[part]) for part in item.texts] if _names_several(item) else [item]
    fresh[:] = split
    for item in (*items, *fresh):
        if item.quantity is None:
            item.quantity = quantity


def _names_several(item: _Item) -> bool:
    return len(item.texts) > 1 and not any(wording.only_specification(text) for text in item.texts[1:])


def _open_item(items: list[_Item], fresh: list[_Item]) -> _Item | None:
    for item in (*reversed(fresh), *reversed(items[-1:])):
        return item if item.quantity is None else None
    return None


def _is_position(item: _Item) -> bool:
    """With a quantity anything that may be a product; without one only what stands in a list or is exact."""
    text = " ".join(item.texts)
    if item.quantity is not None:
        return wording.content(text) > 0
    exact = [
        found
        for found in specification.find(text)
        if found.feature.kind in {"thread", "norm", "size", "thread length"}
    ]
    return (
        (item.listed and wording.content(text) > 1)
        or bool(exact)
        or (item.listed and wording.code(text) is not None)
    )


def _line(item: _Item) -> Line:
    text = ", ".join(item.texts) if item.texts[0].isascii() else " ".join(item.texts)
    quantity = item.quantity
    value = quantity.value if quantity else None
    confidence = quantity.confidence if quantity and value is not None else 0.35
    price: Decimal | None = None
    if item.price:
        try:
            price = numerals.value(item.price)
        except InvalidOperation:
            price = None
    evidence = (Evidence(item.source.strip(), item.place, "quantity and product in the text"),)
    unit = quantity.unit if quantity else None
    return Line(
        text,
        value,
        unit,
        wording.code(text),
        specification.parse(text),
        item.place,
        confidence,
        evidence,
        price,
    )
