"""The inquiry clerk: from a document to what it asks for, from whom, by when and where to."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain

from mainspring.agents.skills.extract import (
    bounds,
    dates,
    drawn,
    injection,
    kinds,
    language,
    passages,
    places,
    references,
    tables,
    trade,
)
from mainspring.agents.skills.extract.customers import CustomerIndex, Recognised
from mainspring.agents.skills.extract.noted import noted
from mainspring.agents.skills.extract.understanding import Evidence, Field, Line, Understanding
from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Block, Document, Place
from mainspring.knowledge.documents.document import within

_OWN = frozenset({"body", "forwarded", "note"})
_CUE = both("cue", "线索词")
_HIDDEN = both("hidden from the reader", "读者看不到的内容")
_ORDER_NO = both("order number", "订单号")
_DAY = both("a day named", "写明的日期")
_DELIVERY = both("delivery place", "交货地点")
_WANTED = re.compile(
    (
        r"deliver|need|want|require|by\b|before|until|latest|no later|ship|arrive|receive|in "
        r"our hands|due|wunsch|liefer|termin|bis\b|交货|交期|到货|发货|送|前|之前|要|需要|"
        r"期望|希望|最晚|最迟|急"
    ),
    re.IGNORECASE,
)
_WITH_LINES = frozenset({"inquiry", "order", "cancellation", "return"})
_FOR_GOODS = frozenset({"inquiry", "order"})
_NOT_WANTED = re.compile(
    (
        r"dated|sent:|(?:order|invoice|print)\s?date|order of|invoice|since|ordered on|"
        r"delivered on|received on|"
        r"arrived on|valid|offer until|quote by|quotation by|reply by|answer by|offer by|"
        r"meeting|call me|closed|deadline|respond|reply|answer|confirm within|pay\b|payment|"
        r"holiday|fair|exhibition|from last|last\s|yesterday|下单日期|订单日期|发票|回复|"
        r"报价截止|答复|收到|到的|上周|昨天|放假|展会|之前订|有效"
    ),
    re.IGNORECASE,
)
_TODAY = re.compile(r"today|heute|今天|今日", re.IGNORECASE)
_AMERICAN = re.compile(
    r"(?<![\d./-])(?:0?\d|1[0-2])/(?:1[3-9]|2\d|3[01])/20\d\d(?!\d)"
)  # only a month stands first
_SURE_DAY = 0.4  # below it stands a vague day ("next week") without any word of need
_CURRENCY = {
    "EUR": r"€|\beur\b|\beuros?\b|欧元",
    "USD": r"US\$|\$|\busd\b|\bdollars?\b|美元|美金",
    "CNY": r"￥|¥|\brmb\b|\bcny\b|人民币|\d\s?元",
    "GBP": r"£|\bgbp\b",
}
_CURRENCIES = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _CURRENCY.items()}
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_REFERS_DOWN = re.compile(
    r"\bbelow\b|\bas quoted\b|as per (?:your|the) quot|下面|下方|如下|下列", re.IGNORECASE
)


def understand(
    document: Document, *, received: datetime, customers: CustomerIndex | None = None
) -> Understanding:
    """Read what a customer wants out of a document; never raises on odd content, abstains rather than guess.

    Args:
        document: as `mainspring.knowledge.documents.read` gives it.
        received: when it arrived; relative dates count from its day in its own time zone.
        customers: the company's customers; without them the customer stays None.
    """
    if document.kind in {"ubl", "cii"}:
        return trade.understand(document, customers=customers)
    blocks = list(document.all_blocks())
    own, cut = bounds.bounded([block for block in blocks if block.role in _OWN])
    subject = document.headers.get("subject", "")
    lines = tuple(_lines(document, own))
    text = "\n".join(block.text for block in own)
    verdict = kinds.classify(subject, text, lines=len(lines))
    wants_goods = verdict.kind in _FOR_GOODS
    tongue, sure = language.detect(f"{subject}\n{text}")
    tries = tuple(_injections(document, blocks))
    unread = (language.FOREIGN,) if language.foreign(f"{subject}\n{text}") else ()
    return Understanding(
        kind=Field(
            verdict.kind, verdict.confidence, tuple(Evidence(cue, Place(), _CUE) for cue in verdict.cues)
        ),
        customer=_customer(document, blocks, customers),
        order_no=_order_no(subject, own),
        requested_date=_requested(own, received.date(), subject) if wants_goods else Field(None),
        delivery_place=_place(own + [block for block in blocks if block.role == "signature"])
        if wants_goods
        else Field(None),
        currency=_currency(own),
        language=Field(tongue, sure),
        lines=lines if verdict.kind in _WITH_LINES else (),
        injection=bool(tries),
        injection_evidence=tries,
        notes=(
            *cut,
            *unread,
            *map(noted, document.all_problems()),
        ),
    )


def _lines(document: Document, own: list[Block]) -> Iterator[Line]:
    """Lines of the text, then of the attachments; a line that both hold counts once."""
    body = [block for block in own if not block.place.attachment]
    found = _in_order(body)
    if not found and _REFERS_DOWN.search("\n".join(block.text for block in body)):
        found = _in_order([block for block in document.blocks if block.role == "quoted"])
    yield from found
    seen = {_key(line) for line in found}
    for attachment in document.attachments:
        if attachment.kind == "ubl":
            yield from trade.lines(attachment)
            continue
        theirs = [block for block in attachment.all_blocks() if block.role in _OWN]
        attached = [within(block, attachment.name) for block in bounds.bounded(theirs)[0]]
        for line in _in_order(attached):
            if _key(line) not in seen:
                seen.add(_key(line))
                yield line


def _key(line: Line) -> tuple[str, object]:
    return re.sub(r"\W+", "", line.text.lower()), line.quantity


def _in_order(blocks: Iterable[Block]) -> list[Line]:
    """Tables and passages in the order of the text; a quantity for all may follow a table or a list."""
    found: list[Line] = []
    run: list[Block] = []
    for block in chain.from_iterable(map(drawn.with_tables, blocks)):
        if block.rows and (rows := tables.lines(block)):
            found += passages.lines(run)
            run = []
            found += rows
        elif block.rows:
            run += _as_text(block)
        else:
            run.append(block)
    return found + passages.lines(run)


def _as_text(block: Block) -> Iterator[Block]:
    """A table that is no order list may still be a list of lines laid out in columns."""
    for number, row in enumerate(block.rows):
        text = "  ".join(dict.fromkeys(cell for cell in row if cell))
        if text:
            yield Block(text, block.place_of(number, 0), role=block.role)


def _injections(document: Document, blocks: list[Block]) -> Iterator[Evidence]:
    for problem in document.all_problems():
        for passage in injection.find(problem.text) if problem.kind == "hidden text" else ():
            yield Evidence(passage, Place(part=problem.where), _HIDDEN)
    for block in blocks:
        for passage in injection.find(block.text):
            yield Evidence(passage, block.place, injection.INSTRUCTS)


def _customer(document: Document, blocks: list[Block], customers: CustomerIndex | None) -> Field[str]:
    """By the sender's address first; names and tax numbers decide for forwarded mails and bare files."""
    if customers is None:
        return Field(None)
    said = list(_signs(document, blocks, customers))
    if not said:
        return Field(None)
    best = max(said, key=lambda one: one.confidence)
    evidence = tuple(Evidence(one.text, Place(), one.why) for one in said)
    others = {one.id for one in said if one.id != best.id and one.confidence > best.confidence - 0.1}
    if others:
        return Field(None, 0.3, evidence)
    agreeing = sum(1 for one in said if one.id == best.id)
    return Field(best.id, min(best.confidence + 0.01 * (agreeing - 1), 0.99), evidence)


def _signs(document: Document, blocks: list[Block], customers: CustomerIndex) -> Iterator[Recognised]:
    addresses = [document.headers.get("from_address", ""), document.headers.get("reply_to", "")]
    forwarded = [
        address for block in blocks if block.role == "forwarded" for address in _ADDRESS.findall(block.text)
    ]
    direct = next((one for address in addresses if address and (one := customers.by_address(address))), None)
    if direct:
        yield direct
    for address in forwarded:
        if one := customers.by_address(address):
            yield one
            break
    text = "\n".join(block.text for block in blocks if block.role != "quoted")
    if one := customers.by_tax_id(text):
        yield one
    if direct is None and not forwarded:
        for address in _ADDRESS.findall(text):
            if one := customers.by_address(address):
                yield one
                break
    if one := customers.by_name(f"{document.headers.get('from_name', '')}\n{text}"):
        yield one


def _order_no(subject: str, own: list[Block]) -> Field[str]:
    found = [
        (reference.confidence, reference.number, Evidence(block.text[:200], block.place, _ORDER_NO))
        for block in chain([Block(subject, Place(part="subject"))], own)
        for reference in references.find(block.text, subject=block.place.part == "subject")
    ]
    if not found:
        return Field(None)
    confidence, number, evidence = max(found, key=lambda one: one[0])
    return Field(number, confidence, (evidence,))


def _requested(own: list[Block], received: date, subject: str) -> Field[date]:
    """The day that stands beside a word of delivery or need, not in the past; the surest, then the first."""
    found: list[tuple[float, int, date, Evidence]] = []
    american = any(_AMERICAN.search(block.text) for block in own)
    for order, block in enumerate(chain([Block(subject, Place(part="subject"))], own)):
        for number, line in enumerate(block.text.split("\n")):
            for mention in dates.find(line, received, month_first=american):
                if mention.day < received or (mention.day == received and not _TODAY.search(line)):
                    continue
                around = line[max(0, mention.start - 60) : mention.end + 30]
                if _NOT_WANTED.search(line[max(0, mention.start - 35) : mention.end + 12]):
                    continue
                weight = mention.confidence - (0.0 if _WANTED.search(around) else 0.15)
                place = block.place_of(min(number, len(block.cells) - 1) if block.cells else number, 0)
                found.append((weight, -order, mention.day, Evidence(line.strip()[:200], place, _DAY)))
    if not found:
        return Field(None)
    weight, _, day, evidence = max(found, key=lambda one: (round(one[0], 1), one[1]))
    if weight < _SURE_DAY:
        return Field(None, weight, (evidence,))
    return Field(day, round(weight, 2), (evidence,))


def _place(blocks: list[Block]) -> Field[str]:
    found = [
        (mention.confidence, mention.place, block) for block in blocks for mention in places.find(block.text)
    ]
    if not found:
        return Field(None)
    confidence, place, block = max(found, key=lambda one: one[0])
    evidence = (Evidence(block.text[:200], block.place, _DELIVERY),)
    if confidence < 0.5:  # noqa: PLR2004 - what follows "to" does not look like a place
        return Field(None, confidence, evidence)
    return Field(place, confidence, evidence)


def _currency(own: list[Block]) -> Field[str]:
    text = "\n".join(block.text for block in own)
    found = [code for code, pattern in _CURRENCIES.items() if pattern.search(text)]
    if len(found) != 1:
        return Field(None, 0.2 if found else 0.0)
    return Field(found[0], 0.9)
