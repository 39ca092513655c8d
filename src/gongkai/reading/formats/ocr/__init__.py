"""Reading pictures of pages: an optional room, behind ``pip install gongkai[ocr]``.

Only this module may be imported without the extra; everything heavy is loaded when the first picture is read.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from gongkai.reading.formats.page import Page
from gongkai.reading.limits import Limits
from gongkai.report import Problem

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
    return Problem(
        "ocr_missing",
        f"有 {pages} 页只有图像、没有文字，需要文字识别（OCR）才能读取。"
        "请先安装识别组件：pip install 'gongkai[ocr]'，再重新读取。",
    )


def scale_for(width: float, height: float) -> float:
    """Pixels per point for a page of this size in points."""
    return min(DENSITY, LONGEST / max(width, height, 1.0))


def read_page(image: Any, number: int, points: float) -> Page:
    """A page from its picture: a grey ``uint8`` array (height, width), ``points`` per pixel."""
    page: Page = import_module("gongkai.reading.formats.ocr.reading").read(image, number, points)
    return page


def read_pictures(data: bytes, limits: Limits) -> list[Page]:
    """The pages of a picture file. Raises CannotRead ``corrupt``, ``too_large``."""
    pages: list[Page] = import_module("gongkai.reading.formats.ocr.pictures").read_pictures(data, limits)
    return pages


def read_picture(data: bytes, number: int, width: float) -> Page:
    """The page that a picture file shows which is printed ``width`` points wide. Raises as :func:`read_pictures`."""
    page: Page = import_module("gongkai.reading.formats.ocr.pictures").read_picture(data, number, width)
    return page
