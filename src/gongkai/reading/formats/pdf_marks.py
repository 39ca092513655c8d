"""The marks of one PDF page, from pdfium: glyphs and ruling lines, in points from the top left of the page as shown."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from gongkai.reading.formats.page import Box, Rule, Word
from gongkai.reading.formats.page.outlines import Outlines

Matrix = tuple[float, float, float, float, float, float]
Place = Callable[[float, float], tuple[float, float]]

DEPTH = 8
"""Form objects inside form objects are followed so far."""
WHITE = 250
SLANTED = 0.1
"""Letters further off the axes, in quarter turns, are no text of the page."""
STRIKE = 60.0
"""A line no longer than this (points) through the middle of glyphs strikes them out."""
THROUGH = 0.2
"""So near to their middle, as a share of their height, such a line runs."""

_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Marks:
    """What a page shows. ``strange`` counts glyphs whose character is not known; ``hidden``: the text is invisible
    (the words of a scan recognised by somebody else); ``picture`` is the share of the page that images cover.
    """

    width: float
    height: float
    glyphs: list[Word]
    rules: list[Rule]
    strange: int
    hidden: bool
    picture: float
    turn: int


def marks(page: pdfium.PdfPage) -> Marks:
    """Read one page. A page whose text runs up or down the sheet is turned so that it reads across."""
    left, bottom, right, top = page.get_bbox()
    letters, strange, angle = _letters(page)
    turn = (page.get_rotation() // 90 + angle) % 4
    place, width, height = _placer(turn, (left, bottom, right, top))
    glyphs = [Word(text, _boxed(place, box)) for text, box in letters]
    objects = _Objects(place, Outlines(width, height))
    objects.read(page)
    inside = [g for g in glyphs if -1 <= g.middle[0] <= width + 1 and -1 <= g.middle[1] <= height + 1]
    inside = seen(inside, objects.unseen(), objects.outlines.rules)
    hidden = objects.texts > 0 and objects.invisible == objects.texts
    share = min(1.0, objects.pictured / (width * height or 1.0))
    return Marks(width, height, inside, objects.outlines.rules, strange, hidden, share, angle)


def _placer(turn: int, box: Box) -> tuple[Place, float, float]:
    """How points of the file lie on the page as read, after ``turn`` quarter turns clockwise; its width and height."""
    left, bottom, right, top = box
    if turn == 1:
        return (lambda x, y: (y - bottom, x - left)), top - bottom, right - left
    if turn == 2:
        return (lambda x, y: (right - x, y - bottom)), right - left, top - bottom
    if turn == 3:
        return (lambda x, y: (top - y, right - x)), top - bottom, right - left
    return (lambda x, y: (x - left, top - y)), right - left, top - bottom


def _boxed(place: Place, box: Box) -> Box:
    (x0, y0), (x1, y1) = place(box[0], box[1]), place(box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def turned_back(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of a page that was turned by ``angle`` for reading (its width and height so), on the page as shown."""
    x0, y0, x1, y1 = box
    if turn == 1:
        return y0, width - x1, y1, width - x0
    if turn == 2:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 3:
        return height - y1, x0, height - y0, x1
    return box


def _letters(page: pdfium.PdfPage) -> tuple[list[tuple[str, Box]], int, int]:
    """Characters with their boxes; how many have no known character; the quarter turns, beyond those of the page
    as shown, that make most of them upright.
    """
    textpage = page.get_textpage()
    handle = textpage.raw
    loose, out, strange = raw.FS_RECTF(), [], 0
    angles: Counter[int] = Counter()
    for n in range(raw.FPDFText_CountChars(handle)):
        if raw.FPDFText_IsGenerated(handle, n) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, n)
        if code < 32 or code in (0xFFFE, 0xFFFF):
            strange += code != 0x2
            # pdfium writes U+0002 for a hyphen at a line end.
            if code != 0x2:
                continue
            code = 0x2D
        if code == 0xFFFD or 0xE000 <= code <= 0xF8FF or raw.FPDFText_HasUnicodeMapError(handle, n) == 1:
            strange += 1
        if not raw.FPDFText_GetLooseCharBox(handle, n, loose):
            continue
        quarters = raw.FPDFText_GetCharAngle(handle, n) / (math.pi / 2)
        if abs(quarters - round(quarters)) > SLANTED:
            continue  # a watermark across the page
        angles[round(quarters) % 4] += 1
        out.append((_character(code), (loose.left, loose.bottom, loose.right, loose.top)))
    best = angles.most_common(1)
    # An angle of 90 degrees (counted against the clock) needs one quarter turn clockwise.
    shown = page.get_rotation() // 90
    turn = best[0][0] if best and best[0][1] > 0.6 * len(out) else shown
    textpage.close()
    return out, strange, (turn - shown) % 4


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


class _Objects:
    """Walks the objects of a page and gathers ruling lines, and how much is picture and hidden text."""

    def __init__(self, place: Place, outlines: Outlines):
        self.place, self.outlines = place, outlines
        self.texts = self.invisible = 0
        self.pictured = 0.0
        self._white: list[Box] = []
        self._grounds: list[Box] = []

    def unseen(self) -> list[Box]:
        """Where white words stand on nothing but white paper."""
        if self.pictured:
            return []
        return [w for w in self._white if not any(_holds(ground, w) for ground in self._grounds)]

    def read(self, page: pdfium.PdfPage) -> None:
        for n in range(raw.FPDFPage_CountObjects(page.raw)):
            self._object(raw.FPDFPage_GetObject(page.raw, n), _IDENTITY, 0)

    def _object(self, handle: object, outer: Matrix, depth: int) -> None:
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.texts += 1
            self.invisible += raw.FPDFTextObj_GetTextRenderMode(handle) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            if depth == 0 and _white(handle, raw.FPDFPageObj_GetFillColor):
                self._white += self._bounds(handle)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(handle, _times(_matrix(handle), outer))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _times(_matrix(handle), outer)
            self.pictured += abs(a * d - b * c)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inner = _times(_matrix(handle), outer)
            for n in range(raw.FPDFFormObj_CountObjects(handle)):
                self._object(raw.FPDFFormObj_GetObject(handle, n), inner, depth + 1)

    def _path(self, handle: object, matrix: Matrix) -> None:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, filled, stroked)
        if not filled.value and not stroked.value:
            return
        for points, closed in self._outlines(handle, matrix):
            if stroked.value and not _white(handle, raw.FPDFPageObj_GetStrokeColor):
                self.outlines.stroke(points, closed=closed)
            elif filled.value:
                white = _white(handle, raw.FPDFPageObj_GetFillColor)
                self.outlines.fill(points, white=white)
                if not white:
                    self._grounds.append(_around(points))

    def _bounds(self, handle: object) -> list[Box]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
            return []
        return [_boxed(self.place, (left.value, bottom.value, right.value, top.value))]

    def _outlines(self, handle: object, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The straight outlines of a path, each with whether it is closed; a curve ends the outline."""
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for n in range(raw.FPDFPath_CountSegments(handle)):
            segment = raw.FPDFPath_GetPathSegment(handle, n)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = self.place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            if kind != raw.FPDF_SEGMENT_LINETO and len(points) > 1:
                yield points, False
            if kind == raw.FPDF_SEGMENT_LINETO:
                points.append(point)
            else:
                points = [point]
            if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
                yield points, True
                points = [points[0]]
        if len(points) > 1:
            yield points, False


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3] and outer[3] - outer[1] > (inner[3] - inner[1]) / 2


def seen(glyphs: list[Word], unseen: list[Box], rules: list[Rule]) -> list[Word]:
    """The glyphs without those in white on white, and without those a line strikes through."""
    gone = {id(g) for box in unseen for g in glyphs if box[0] <= g.middle[0] <= box[2] and box[1] <= g.middle[1] <= box[3]}
    lines = [r for r in rules if not r.vertical and r.end - r.start < STRIKE]
    if lines:
        order = sorted(glyphs, key=_height)
        heights = [_height(g) for g in order]
        for rule in lines:
            for glyph in order[bisect_left(heights, rule.at - 3):bisect_right(heights, rule.at + 3)]:
                if rule.start <= glyph.middle[0] <= rule.end and abs(glyph.middle[1] - rule.at) < THROUGH * glyph.height:
                    gone.add(id(glyph))
    return [g for g in glyphs if id(g) not in gone] if gone else glyphs


def _height(glyph: Word) -> float:
    return glyph.middle[1]


def _matrix(handle: object) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, m):
        return _IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    if n is _IDENTITY:
        return m
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _white(handle: object, colour_of: Callable[..., int]) -> bool:
    """Whether a colour can't be seen on paper."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not colour_of(handle, r, g, b, a):
        return False
    return a.value < 8 or min(r.value, g.value, b.value) >= WHITE
