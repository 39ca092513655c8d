"""Pictures of pages -> blocks: PNG, JPEG, TIFF (all its pages), and whatever else Pillow opens of a scanner's output."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from gongkai.reading.blocks import Document
from gongkai.reading.formats import ocr
from gongkai.reading.formats.page import Page, blocks
from gongkai.reading.limits import CannotRead, Limits

if TYPE_CHECKING:
    from PIL import Image

    from gongkai.reading.formats.ocr.engine import Grey

A4_WIDTH = 595.3
"""Points: a picture that does not say its density is taken for a page (or several, one below the other) as wide."""
PIXELS = 80_000_000
"""A picture with more pixels than this is not unpacked: it would not fit into the memory a document may take."""
FINER = 1.35
"""Pictures are looked at in up to this many times the density that pages of a PDF are (about 200 dots an inch)."""
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def open_image(data: bytes, name: str, limits: Limits) -> Document:
    """Read pictures of pages by OCR. Needs the extra ``ocr``; without it the document has the problem ``ocr_missing``.

    Grids come from ruling lines and are exact; every cell's spot has a confidence. Raises CannotRead: ``corrupt``,
    ``too_large`` (pixels, pages, cells).
    """
    if not ocr.available():
        return Document(name, "scan", problems=[ocr.missing(1)])
    with _opened(io.BytesIO(data)) as picture:
        count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        if count > limits.pages:
            raise CannotRead("too_large", f"图像共 {count} 页，超过 {limits.pages} 页的上限，请拆分后再读取。")
        pages = []
        for number in range(1, count + 1):
            if number > 1:
                picture.seek(number - 1)
            pages.append(_page(picture, number))
    return Document(name, "scan", blocks(pages, limits))


def grey_of(file: BinaryIO) -> Grey:
    """A picture (its first page) as greys, upright. Raises CannotRead as :func:`open_image`."""
    with _opened(file) as picture:
        return _grey(picture)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    """The picture, with everything its decoder may raise as a verdict."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit speaks Chinese
    try:
        with Image.open(file, formats=FORMATS) as picture:
            yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError,
            IndexError, AttributeError, OverflowError, struct.error, zlib.error) as error:  # fmt: skip
        # Pillow's decoders raise all of these on files that are cut off or made up.
        raise CannotRead("corrupt", "图像文件损坏或不完整，无法打开。请重新扫描或下载后再读取。") from error


def _page(picture: Image.Image, number: int) -> Page:
    points = _density(picture)
    grey = _grey(picture)
    scale = points * ocr.DENSITY * FINER
    if scale < 0.9:
        # More dots an inch read no better, and cost time and memory.
        import cv2
        import numpy as np

        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        points /= scale
    return ocr.read_page(grey, number, points)


def _grey(picture: Image.Image) -> Grey:
    import numpy as np
    from PIL import Image, ImageOps

    if picture.width * picture.height > PIXELS:
        raise CannotRead("too_large", f"图像有 {picture.width}×{picture.height} 像素，过大。请按每英寸 200 点重新扫描。")
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
