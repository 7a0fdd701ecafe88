"""The figures of specifications: threads, sizes, measures, norms, grades, packs.

An ordered list of patterns; each takes its characters, so that a later one never reads them again ("M8x40"
leaves no length 40 behind). All work on folded text (`fold`).
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from mainspring.agents.skills.specification_terms import SAME_NORM


class Size(NamedTuple):
    """The figures of a size as written; in mm when a unit said so ("4.8x200", "30 x 20 cm")."""

    figures: tuple[Decimal, ...]
    in_mm: bool


Value = str | Decimal | Size
Statement = tuple[str, Value]
Reader = Callable[[re.Match[str]], list[Statement] | None]


def statements(folded: str, taken: bytearray) -> Iterator[tuple[int, int, list[Statement]]]:
    """All statements with their spans; marks in `taken` the characters that were read."""
    if not _WORTH_READING.search(folded):
        return
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            said = read(match)
            if said is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            yield start, end, said


_WORTH_READING = re.compile(r"\d|size|码")
_PLAIN_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in (0xFF0C, 0xFF0E)} | {
    ord(sign): plain
    for plain, signs in {
        " ": "\u3000\u00a0\u2009\u202f",
        "x": "×✕∗",
        "ø": "ΦφØ⌀",
        "-": "−–—‐‑",
        '"': "”“″",
        "'": "’′",
    }.items()
    for sign in signs
}


def fold(text: str) -> str:
    """Lower case, full-width and typographic signs made plain; every character keeps its place."""
    plain = text.translate(_PLAIN_SIGNS)
    lower = plain.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in plain)


_LENGTHS = {
    "mm": "1", "毫米": "1", "cm": "10", "厘米": "10", "公分": "10", "dm": "100", "m": "1000", "mtr": "1000",
    "metre": "1000", "metres": "1000", "meter": "1000", "meters": "1000", "米": "1000",
    "in": "25.4", "inch": "25.4", "inches": "25.4", '"': "25.4", "英寸": "25.4", "寸": "25.4",
    "ft": "304.8", "feet": "304.8", "µm": "0.001", "μm": "0.001", "mic": "0.001", "micron": "0.001",
    "丝": "0.01",
}  # fmt: skip
_KINDS = {
    "volume": {"ml": "1", "毫升": "1", "cl": "10", "l": "1000", "ltr": "1000", "litre": "1000",
               "litres": "1000", "liter": "1000", "liters": "1000", "升": "1000", "公升": "1000"},
    "mass": {"g": "1", "gr": "1", "gram": "1", "grams": "1", "克": "1", "kg": "1000", "kgs": "1000",
             "公斤": "1000", "千克": "1000", "斤": "500"},
    "voltage": {"v": "1", "volt": "1", "volts": "1", "伏": "1", "kv": "1000"},
    "power": {"w": "1", "watt": "1", "瓦": "1", "kw": "1000"},
    "pressure": {"bar": "1"},
    "charge": {"ah": "1", "mah": "0.001"},
    "torque": {"nm": "1"},
    "paper weight": {"gsm": "1", "g/m2": "1", "g/m²": "1", "g/qm": "1"},
    "temperature": {"°c": "1", "℃": "1"},
    "angle": {"°": "1", "度": "1"},
}  # fmt: skip
_MEASURES = {unit: ("length", Decimal(factor)) for unit, factor in _LENGTHS.items()} | {
    unit: (kind, Decimal(factor)) for kind, units in _KINDS.items() for unit, factor in units.items()
}

_COUNTS = (
    "pieces|piece|pcs|pce|pc|stk|stück|st|ea|each|units|unit|nos|boxes|box|bx|cartons|carton|ctns|ctn|bags|bag|packs|"
    "pack|packets|packet|pkts|pkt|pk|rolls|roll|rls|pairs|pair|prs|sets|set|reels|reel|sheets|bottles|bottle|cans|can|"
    "tubes|tube|dozen|doz|dz|个|只|件|套|箱|盒|包|袋|卷|对|双|支|根|条|把|台|瓶|桶|罐|张|片|块|枚|颗|粒|批|打|令|副|筒|扎|捆"
)


def figure(text: str) -> Decimal:
    """A written number: "1,000" is a thousand, "4,8" is 4.8."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return plain(Decimal(text.replace(",", "")))
    return plain(Decimal(text.replace(",", ".")))


_MOST_PLACES = 15


def plain(value: Decimal) -> Decimal:
    """The number without trailing zeros or exponent, to four places, so that equal sizes are equal."""
    if not -_MOST_PLACES < value.adjusted() < _MOST_PLACES:
        return value  # no size has so many figures, and rounding it would fail
    rounded = round(value, 4)
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded.normalize()


def _alternatives(wordings: dict[str, object]) -> str:
    return "|".join(sorted((re.escape(wording) for wording in wordings), key=len, reverse=True))


# Letters and digits end a token on both sides; Chinese characters do not, they stand without spaces.
_A, _Z = r"(?<![a-zäöüß0-9.,])", r"(?![a-zäöüß0-9²])"
_N = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_L = "(?:" + _alternatives(dict(_LENGTHS)) + r")(?![a-zäöüß0-9²])"
_X = r"\s*[x*]\s*"
_DIAMETERS = "1[.,]6|2[.,]5|3[.,]5|64|56|52|48|42|39|36|33|30|27|24|22|20|18|16|14|12|10|8|6|5|4|3|2"

# Pitches of ISO 261 up to M24: they tell the pitch in "M10x1x40" from a length.
_PITCHES = frozenset(
    Decimal(hundredths) / 100
    for hundredths in (35, 40, 45, 50, 70, 75, 80, 100, 125, 150, 175, 200, 250, 300)
)
_AFTER_NUMBER = re.compile(r"\d\s?$")
_SMALLEST_WITH_PITCH = 3  # below it, a second figure of 2 or 3 is a length


def _norm(match: re.Match[str]) -> list[Statement]:
    family = re.sub(r"\s", "", match[1])
    body = "ISO" if family.endswith("iso") else family.split("/")[0].upper()
    norm = f"{body} {match[2].upper()}{(match[3] or '').upper()}"
    return [("norm", SAME_NORM.get(norm, norm))]


def _thread(match: re.Match[str]) -> list[Statement] | None:
    diameter = figure(match[1])
    if match[1] in {"2", "3"} and not match[2] and _AFTER_NUMBER.search(match.string[: match.start()]):
        return None  # "5 m2" are square metres
    said: list[Statement] = [("thread", diameter)]
    figures = [figure(found) for found in match.groups()[1:] if found]
    if figures and diameter >= _SMALLEST_WITH_PITCH and figures[0] in _PITCHES and figures[0] * 2 < diameter:
        said.append(("thread pitch", figures.pop(0)))
    if figures:
        said.append(("thread length", figures[0]))
    return said


def _size(match: re.Match[str]) -> list[Statement]:
    parts = re.findall(rf"({_N})\s*({_L})?", match[0])
    last = next((unit for _, unit in reversed(parts) if unit), "")
    if not last:
        return [("size", Size(tuple(figure(number) for number, _ in parts), in_mm=False))]
    scaled = (figure(number) * Decimal(_LENGTHS[unit or last]) for number, unit in parts)
    return [("size", Size(tuple(plain(value) for value in scaled), in_mm=True))]


def _measure(match: re.Match[str]) -> list[Statement]:
    kind, factor = _MEASURES[match[2]]
    return [(kind, plain(figure(match[1]) * factor))]


def _inches(match: re.Match[str]) -> list[Statement] | None:
    if not int(match[3]):
        return None
    return [("inch", plain(Decimal(match[1] or 0) + Decimal(match[2]) / Decimal(match[3])))]


def _one_of(kind: str, form: str = "{}") -> Reader:
    def read(match: re.Match[str]) -> list[Statement]:
        said = next(group for group in match.groups() if group)
        return [(kind, form.format(re.sub(r"\s", "", said).upper().replace(",", ".")))]

    return read


def _number(kind: str) -> Reader:
    def read(match: re.Match[str]) -> list[Statement]:
        return [(kind, figure(next(group for group in match.groups() if group)))]

    return read


def _stainless(match: re.Match[str]) -> list[Statement]:
    grade = {"304": "A2", "316": "A4", "v2a": "A2", "v4a": "A4"}[
        next(group for group in match.groups() if group)
    ]
    return [("grade", grade), ("material", "stainless")]


def _nothing(_: re.Match[str]) -> list[Statement]:
    return []


def _pattern(text: str, read: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(text), read


_FAMILY = r"din\s*en\s*iso|din\s*iso|en\s*iso|iso|din|en|gb\s*/\s*t|gb|ansi|asme|jis|bs|uni"
_CLASS = r"4[.,][68]|5[.,][68]|6[.,]8|8[.,]8|10[.,]9|12[.,]9"
_SIZE_LETTERS = "xs|s|m|l|xl|xxl"
_PER = r"(?:/|per\s|每|一)\s?(?:box|bag|pack|pkt|carton|ctn|roll|盒|包|袋|箱|卷|筒)"
_IN_ONE = "件套|支装|个装|只装|片装|粒装|枚装|张装|支套装|件组|副装|双装|对装|包装|卷装|条装|根装"

_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    # "DIN EN ISO 4762", "GB/T 5783-2016" (the year says nothing), "DIN 125-A" (form A is the usual one)
    _pattern(
        rf"{_A}({_FAMILY})\s*-?\s*(\d{{2,5}}(?:\.\d{{1,2}}(?![\d.]))?)"
        r"(?:\s?-?a(?![a-z0-9]))?([b-h](?![a-z0-9]))?(?:-(?:19|20)\d\d)?(?![a-z0-9])",
        _norm,
    ),
    # "304不锈钢", "AISI 316L", "V2A"
    _pattern(
        rf"{_A}(?:aisi\s*|ss\s*|sus\s*)?(304|316)l?(?=\s*(?:不锈钢|stainless|ss{_Z}))"
        rf"|(?<=不锈钢)\s?(304|316)l?{_Z}|(?<=stainless )(304|316)l?{_Z}"
        rf"|{_A}(?:aisi|sus|ss)\s*(304|316)l?{_Z}|{_A}(v2a|v4a){_Z}",
        _stainless,
    ),
    # "M8x40", "M8*1.25*40", "M8-40", "M8 40 mm"
    _pattern(
        rf"(?<![a-z0-9.])m\s?({_DIAMETERS})(?![.,]?\d)"
        rf"(?:(?:{_X}|-|(?:\s?,\s?|\s?长\s?|\s)(?={_N}\s?mm{_Z}))({_N})(?:{_X}({_N}))?(?:\s*mm{_Z})?)?(?!\d)",
        _thread,
    ),
    _pattern(rf"{_A}ø?\s?{_N}(?:\s*{_L})?(?:{_X}ø?\s?{_N}(?:\s*{_L})?){{1,3}}(?![0-9a-z])", _size),
    _pattern(
        r"(?<![\d./])(?:(\d{1,2})[\s-])?(\d{1,2})/(2|4|8|16|32|64)"
        r"(?:\s*(?:\"|in|inch|inches|英寸|寸|分))?(?![\w/])",
        _inches,
    ),
    # "set of 3", "S/4", "pack of 12", "12-piece set", "三件套", "100个/盒"
    _pattern(
        rf"{_A}(?:sets?|packs?|box(?:es)?|bags?|pk|cartons?)\s?of\s({_N})|{_A}(?:set|s)\s?/\s?({_N}){_Z}"
        rf"|{_A}set\s({_N}){_Z}|{_A}({_N})[\s-]?(?:piece|pce|pcs|pc)s?[\s-]set{_Z}|({_N})\s?(?:{_IN_ONE})"
        rf"|({_N})\s?(?:pcs|pieces|pc|个|只|支|片|张|枚|粒|件|双|卷)?\s?{_PER}",
        _number("pack"),
    ),
    # "8.8级", "class 10.9"; bare only where nothing else is written like it, and no unit follows
    _pattern(
        rf"{_A}(?:kl\.?|class|grade|cl\.?|强度)\s?({_CLASS}){_Z}|{_A}({_CLASS})\s?级"
        rf"|{_A}(8[.,]8|10[.,]9|12[.,]9)(?!\d|\s?(?:{_L}|[a-z]{{1,3}}{_Z}))",
        _one_of("strength"),
    ),
    _pattern(rf"{_A}({_N})\s?({_alternatives(dict(_MEASURES))}){_Z}", _measure),
    _pattern(rf"{_A}(a[1-5])(?:-[5678]0)?{_Z}", _one_of("grade")),
    _pattern(rf"{_A}(ph\s?[0-4]|pz\s?[0-4]){_Z}", _one_of("bit")),
    _pattern(rf"{_A}(?:tx|t)\s?(\d{{1,2}}){_Z}", _one_of("bit", "TX{}")),
    _pattern(rf"{_A}(?:p\s?(\d{{2,4}})|(\d{{2,4}})\s?(?:grit|目)|grit\s?(\d{{2,4}})){_Z}", _number("grit")),
    _pattern(
        rf"(?:{_A}size|尺码|码数|{_A}gr\.)\s?:?\s?(\d{{1,2}}|{_SIZE_LETTERS}){_Z}"
        rf"|{_A}(\d{{1,2}}|{_SIZE_LETTERS})\s?码",
        _one_of("size word"),
    ),
    _pattern(rf"{_A}{_N}\s?(?:{_COUNTS})(?![a-zäöüß])", _nothing),
    _pattern(rf"(?<![a-z0-9.,/#_-])(?:no\.?\s?|nr\.?\s?)?({_N})(?![a-z0-9_-])", _number("number")),
)
