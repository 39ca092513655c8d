"""Picture files -> greys: decoded, upright by their EXIF, on white paper, at a density worth reading."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.reading.formats.ocr.engine import Grey
from gongkai.reading.formats.ocr.reading import read
from gongkai.reading.formats.page import Page
from gongkai.reading.limits import CannotRead, Limits

A4_WIDTH = 595.3
"""Points: a picture that does not say its density is taken for a page (or several, one below the other) as wide."""
PIXELS = 80_000_000
"""A picture with more pixels than this is not unpacked: it would not fit into the memory a document may take."""
FINEST = 200 / 72
"""Pixels per point; more read no better, and cost time and memory."""
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def read_pictures(data: bytes, limits: Limits) -> list[Page]:
    """The pages of a picture file (a TIFF may have many). Raises CannotRead ``corrupt``, ``too_large``."""
    with _opened(data) as picture:
        count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        if count > limits.pages:
            raise CannotRead(
                "too_large", f"图像共 {count} 页，超过 {limits.pages} 页的上限，请拆分后再读取。"
            )
        pages = []
        for number in range(1, count + 1):
            if number > 1:
                picture.seek(number - 1)
            pages.append(_page(picture, number, _density(picture)))
    return pages


def read_picture(data: bytes, number: int, width: float) -> Page:
    """The page that a picture shows which is printed ``width`` points wide. Raises as :func:`read_pictures`."""
    with _opened(data) as picture:
        return _page(picture, number, width / max(1, picture.width))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, with everything its decoder may raise as a verdict."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit speaks Chinese
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError,
            IndexError, AttributeError, OverflowError, struct.error, zlib.error) as error:  # fmt: skip
        # Pillow's decoders raise all of these on files that are cut off or made up.
        raise CannotRead("corrupt", "图像文件损坏或不完整，无法打开。请重新扫描或下载后再读取。") from error


def _page(picture: Image.Image, number: int, points: float) -> Page:
    grey = _grey(picture)
    scale = points * FINEST
    if scale < 0.9:
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        grey, points = np.asarray(small, dtype=np.uint8), points / scale
    return read(grey, number, points)


def _grey(picture: Image.Image) -> Grey:
    if picture.width * picture.height > PIXELS:
        size = f"{picture.width}×{picture.height}"
        raise CannotRead("too_large", f"图像有 {size} 像素，过大。请按每英寸 200 点重新扫描。")
    shown = ImageOps.exif_transpose(picture) or picture
    if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
        shown = shown.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        paper.alpha_composite(shown)
        shown = paper
    return np.asarray(shown.convert("L"), dtype=np.uint8)


def _density(picture: Image.Image) -> float:
    """Points per pixel: what the file says, if that makes a page of some usual size, else an A4 page's width."""
    said = picture.info.get("dpi")
    if isinstance(said, tuple) and said and float(said[0]) > 1:
        points = 72 / float(said[0])
        if 400 < min(picture.width, picture.height) * points < 1300:
            return points
    return A4_WIDTH / max(1, min(picture.width, picture.height))
