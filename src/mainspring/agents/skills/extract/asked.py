"""What is asked for and what is only said: which lines, sentences and numbers make a position."""

import re
from collections.abc import Sequence
from datetime import date

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import dates, quantities, wording
from mainspring.agents.skills.extract.quantities import Quantity

_ANY_DAY = date(2000, 1, 3)  # where a date stands matters here, not which

# What was, is wanted every year or is only spoken about is no position.
_ELSE = re.compile(
    (
        r"\b(?:last (?:time|year|month|order|week)|previous(?:ly)?|per (?:year|annum|month)|"
        r"annual(?:ly)?|every (?:year|month)|"
        r"a year|a month|each (?:month|year)|yearly|monthly|employees|people|staff|years|"
        r"customers|minimum order|moq|"
        r"pallets? (?:per|of)|instead of|not the|we (?:have|had|received|got)|you (?:sent|"
        r"delivered|shipped|invoiced)|"
        r"invoice[ds]?|unsubscribe|discount|% off|phone|tel\.?:|fax|vat|www\.|http|\S+@\S+\.\S+|"
        r"positions?\b.*\bto\b)|"
        r"上次|去年|每年|每月|年用量|月用量|年需求|员工|电话|手机|传真|邮箱|税号|开户|收到(?:的|"
        r"了)?货|不是"
    ),
    re.IGNORECASE,
)
_ONLY_PRICE = re.compile(r"^\s*(?:our |the )?(?:target|last|old) price|^\s*(?:目标价|期望价)", re.IGNORECASE)
_QUESTION = re.compile(
    r"\b(?:do you (?:also|plan)|are you|is it|can it|will you|question)\b.*\?", re.IGNORECASE
)
_GREETING = re.compile(
    (
        r"^\s*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|day)|(?:best|kind) regards|"
        r"thanks|thank you)\b|您好|你好|尊敬的)"
    ),
    re.IGNORECASE,
)
_LABEL = re.compile(
    (
        r"^\s*(?:(?:from|to|sent|subject|date|cc|tel|phone|fax|mobile|e-?mail|vat(?: ?id| "
        r"?no\.?)?|tax(?: ?id| ?no\.?)?|ust-?id\S*|"
        r"(?:ship|deliver)(?:y|ing)?[- ]?(?:to|address|date|place|week)?|need by|order (?:no|"
        r"number|date)\.?|"
        r"po (?:no|number|date)?\.?|purchase order(?: no\.?| number)?|contact|page|site|terms|"
        r"payment|attn|supplier(?: no\.?)?|"
        r"marks|ref|anschrift|liefer\S+|fecha|entrega|note|remark|question)\s*[:：]|-{3,}|"
        r"(?:发件人|收件人|主题|时间|日期|抄送|电话|手机|传真|邮箱|税号|地址|网址|收货|送货|"
        r"交货|发货|到货|日期要求|经办|供方|单位[:：]|编号|注意|"
        r"联系人|公司|合同)(?=\S{0,4}[:：])|(?:delivery|delivered|livraison|lieferung|total|"
        r"sum)\b|合计|总计|deliver (?:to|cif|fob|ex|at)\b|page \d|supplier no|"
        r"(?:order |invoice )?date\s+\d|terms\s|net \d+)"
    ),
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"[(（](?:now )?(?:cancelled|canceled|deleted|entfällt|storniert|取消|已取消|作废|删除)[)）]",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|Ltd|Limited|Inc|LLC|BV|B\.V|NV|SAS|SARL|Srl|SpA|SA|AB|Oy|PLC|Corp|"
    r"e\.K)\b\.?|有限公司|(?<![\u4e00-\u9fff])\S*公司\s*$"
)
_PHONE = re.compile(
    r"\+\d{1,3}[\s(]|\b0\d{2,4}[-/ ]\d{3,}|\b1[3-9]\d{9}\b|\(\d{3}\)\s?\d{3}|\d{3}-\d{4}-\d{4}"
)
_REQUEST = re.compile(
    r"\b(?:quot|price|offer|need|want|order|require|send|cost)|报价|询价|价格|多少钱|需要|要|订",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"sorry|i mean|rather|correction|make that|\bno,|不对|改成|应该是|更正", re.IGNORECASE
)
_NEED = re.compile(
    (
        r"(?:need|want|order|quote|require|take|qty|quantity|add|send back|return(?:ing)?|"
        r"cancel|要|需|订|数量|报|共|来|退|取消)\s*[:：]?\s*$"
    ),
    re.IGNORECASE,
)
_NAME_FOLLOWS = re.compile(r"\s*[x×*]?\s*(?:of\s)?[\"'“(A-Za-zÄÖÜäöü\u4e00-\u9fff]")
_TRAILING = re.compile(r"(?:[:：=\-–—,，x*|]|\s{2,}|\t|\.{2,}|\s)\s*$")
_MARKED_END = re.compile(r"(?:[:：=\-–—x*\t|]\s*|\s{2,})$")
_MOST_NUMBERS = 12  # a piece with more is a row of figures, no wish for goods
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


def is_no_position(line: str) -> bool:
    """Addresses, greetings, telephone numbers, companies' names, headers."""
    if _LABEL.match(line) or _WITHDRAWN.search(line):
        return True
    found = quantities.find(line)
    if not found and re.search(r"[:：]\s*$", line):
        return True  # a heading over a list
    counted = any(item.form == "count" for item in found)
    if not counted and (_COMPANY.search(line) or _PHONE.search(line)):
        return True
    return bool(_GREETING.match(line)) and not found


def is_about_something_else(sentence: str, *, listed: bool) -> bool:
    """Whether a sentence tells of the past, of others, of a price alone, or asks no question about goods."""
    if _ONLY_PRICE.match(sentence):
        return True
    return not listed and bool(
        _ELSE.search(sentence) or (_QUESTION.search(sentence) and not quantities.find(sentence))
    )


def is_requested(sentence: str) -> bool:
    """Whether a sentence without a quantity asks for a price or for goods."""
    return bool(_REQUEST.search(sentence))


def is_corrected(between: str) -> bool:
    """Whether a second quantity takes the place of the first ("12 sheets... sorry 12 rolls")."""
    return bool(_CORRECTED.search(between))


def quantities_of(piece: str, *, listed: bool) -> list[Quantity]:
    """The quantities that a piece of a sentence asks for: counts before measures before bare numbers."""
    found = [item for item in quantities.find(piece) if not _is_day(piece, item)]
    if len(found) > _MOST_NUMBERS:
        return []
    counts = [item for item in found if item.form == "count"] or [item for item in found if item.each]
    if counts:
        return counts
    measure = _measure(piece, [item for item in found if item.form == "measure"])
    return [measure] if measure else _bare(piece, found, listed=listed)


def _is_day(piece: str, item: Quantity) -> bool:
    days = dates.find(piece, _ANY_DAY) if any(character.isdigit() for character in piece) else ()
    return any(day.start < item.end and item.start < day.end for day in days)


def _measure(piece: str, measures: list[Quantity]) -> Quantity | None:
    """Metres, kilograms and litres are the quantity at the beginning or end of a piece, else the size."""
    for item in measures:
        if not wording.content(wording.product(piece[: item.start])) and piece[item.end :].strip():
            return item
    if not measures:
        return None
    last = measures[-1]
    bare = [item for item in quantities.find(piece) if item.form == "bare"]
    if any(not wording.product(piece[: item.start]) for item in bare):
        return None  # "1 hydraulic oil 20 l": the litres are the size
    rest = wording.product(piece[last.end :])
    return last if not re.search(r"[A-Za-z\u4e00-\u9fff0-9]", rest) else None


def _bare(piece: str, found: list[Quantity], *, listed: bool) -> list[Quantity]:
    """A number alone counts after a sign at the end, at the beginning, or after a word of need."""
    bare = [item for item in found if item.form == "bare"]
    ends = [item for item in reversed(bare) if _ends(piece, item, listed=listed)]
    marked = [item for item in ends if _MARKED_END.search(piece[: item.start])]
    begins = [
        item for item in bare if _begins(piece, item, listed=listed) or _NEED.search(piece[: item.start])
    ]
    return (marked or begins or ends)[:1]


def _begins(piece: str, item: Quantity, *, listed: bool) -> bool:
    before, after = piece[: item.start], piece[item.end :]
    if wording.content(wording.product(before)) or not _NAME_FOLLOWS.match(after):
        return False
    return listed or bool(re.match(r"\s*[x×*]\s", after)) or wording.content(after) > 0


def _ends(piece: str, item: Quantity, *, listed: bool) -> bool:
    before, after = piece[: item.start], _REMARK.sub("", piece[item.end :])
    if after.strip(" .!。,，"):
        return False
    if not before.strip():
        return True  # the number is all of the piece: "M8x30 hex, 120"
    if not _TRAILING.search(before):
        return False
    return listed or bool(_MARKED_END.search(before)) or bool(specification.find(before))


def without(piece: str, found: Sequence[Quantity]) -> str:
    """The piece without its quantities and the signs that tied them to the product."""
    for item in reversed(found):
        piece = f"{piece[: item.start]} {piece[item.end :]}"
    piece = piece.strip(" \t:：-–—")
    return re.sub(r"^[x×*](?=[A-Z\s\u4e00-\u9fff])|(?<=\s)[x×*]\s*$|^\s*of\s(?:the\s)?", "", piece).strip()
