"""Where the goods shall go: after "deliver to", "ship to", "送到", "收货地址", or alone beside a date."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from mainspring.agents.skills.extract import dates

_ANY_DAY = date(2000, 1, 3)  # where a date stands matters here, not which


class Mention(NamedTuple):
    """A delivery place as written, its span, and how sure it is."""

    place: str
    start: int
    end: int
    confidence: float


_LABELS: tuple[tuple[str, float], ...] = (
    (
        (
            r"(?:delivery|shipping|ship[- ]to|deliver[- ]to|unloading)\s+(?:address|place|location|"
            r"point|site)\s*"
            r"(?:is|[:：=-])\s*"
        ),
        0.95,
    ),
    (
        (
            r"(?:ship(?:ping)? to|deliver(?:y)? to|destination|place of delivery|delivery place|"
            r"consignee|site|"
            r"liefer(?:adresse|anschrift|ort)|anschrift|entrega|lieu de livraison)\s*[:：]\s*|"
            r"(?:deliver|ship)y?to\s*[:：]\s*|(?:^|(?<=\n))site\s+(?=(?-i:[A-Z]))"
        ),
        0.93,
    ),
    (
        (
            r"(?:收货|送货|交货|到货|卸货)(?:地址|地点|单位|地)\s*(?:为|是|[:：])\s*|"
            r"(?<![货司])(?:地址|地点|目的地)\s*[:：]\s*"
        ),
        0.93,
    ),
    (r"(?:收货|送货|交货|发货|送达)\s*[:：]\s*", 0.9),
    (r"ship to\s{2,}|ship to\t+", 0.9),
    (r"(?:请)?(?:送货|发货|交货|送达|送|发|寄|运|交|运费)(?:货)?(?:到|至|往)\s*[:：]?\s*", 0.85),
    (
        (
            r"(?:deliver(?:ed|y)?|ship(?:ped|ping|ment)?|send|sent|dispatch(?:ed)?|consign(?:ed)?|"
            r"bring)\s+"
            r"(?:it\s|them\s|all\s|everything\s|the goods\s|goods\s|this\s|these\s)?(?:directly\s|"
            r"straight\s|please\s)?"
            r"(?:to|at)\s*[:：]?\s*"
        ),
        0.85,
    ),
    (
        (
            r"(?:delivery|delivered|deliver|livraison|lieferung|entrega|liefern sie(?: "
            r"bitte)?)\s*[:：,]?\s*"
            r"(?:(?:in\s)?(?:week|wk|kw|cw)\s?\d{1,2}\s*)?(?:(?:to|at|in|nach|an|frei|à|"
            r"en)\s+)?(?=(?-i:[A-Z\u4e00-\u9fff]))"
        ),
        0.75,
    ),
    (r"(?:^|(?<=\n)|(?<=[，,。；;！!：:\s前日号能]))(?:还是|就|直接)?到\s*(?=[\u4e00-\u9fff])", 0.75),
    (r"(?:^|(?<=\n)|(?<=[，,。；;！!：:\s]))(?:请|还是|就|直接)?送\s*(?=[\u4e00-\u9fff])", 0.75),
    (r"交货(?=[\u4e00-\u9fff])", 0.7),
    (r"(?:^|(?<=\n))\s*(?:to|for)\s+(?=(?-i:[A-Z]))", 0.65),
    (r"(?<=\d)\s+for\s+(?=(?-i:[A-Z][a-z]+))", 0.6),
)
_PATTERNS = tuple(
    (re.compile(rf"(?<![A-Za-z])(?i:{label})(?P<place>[^\n\t;；。!！?？]{{2,160}})"), confidence)
    for label, confidence in _LABELS
)
_TERMS = re.compile(
    r"\b(?:EXW|FCA|FOB|CIF|CFR|CPT|CIP|DAP|DPU|DDP|DDU)\s+(?!price|and\b|or\b|please|"
    r"terms)[A-Z\u4e00-\u9fff][^\n;；。,，():：]{1,60}"
)
_CUT = re.compile(
    (
        r"\s*(?:[,，(（]?\s*(?:(?<![a-z])(?:by|before|until|not later|no later|latest|within|"
        r"avant|on or before|asap|as soon|if possible|"
        r"and\s+(?:please|send|confirm|let|the|invoice|quote|we|i|our)|please|pls|kindly|if|"
        r"when|so that|as usual|thanks|"
        r"thank|incl\.|including|attn|tel|phone|contact|bis|spätestens|bitte|is\s|are\s|was\s|"
        r"will\s|we\s|no hurry|week\b|w/c|in (?:january|february|march|april|may|june|july|"
        r"august|september|october|november|december)|for\s+delivery)(?![a-z])|"
        r"(?:谢谢|请|最晚|最迟|务必|联系人|电话|收件人|收货人|尽快|希望|并|月底|下周|本周|交期|"
        r"跟上次|能行|就行|即可|可以|\d{1,2}月\d{1,2}|"
        r"\d{1,2}[号日]前|20\d\d[-年/.]))).*$"
    ),
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[^\s.]{2})\.(?=\s|$)")
_SHORT = frozenset(
    {"ul", "st", "str", "dept", "no", "nr", "ave", "rd", "bldg", "dr", "co", "ltd", "inc", "blvd", "av"}
)
_NO_PLACE = re.compile(
    (
        r"^(?:(?:us|me|you|our usual|the usual|usual|same|as usual|the above|above|address "
        r"(?:below|above)|tbd|tbc|n/?a|it|them|"
        r"that|this|the (?:customer|following|right|end|goods|quantity|below|same)|an?|your|our "
        r"(?:customer|order|company|offer)|"
        r"date|dates|time|times|terms?|costs?|charges?|included|free|possible|asap|address|note|"
        r"notes|confirm|whom|all|"
        r"pick.?up|monday|tuesday|wednesday|thursday|friday|next|early|late|january|february|"
        r"march|april|may|june|july|"
        r"august|september|october|november|december|details|questions?|proceed|order|quote|"
        r"offer)\b.*"
        r"|\d+\s*(?:days?|weeks?|pcs|%).*|[-–]|货.*|期.*|时间.*|方式.*|老地址.*|原地址.*|我们.*|"
        r"我司.*|你.*|贵.*|付.*|了.*|底.*|位.*|账.*|达.*|样.*|检.*|给.*|不.*|票.*|齐.*|得.*)$"
    ),
    re.IGNORECASE,
)
_COMPANY = re.compile(r"^[^,]{3,60}\b(?:GmbH|AG|KG|Ltd|Limited|LLC|BV|SAS|Srl)\.?,\s+(?=\S)")
_PLACE_WORDS = re.compile(
    (
        r"\d{4,6}|street|st\.|road|rd\b|avenue|ave|straße|strasse|str\.|platz|weg|allee|"
        r"warehouse|plant|factory|works\b|workshop|"
        r"site|office|depot|gate|dock|branch|building|hall|park|shop|store|harbou?r|port|"
        r"airport|lager|werk|halle|tor\b|"
        r"厂|仓|库|路|街|区|市|省|县|镇|号|楼|工地|车间|门店|办公|公司|码头|港|园|学校|处|部|"
        r"中心|站"
    ),
    re.IGNORECASE,
)


def find(text: str) -> tuple[Mention, ...]:
    """Delivery places named in a text, the surest first."""
    found: list[Mention] = []
    for mention in (*_labelled(text), *_terms(text), *_beside_dates(text)):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: (-mention.confidence, mention.start)))


def _labelled(text: str) -> Iterator[Mention]:
    for pattern, confidence in _PATTERNS:
        for match in pattern.finditer(text):
            place = _trimmed(match["place"])
            if len(place) < 2 or _NO_PLACE.match(place):  # noqa: PLR2004 - the shortest place names have two signs
                continue
            start = match.start("place")
            sure = confidence if _looks_like_a_place(place) else confidence - 0.35
            yield Mention(place, start, start + len(place), sure)


def _terms(text: str) -> Iterator[Mention]:
    """Incoterms with their place: "FOB Ningbo"."""
    for match in _TERMS.finditer(text):
        place = _trimmed(match[0])
        yield Mention(place, match.start(), match.start() + len(place), 0.9)


def _beside_dates(text: str) -> Iterator[Mention]:
    """A short line of a place and a date: "Lemmer, wk 11.", "青岛，3月底。"."""
    for line in re.finditer(r"[^\n\t()（）:：]{4,90}", text):
        first = next(iter(dates.find(line[0], _ANY_DAY)), None)
        if first is None:
            continue
        before, after = _NUMBERED.sub("", line[0][: first.start]), line[0][first.end :]
        said = _BEFORE_DAY.fullmatch(before) or _AFTER_DAY.fullmatch(after)
        if (
            said
            and _looks_like_a_place(said[1])
            and not _NO_PLACE.match(said[1])
            and not _TALK.search(said[1])
        ):
            start = line.start() + line[0].index(said[1])
            yield Mention(said[1].strip(), start, start + len(said[1]), 0.6)


_NUMBERED = re.compile(r"^\s*[A-Z0-9/_-]*\d[A-Z0-9/_-]*\s*[,，]")
_BEFORE_DAY = re.compile(
    r"\s*((?:[A-ZÄÖÜ]|[\u4e00-\u9fff])[^。;；!?]{1,60}?)\s*[,，.]\s*(?:by\s|on\s|until\s|am\s|bis\s)?"
)
_AFTER_DAY = re.compile(r"\s*[,，]\s*([\u4e00-\u9fff][^。;；!?，,]{3,40})[。.]?\s*")
_TALK = re.compile(
    (
        r"\b(?:please|we|you|i|need|quote|order|offer|pcs|invoice|date|thanks|dear|hello|hi|for|"
        r"is|are|our|your|price|po|rfq|ref)\b|请|需要|报价|订单|您|我|要|采购|货|首批|"
        r"\d\s?(?:pcs|个|件|箱|盒)"
    ),
    re.IGNORECASE,
)


def _trimmed(text: str) -> str:
    """The place alone: cut at a date, at the sentence's end, at words that go on."""
    text = re.split(r"\s{3,}|\s+\|", text.strip())[0]
    for end in _SENTENCE_END.finditer(text):
        word = re.search(r"([A-Za-z]+)$", text[: end.start()])
        if word is None or word[1].lower() not in _SHORT:
            text = text[: end.start()]
            break
    day = next(iter(dates.find(text, _ANY_DAY)), None)
    if day is not None and day.start > 0:
        text = text[: day.start]
    text = _CUT.sub("", text)
    if text.count("(") < text.count(")"):
        text = text.split(")")[0]
    if text.count("(") > text.count(")") or text.count("（") > text.count("）"):
        text = re.split(r"[(（]", text)[0]
    text = _COMPANY.sub("", text)
    return re.sub(
        r"(?:\s+(?:by|on|until|for|am|bis|an|avant le|le))+$", "", text.strip(" \t,，.:：-–、")
    ).strip(" \t,，.:：-–")


def _looks_like_a_place(text: str) -> bool:
    return bool(
        _PLACE_WORDS.search(text)
        or re.match(r"(?:our\s|the\s)?[A-ZÄÖÜ][A-Za-zäöüßéè]+|[\u4e00-\u9fff]{2}", text)
    )
