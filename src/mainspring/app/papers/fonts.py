"""Fonts of papers, embedded as subsets: Latin from reportlab's own, Chinese from the system if there."""

import os
import platform
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from mainspring.app.errors import SetUpError
from mainspring.app.evidence_pdf import FONT as UNEMBEDDED

SETTING = "MAINSPRING_CHINESE_FONT"
"""Setting: the file of a TrueType font (.ttf, or .ttc with TrueType outlines) with Chinese characters."""
LATIN, BOLD, CHINESE = "Paper", "PaperBold", "PaperChinese"
MISSING = (
    "No Chinese TrueType font was found, so Chinese is not embedded and readers bring a font of their own. "
    "Install one (Debian: fonts-droid-fallback) or name a file with MAINSPRING_CHINESE_FONT."
)
_PLACES = {
    "Linux": (
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
        "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf",
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/arphic/uming.ttc",
    ),
    "Darwin": (
        "/System/Library/Fonts/STHeiti Light.ttc",
        "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    ),
    "Windows": ("C:/Windows/Fonts/msyh.ttc", "C:/Windows/Fonts/simhei.ttf", "C:/Windows/Fonts/simsun.ttc"),
}
_SIGNS = "中文单价税额"


class Fonts(NamedTuple):
    """What is used: the name of the Chinese font, and whether it goes into the file."""

    chinese: str
    embedded: bool

    def marked(self, text: str, latin: str = LATIN) -> str:
        """Text as reportlab's markup: each run in a font that has its characters."""
        return "".join(
            f'<font name="{name}">{escape(run)}</font>' for name, run in self.runs(text, latin)
        ).replace("\n", "<br/>")

    def runs(self, text: str, latin: str = LATIN) -> list[tuple[str, str]]:
        """(font, characters) in order."""
        glyphs, made = _glyphs(latin), list[tuple[str, str]]()
        for sign in text:
            name = latin if sign == "\n" or ord(sign) in glyphs else self.chinese
            if made and made[-1][0] == name:
                made[-1] = (name, made[-1][1] + sign)
            else:
                made.append((name, sign))
        return made

    def demand(self, text: str, latin: str = LATIN) -> None:
        """Return when every character has a font that goes into the file, as PDF/A wants.

        Raises:
            SetUpError: one has none.
        """
        there = _glyphs(latin) | (_glyphs(self.chinese) if self.embedded else frozenset())
        lacking = next((sign for sign in text if sign != "\n" and ord(sign) not in there), None)
        if lacking is not None:
            said = f"PDF/A embeds its fonts, and none that is here has the character {lacking!r}"
            raise SetUpError(said, where=SETTING, mend=MISSING)

    def wraps_anywhere(self, text: str) -> bool:
        """Whether a line may end between any two characters of the text, as in Chinese."""
        return any(name == self.chinese for name, _ in self.runs(text))


@cache
def _glyphs(name: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics  # see `ready`

    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def ready() -> Fonts:
    """Register the fonts and say which.

    Raises:
        SetUpError: the setting names a file that is no such font.
    """
    # reportlab takes half a second to read, which only whoever opens a paper should wait for
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(LATIN, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
    named = os.environ.get(SETTING)
    places = (named,) if named else _PLACES.get(platform.system(), ())
    for place in places:
        if Path(place).is_file() and _registered(place):
            return Fonts(CHINESE, embedded=True)
    if named:
        raise SetUpError(
            f"{named} is no TrueType font with Chinese characters",
            where=SETTING,
            mend="Name a .ttf file; fonts with PostScript outlines, such as Noto CJK, cannot be embedded.",
        )
    pdfmetrics.registerFont(UnicodeCIDFont(UNEMBEDDED))
    return Fonts(UNEMBEDDED, embedded=False)


def _registered(place: str) -> bool:
    from reportlab.pdfbase import pdfmetrics  # see `ready`
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(CHINESE, place)
    except TTFError:
        return False
    if any(ord(sign) not in font.face.charToGlyph for sign in _SIGNS):
        return False
    pdfmetrics.registerFont(font)
    return True
