"""Optical recognition of scans and photographs (RapidOCR, models in its package, no network)."""

import io
import math
import statistics
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from mainspring.base.bilingual import both
from mainspring.knowledge.documents.document import Block, Document, Problem, page_named
from mainspring.knowledge.documents.errors import DocumentError
from mainspring.knowledge.documents.layout import Page, Word, blocks
from mainspring.knowledge.documents.limits import Limits

_THREADS = 1  # more win nothing on a page and take the cores from others
_DOUBTFUL = 0.75
_TILT = math.radians(0.3)  # a smaller tilt leaves the lines apart


def read_image(data: bytes, name: str, limits: Limits) -> Document:
    """The text of an image, with boxes; slow (seconds), since the whole page is looked at."""
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        width, height = image.size
        if width * height <= limits.pixels:
            image = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = f"the image cannot be read: {error}"[:200]
        raise DocumentError(message, where=name, mend="Send it as PNG or JPEG.") from None
    if width * height > limits.pixels:
        message = (
            f"the image has {width * height / 1e6:.0f} million pixels, more than {limits.pixels / 1e6:.0f}"
        )
        raise DocumentError(message, where=name, mend="Scan it at 200 or 300 dots per inch.")
    found, problems = recognise(np.asarray(image), 1)
    return Document(name, "image", tuple(found), problems=tuple(problems))


_NO_TEXT = both("no text was recognised", "没有识别出文字")
_HARD = both("the text is hard to read; check it", "文字难以辨认；请核对")


def recognise(pixels: NDArray[np.uint8], number: int) -> tuple[list[Block], list[Problem]]:
    """Blocks of a page given as an array of height, width and 3 colours."""
    result = _engine()(pixels)
    if result.boxes is None or not result.txts:
        return [], [Problem("empty", _NO_TEXT, page_named(number))]
    words, scores = _upright(result), list(result.scores)
    height, width = pixels.shape[:2]
    problems = []
    if statistics.fmean(scores) < _DOUBTFUL:
        problems.append(Problem("recognition", _HARD, page_named(number)))
    return blocks(words, Page(number, float(width), float(height))), problems


@cache
def _engine() -> Any:
    """One engine for the process: loading the models takes about a second."""
    from rapidocr import RapidOCR  # heavy: loads OpenCV and onnxruntime

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": _THREADS for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **threads})


def _upright(result: Any) -> list[Word]:
    """Words with boxes turned by the tilt of the page, so that a line of a crooked scan is one line."""
    corners = np.asarray(result.boxes, dtype=float)  # boxes of 4 corners from the top left, clockwise
    along = corners[:, 1] - corners[:, 0]
    wide = np.hypot(along[:, 0], along[:, 1]) > 2 * np.hypot(*(corners[:, 3] - corners[:, 0]).T)
    slopes = [math.atan2(dy, dx) for dx, dy in along[wide]]
    tilt = statistics.median(slopes) if slopes else 0.0
    if abs(tilt) > _TILT:
        turn = np.array([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
        corners = corners @ turn
    lows, highs = corners.min(axis=1), corners.max(axis=1)
    return [
        Word(text, float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        for text, low, high in zip(result.txts, lows, highs, strict=True)
    ]
