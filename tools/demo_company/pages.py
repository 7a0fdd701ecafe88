"""Pages of the demo inquiries, as PDF with a text layer and as a scan: grey, a little turned and dirty."""

import io
import unicodedata
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

# Debian's fonts-wqy-microhei: TrueType outlines, which reportlab can embed, with Latin and Chinese.
FONT_FILE = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
TABLE_MARK = "[[table]]"
SCAN_SIZE = (1000, 1300)
GREYS = 16
WIDE = "WF"


class Grid(NamedTuple):
    """A table laid out: x of each column's left edge, with the right edge of the last one at the end."""

    edges: list[float]
    rows: list[list[str]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text)


def _grid(rows: list[list[str]], left: float, right: float) -> Grid:
    widths = [max(_width(row[index]) for row in rows) + 2 for index in range(len(rows[0]))]
    scale = (right - left) / sum(widths)
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width * scale)
    return Grid(edges, rows)


@cache
def _pdf_font() -> str:
    pdfmetrics.registerFont(TTFont("Demo", FONT_FILE, subfontIndex=0))
    return "Demo"


def pdf(spec: dict[str, Any]) -> bytes:
    """A PDF page of `page` (text, with the mark of the `table` in it), locked if a `password` is given."""
    raw = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(spec["password"], strength=128) if "password" in spec else None
    canvas = Canvas(raw, pagesize=(595, 842), invariant=1, encrypt=lock)
    if spec.get("scanned"):
        picture = Image.open(io.BytesIO(scan({**spec, "jpg": True})))
        canvas.drawImage(ImageReader(picture), 0, 30, width=595, height=595 * picture.height / picture.width)
    else:
        _pdf_text(canvas, spec)
    canvas.showPage()
    canvas.save()
    return raw.getvalue()


def _pdf_text(canvas: Canvas, spec: dict[str, Any]) -> None:
    y = 790.0
    size = spec.get("font", 10)
    for line in spec["page"].splitlines():
        if line.strip() != TABLE_MARK:
            canvas.setFont(_pdf_font(), size)
            x = 50.0
            # Text that was set with tabs or blanks stands at its own place, as office programs write it.
            for piece in line.split("  "):
                canvas.drawString(x, y, piece.strip())
                x += _width(piece) * size * 0.52 + size * 1.04
            y -= size * 1.6
            continue
        grid = _grid(spec["table"], 50, 545)
        for row in grid.rows:
            for left, right, cell in zip(grid.edges, grid.edges[1:], row, strict=False):
                canvas.rect(left, y - 5, right - left, size * 1.7)
                canvas.drawString(left + 4, y, cell)
            y -= size * 1.7
        y -= size


def scan(spec: dict[str, Any]) -> bytes:
    """A page as a grey image (PNG; JPEG with `jpg`), turned by `rotate` degrees, `noise` in per mille."""
    size = (spec.get("width", SCAN_SIZE[0]), spec.get("height", SCAN_SIZE[1]))
    image = Image.new("L", size, 250)
    _scan_text(ImageDraw.Draw(image), spec, size[0])
    image = image.rotate(spec.get("rotate", 0), Image.Resampling.BICUBIC, fillcolor=244)
    pixels = np.asarray(image).copy()
    dice = np.random.default_rng(len(spec["page"]))
    dirty = dice.random(pixels.shape) < spec.get("noise", 0) / 1000
    pixels[dirty] = dice.integers(60, 200, pixels.shape)[dirty]
    raw = io.BytesIO()
    if spec.get("jpg"):
        Image.fromarray(pixels).save(raw, "JPEG", quality=55)
    else:
        step = 256 // GREYS
        flat = (pixels // step * step + step // 2).astype(np.uint8)
        Image.fromarray(flat).quantize(GREYS).save(raw, "PNG", optimize=True)
    return raw.getvalue()


def _scan_text(draw: ImageDraw.ImageDraw, spec: dict[str, Any], width: int) -> None:
    size = spec.get("font", 24)
    font = ImageFont.truetype(FONT_FILE, size)
    y = 70.0
    for line in spec["page"].splitlines():
        if line.strip() != TABLE_MARK:
            draw.text((60, y), line, font=font, fill=30)
            y += size * 1.6
            continue
        grid = _grid(spec["table"], 60, width - 60)
        for row in grid.rows:
            for left, right, cell in zip(grid.edges, grid.edges[1:], row, strict=False):
                draw.rectangle((left, y, right, y + size * 1.8), outline=60, width=2)
                draw.text((left + 10, y + size * 0.3), cell, font=font, fill=30)
            y += size * 1.8
        y += size
