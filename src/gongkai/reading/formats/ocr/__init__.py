"""Reading pictures of pages: an optional room, behind ``pip install gongkai[ocr]``.

Only this module may be imported without the extra; everything heavy is loaded when the first picture is read.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gongkai.report import Problem

if TYPE_CHECKING:
    from gongkai.reading.formats.page import Page

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")
DENSITY = 150 / 72
"""Pixels per point that a page is looked at: 150 dpi."""
LONGEST = 4000
"""Pixels of the longer side that a page is looked at, at most."""


def available() -> bool:
    """Whether the extra is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def missing(pages: int) -> Problem:
    """The problem that names the remedy for pages that only OCR can read."""
    message = f"{pages} 页只有图像、没有文字，需要文字识别（OCR）才能读取。请安装：pip install 'gongkai[ocr]'，再重新读取。"
    return Problem("ocr_missing", message)


def scale_for(width: float, height: float) -> float:
    """Pixels per point for a page of this size in points."""
    return min(DENSITY, LONGEST / max(width, height, 1.0))


def read_page(image: Any, number: int, points: float) -> Page:
    """A page from its picture: a grey ``uint8`` array (height, width), ``points`` per pixel."""
    from gongkai.reading.formats.ocr.reading import read

    return read(image, number, points)
