"""Pages of a PDF or scan as pictures, for showing people where on a page a figure stands.

Sizes are in points, in the same frame as the boxes of :class:`gongkai.reading.blocks.Spot`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from gongkai.reading.limits import CannotRead

LONGEST = 1500
"""Pixels of the longer side."""
FINEST = 2.0
"""Pixels per point: more shows no more on a screen."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page, counted from 1, its size in points, and its picture as PNG."""

    number: int
    width: float
    height: float
    png: bytes


def page_pictures(data: bytes, wanted: Collection[int]) -> Iterator[PagePicture]:
    """The pictures of the ``wanted`` pages of a PDF or picture file; pages that cannot be drawn are left out.

    Raises CannotRead ``corrupt`` when the file itself cannot be opened.
    """
    return _pdf(data, wanted) if data[:1024].lstrip().startswith(b"%PDF") else _pictures(data, wanted)


def _pdf(data: bytes, wanted: Collection[int]) -> Iterator[PagePicture]:
    pdfium = import_module("pypdfium2")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise CannotRead("corrupt", "PDF 文件损坏或不完整，无法打开。请重新导出或下载后再读取。") from error
    try:
        for number in sorted(wanted):
            if not 1 <= number <= len(pdf):
                continue
            try:
                page = pdf[number - 1]
                width, height = page.get_size()
                image = page.render(scale=min(FINEST, LONGEST / max(width, height, 1))).to_pil()
            except pdfium.PdfiumError:
                continue
            yield PagePicture(number, width, height, _png(image))
    finally:
        pdf.close()


def _pictures(data: bytes, wanted: Collection[int]) -> Iterator[PagePicture]:
    pictures = import_module("gongkai.reading.formats.ocr.pictures")
    ops = import_module("PIL.ImageOps")
    with pictures._opened(data) as image:
        for number in sorted(wanted):
            if number > getattr(image, "n_frames", 1) or image.width * image.height > pictures.PIXELS:
                continue
            image.seek(number - 1)
            points = pictures._density(image)
            shown = ops.exif_transpose(image) or image
            width, height = shown.width * points, shown.height * points
            shown = shown.convert("RGB")
            shown.thumbnail((LONGEST, max(LONGEST, int(LONGEST * shown.height / max(1, shown.width)))))
            yield PagePicture(number, width, height, _png(shown))


def _png(image: Any) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").quantize(64).save(out, "PNG")
    return out.getvalue()
