"""Which parts of an HTML text a reader of the page never sees."""

import re
from collections.abc import Iterator

from lxml import etree

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z0-9*]*)([.#])?([\w-]*)", re.IGNORECASE)
_NOTHING = re.compile(
    (
        r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
        r"opacity\s*:\s*0(?:\.0*)?(?![.\d])"
        r"|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em|%|;|$)(?<!1em)|font-size\s*:\s*0|"
        r"(?:max-)?(?:height|width)\s*:\s*0"
        r"(?:px|pt)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|"
        r"clip\s*:\s*rect\(\s*0"
    ),
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)(?:\s*,\s*([\d.]+))?")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "transparent": None, "snow": (255, 250, 250)}
_NEAR = 24  # colours closer than this in every channel cannot be told apart on a screen

Colour = tuple[int, int, int]
Rules = dict[str, str]


def rules(root: etree._Element) -> Rules:
    """The style sheets' simple selectors (tag, .class, #id) with their declarations."""
    found: Rules = {}
    for style in root.iter("style"):
        sheet = re.sub(r"/\*.*?\*/|<!--|-->", "", style.text or "", flags=re.DOTALL)
        for selectors, declarations in _RULE.findall(sheet[:200_000]):
            for selector in selectors.split(","):
                name = selector.strip().lower()
                if name and " " not in name and _SELECTOR.fullmatch(name):
                    found[name] = f"{found.get(name, '')};{declarations}"
    return found


def style_of(element: etree._Element, sheet: Rules) -> str:
    """All declarations that hold for an element by itself, its own last."""
    own = element.get("style") or ""
    if not sheet:
        return own
    return ";".join([*_from_sheet(element, sheet), own])


def _from_sheet(element: etree._Element, sheet: Rules) -> Iterator[str]:
    tag = str(element.tag)
    for name in (
        tag,
        *(
            f"{prefix}.{part}"
            for part in (element.get("class") or "").lower().split()
            for prefix in ("", tag)
        ),
    ):
        if name in sheet:
            yield sheet[name]
    identity = f"#{(element.get('id') or '').lower()}"
    if identity in sheet:
        yield sheet[identity]


def vanishes(element: etree._Element, style: str) -> bool:
    """Whether an element and all inside it take no part in the page."""
    return element.get("hidden") is not None or bool(style and _NOTHING.search(style))


def colours(element: etree._Element, style: str, ink: Colour, paper: Colour) -> tuple[Colour, Colour]:
    """Text and background colour inside an element, given those around it."""
    said = _COLOUR.search(style) if style else None
    ground = _BACKGROUND.search(style) if style else None
    ink = _colour(said[1] if said else element.get("color")) or ink
    paper = _colour(ground[1] if ground else element.get("bgcolor")) or paper
    return ink, paper


def invisible(ink: Colour, paper: Colour) -> bool:
    """Whether text of one colour on the other cannot be seen."""
    return all(abs(a - b) < _NEAR for a, b in zip(ink, paper, strict=True))


def _colour(said: str | None) -> Colour | None:
    if not said:
        return None
    said = said.strip().lower()
    if rgb := _RGB.match(said):
        return (
            None if rgb[4] and float(rgb[4].strip(".") or 0) == 0 else (int(rgb[1]), int(rgb[2]), int(rgb[3]))
        )
    code = re.match(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])", said)
    if code:
        digits = code[1] if len(code[1]) > 3 else "".join(digit * 2 for digit in code[1])  # noqa: PLR2004 - #rgb
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return _NAMES.get(said.split()[0])
