"""Pictures of pages -> blocks: PNG, JPEG, TIFF (all its pages), and whatever else Pillow opens of a scanner's output."""

from __future__ import annotations

from gongkai.reading.blocks import Document
from gongkai.reading.formats import ocr
from gongkai.reading.formats.page import blocks
from gongkai.reading.limits import Limits


def open_image(data: bytes, name: str, limits: Limits) -> Document:
    """Read pictures of pages by OCR. Needs the extra ``ocr``; without it the document has the problem ``ocr_missing``.

    Grids come from ruling lines and are exact; every cell's spot has a confidence. Raises CannotRead: ``corrupt``,
    ``too_large`` (pixels, pages, cells).
    """
    if not ocr.available():
        return Document(name, "scan", problems=[ocr.missing(1)])
    return Document(name, "scan", blocks(ocr.read_pictures(data, limits), limits))
