"""Where the goods shall go: what follows "deliver to", "ship to", "送到", "收货地址"."""

import re
from typing import NamedTuple


class Mention(NamedTuple):
    """A delivery place as written, its span, and how sure it is."""

    place: str
    start: int
    end: int
    confidence: float


_STOP = r"(?=$|\n|[;；。!！?？]|\.(?:\s|$))"
_LABELS: tuple[tuple[str, float], ...] = (
    (r"(?:delivery|shipping|ship[- ]to|deliver[- ]to|unloading)\s+(?:address|place|location|point|site)\s*(?:is|[:：=-])\s*", 0.95),
    (r"(?:deliver(?:ed|y)?|ship(?:ped|ping|ment)?|send|sent|dispatch(?:ed)?|consign(?:ed)?|bring)\s*(?:it|them|all|everything|the goods|goods|this|these)?\s*"
     r"(?:directly\s|straight\s|please\s)?(?:to|at)\s*[:：]?\s*(?!us\b|you\b|me\b|arrive|be\b|confirm|the following|follow)", 0.8),
    (r"(?:ship to|deliver to|delivery to|delivery|destination|place of delivery|delivery place|consignee)\s*[:：]\s*", 0.9),
    (r"(?:收货地址|送货地址|交货地址|交货地点|送货地点|收货地点|收货地|到货地点|地址|交货地|目的地)\s*(?:为|是|[:：])\s*", 0.93),
    (r"(?:请)?(?:送货|发货|交货|送|发|寄|运|交)(?:货)?(?:到|至|往)\s*[:：]?\s*(?!货|期|付|位)", 0.8),
    (r"(?:liefer(?:adresse|anschrift|ort))\s*[:：]\s*", 0.95),
    (r"(?:lieferung|liefern sie(?: bitte)?|geliefert)\s+(?:nach|an|frei)\s+", 0.8),
)  # fmt: skip
_PATTERNS = tuple(
    (re.compile(rf"(?<![a-z]){label}([^\n;；。!！?？]{{2,160}}?){_STOP}", re.IGNORECASE), confidence)
    for label, confidence in _LABELS
)
_TERMS = re.compile(
    r"\b(?:EXW|FCA|FOB|CIF|CFR|CPT|CIP|DAP|DPU|DDP|DDU)\s+(?!price|and\b|or\b|please|terms)([A-Z][^\n;；。,，()]{2,60})"
)
_CUT = re.compile(
    r"\s*(?:[,，]?\s*(?:(?<![a-z])(?:by|before|until|not later|no later|latest|within|on|asap|as soon|and\s+(?:please|send|confirm|let|the|invoice|quote|we|i|our)|"
    r"please|kindly|if|when|so that|as usual|thanks|thank|incl\.|including|attn|tel|phone|contact|bis|spätestens|bitte|for\s+delivery)(?![a-z])|(?:[，,]\s*)?(?:谢谢|"
    r"请|最晚|最迟|务必|联系人|电话|收件人|收货人|尽快|希望|并|月底|下周|本周|\d{1,2}月\d{1,2}|\d{1,2}[号日]前|20\d\d)).*$|\s*[(（]\s*(?:by|before|tel|电话).*$)",
    re.IGNORECASE | re.DOTALL,
)
_NO_PLACE = re.compile(
    r"^(?:us|me|you|our usual|the usual|usual address|same|same address|as usual|the above|above|address (?:below|above)|tbd|tbc|n/?a|-|"
    r"it|them|that|this|the (?:customer|following|right|end|goods|quantity|below|same).*|a\b.*|\d+\s*(?:days?|weeks?|pcs|%).*|date|time|terms?|costs?|included|free|possible|asap|期.*|时间.*|"
    r"老地址.*|原地址.*|我们|我司|货.*|你.*)$",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Mention, ...]:
    """Delivery places named in a text, the surest first."""
    found: list[Mention] = []
    for pattern, confidence in _PATTERNS:
        for match in pattern.finditer(text):
            place = _CUT.sub("", match[1]).strip(" \t,，.:：-–")
            start = match.start(1)
            if len(place) < 2 or _NO_PLACE.match(place) or any(start == mention.start for mention in found):  # noqa: PLR2004 - a place has two letters
                continue
            sure = confidence if _looks_like_a_place(place) else confidence - 0.35
            found.append(Mention(place, start, start + len(place), sure))
    for match in _TERMS.finditer(text):
        place = _CUT.sub("", match[1]).strip(" \t,，.")
        if place:
            found.append(Mention(place, match.start(1), match.start(1) + len(place), 0.8))
    return tuple(sorted(found, key=lambda mention: (-mention.confidence, mention.start)))


_PLACE_WORDS = re.compile(
    r"\d{4,6}|street|st\.|road|rd\b|avenue|ave|straße|str\.|platz|weg|allee|warehouse|plant|factory|works|workshop|site|office|depot|gate|dock|branch|"
    r"building|hall|park|shop|store|harbou?r|port|airport|厂|仓|库|路|街|区|市|省|县|镇|号|楼|工地|车间|门店|办公|公司|码头|港|园",
    re.IGNORECASE,
)


def _looks_like_a_place(text: str) -> bool:
    return bool(_PLACE_WORDS.search(text)) or bool(re.match(r"(?:our\s|the\s)?[A-ZÄÖÜ][a-zäöüß]+", text))
