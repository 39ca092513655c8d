"""PDF -> blocks: text pages by their geometry, pages that are only a picture by OCR."""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from gongkai.reading.blocks import Block, Document, Grid
from gongkai.reading.formats import ocr
from gongkai.reading.formats.page import Page, blocks, frames, page_of
from gongkai.reading.formats.pdf_marks import Marks, marks, turned_back
from gongkai.reading.limits import CannotRead, Limits
from gongkai.report import Problem

GARBAGE = 0.3
"""A text layer of which more than this share has no known characters is none."""
PICTURE = 0.5
"""A page of which images cover this share may be a scan."""
FEW = 20
"""Fewer glyphs than this on a pictured page are a stamp or a page number, not its text."""
_META = {"Title": "title", "Author": "author", "CreationDate": "created", "Producer": "producer"}


def open_pdf(data: bytes, name: str, limits: Limits) -> Document:
    """Read a PDF. Grids built from ruling lines are exact; grids from aligned words alone are not.

    Pages without a text layer are read by OCR where the extra is installed, else a problem ``ocr_missing`` names
    them. Raises CannotRead: ``encrypted`` (a password is needed), ``corrupt``, ``too_large`` (pages, cells).
    """
    with _opened(data) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise CannotRead(
                "too_large", f"PDF 共 {count} 页，超过 {limits.pages} 页的上限，请拆分后再读取。"
            )
        if count == 0:
            raise CannotRead("corrupt", "PDF 中没有页面，请重新导出或下载后再读取。")
        return _read(pdf, name, limits)


class _Opened:
    """A pdfium document that is closed at the end whatever happens."""

    def __init__(self, pdf: pdfium.PdfDocument):
        self.pdf = pdf

    def __enter__(self) -> pdfium.PdfDocument:
        return self.pdf

    def __exit__(self, *_: object) -> None:
        self.pdf.close()


def _opened(data: bytes) -> _Opened:
    try:
        return _Opened(pdfium.PdfDocument(data))
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            message = "PDF 已加密，需要密码才能打开。请提供未加密的文件。"
            raise CannotRead("encrypted", message) from error
        message = "PDF 文件损坏或不完整，无法打开。请重新导出或下载后再读取。"
        raise CannotRead("corrupt", message) from error


def _read(pdf: pdfium.PdfDocument, name: str, limits: Limits) -> Document:
    pages: list[Page] = []
    turns: dict[int, Marks] = {}
    unread: list[int] = []
    scanned = 0
    for number in range(1, len(pdf) + 1):
        try:
            sheet = pdf[number - 1]
            found = marks(sheet)
        except pdfium.PdfiumError:
            unread.append(number)
            continue
        if _is_picture(found):
            scanned += 1
            if ocr.available():
                pages.append(_scanned(sheet, number))
                sheet.close()
                continue
        if found.turn:
            turns[number] = found
        pages.append(page_of(number, found.width, found.height, found.glyphs, frames(found.rules)))
        sheet.close()
    if unread and not pages:
        raise CannotRead("corrupt", "PDF 的页面全部无法读取，文件可能已损坏。请重新导出或下载后再读取。")
    document = Document(name, "scan" if scanned == len(pages) else "pdf", blocks(pages, limits))
    _turn_back(document.blocks, turns)
    document.meta = {_META[k]: v for k, v in pdf.get_metadata_dict().items() if k in _META and v}
    if scanned and not ocr.available():
        document.problems.append(ocr.missing(scanned))
    if unread:
        document.problems.append(_broken(unread))
    return document


def _is_picture(found: Marks) -> bool:
    """Whether the page must be looked at: no text of its own, unknown characters, or the hidden words of a scan."""
    letters = sum(1 for g in found.glyphs if g.text.strip())
    if found.strange > GARBAGE * max(letters, 1):
        return True
    if found.picture < PICTURE:
        return letters == 0 and (found.picture > 0.05 or len(found.rules) > 8)
    return found.hidden or letters < FEW


def _scanned(sheet: pdfium.PdfPage, number: int) -> Page:
    width, height = sheet.get_size()
    scale = ocr.scale_for(width, height)
    bitmap = sheet.render(scale=scale, grayscale=True)
    return ocr.read_page(bitmap.to_numpy(), number, 1 / scale)


def _turn_back(found: list[Block], turns: dict[int, Marks]) -> None:
    """Put the boxes of pages that were turned for reading back onto the pages as shown."""
    for block in found:
        for part in (block, *(block.cells if isinstance(block, Grid) else ())):
            sheet = turns.get(part.spot.page or 0)
            if sheet and part.spot.box:
                part.spot.box = turned_back(part.spot.box, sheet.turn, sheet.width, sheet.height)


def _broken(pages: list[int]) -> Problem:
    numbers = "、".join(map(str, pages))
    return Problem(
        "corrupt", f"第 {numbers} 页损坏，无法读取，其中的内容没有计入。请重新导出或下载后再读取。"
    )
