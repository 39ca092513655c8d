"""Words on a PDF page that a reader does not see but can copy: under a box or a picture, white, or never painted."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
_DEEPEST = 6
_SHARE = 0.6  # so much of a word's box must lie under the cover
_WHOLE_PAGE = 0.55  # a picture of so much of the page is a scan, and the words below or above it are its OCR
_PAPER = 250  # a colour this light is paper


@dataclass(frozen=True, slots=True)
class Shape:
    """Something painted: `order` on the page, its box, its colour (None: a picture)."""

    order: int
    box: Box
    colour: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text, its colour, and whether it is painted at all."""

    order: int
    box: Box
    colour: tuple[int, int, int]
    painted: bool
    text: str
    size: float


def hidden_words(page: Any) -> Iterator[tuple[str, str]]:
    """(message, words) for each run one cannot see."""
    shapes, words = _read(page)
    width, height = page.get_size()
    scanned = any(
        one.colour is None and _area(one.box) > _WHOLE_PAGE * width * height for one in shapes
    )
    for run in words:
        if not run.text.strip():
            continue
        above = [one for one in shapes if one.order > run.order and _covers(one.box, run.box)]
        below = [one for one in shapes if one.order < run.order and _covers(one.box, run.box)]
        large = [one for one in above if one.colour is None and _area(one.box) > _WHOLE_PAGE * width * height]
        if any(one not in large for one in above):
            yield "有色块或图片下面的文字，仍可复制", run.text
        elif not run.painted and not scanned:
            yield "有不可见的文字，仍可复制", run.text
        elif run.painted and min(run.colour) >= _PAPER and _on_paper(below):
            yield "有与底色相同的文字，仍可复制", run.text
        elif run.painted and run.size < 1.0:
            yield "有小得看不见的文字，仍可复制", run.text


def _on_paper(below: list[Shape]) -> bool:
    last = max(below, key=lambda one: one.order, default=None)
    return last is None or (last.colour is not None and min(last.colour) >= _PAPER)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _covers(cover: Box, box: Box) -> bool:
    both = (max(cover[0], box[0]), max(cover[1], box[1]), min(cover[2], box[2]), min(cover[3], box[3]))
    if both[0] >= both[2] or both[1] >= both[3]:
        return False
    return _area(both) >= _SHARE * max(_area(box), 1e-6)


def _read(page: Any) -> tuple[list[Shape], list[Words]]:
    from pypdfium2 import raw

    shapes: list[Shape] = []
    words: list[Words] = []
    text_page = page.get_textpage()
    for order, (one, box) in enumerate(_painted(raw, page, _DEEPEST)):
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            words.append(_words(raw, text_page, one, order, box))
        elif raw.FPDFPageObj_HasTransparency(one):
            continue
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            shapes.append(Shape(order, box, None))
        elif kind == raw.FPDF_PAGEOBJ_PATH and _filled(raw, one):
            shapes.append(Shape(order, box, _colour(raw, one)))
    text_page.close()
    return shapes, words


def _painted(raw: Any, page: Any, deep: int) -> Iterator[tuple[Any, Box]]:
    """Every object in the order of painting with its box on the page, those inside forms too."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw, raw.FPDFPage_GetObject(page, index), (), deep)


def _inside(raw: Any, one: Any, outer: tuple[Any, ...], deep: int) -> Iterator[tuple[Any, Box]]:
    if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_FORM:
        matrix = raw.FS_MATRIX()
        if deep and raw.FPDFPageObj_GetMatrix(one, matrix):
            for index in range(raw.FPDFFormObj_CountObjects(one)):
                yield from _inside(raw, raw.FPDFFormObj_GetObject(one, index), (matrix, *outer), deep - 1)
        return
    sides = [ctypes.c_float() for _ in range(4)]
    if raw.FPDFPageObj_GetBounds(one, *sides):
        left, bottom, right, top = (side.value for side in sides)
        box = (left, bottom, right, top)
        for matrix in outer:
            box = _moved(matrix, box)
        yield one, box


def _moved(m: Any, box: Box) -> Box:
    """The box around `box` put through the matrix."""
    corners = [(m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f) for x in box[::2] for y in box[1::2]]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return (min(across), min(up), max(across), max(up))


def _filled(raw: Any, one: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(one, mode, stroke)) and mode.value != raw.FPDF_FILLMODE_NONE


def _colour(raw: Any, one: Any) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(one, red, green, blue, alpha):
        return (0, 0, 0)
    return (red.value, green.value, blue.value)


def _words(raw: Any, text_page: Any, one: Any, order: int, box: Box) -> Words:
    length = raw.FPDFTextObj_GetText(one, text_page, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2 + 1))()
    raw.FPDFTextObj_GetText(one, text_page, buffer, length)
    text = bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
    mode = raw.FPDFTextObj_GetTextRenderMode(one)
    painted = mode not in {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
    return Words(order, box, _colour(raw, one), painted, text, box[3] - box[1])
