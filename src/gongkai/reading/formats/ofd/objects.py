"""Graphic objects of an OFD page -> glyphs, ruling lines and pictures, in points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.reading.formats.ofd.package import Node, below, local, numbers
from gongkai.reading.formats.page import Box, Rule, Word
from gongkai.reading.formats.page.outlines import Outlines, Point

Matrix = tuple[float, float, float, float, float, float]

POINTS = 72 / 25.4
"""Points per millimetre, the unit of OFD."""
DEPTH = 8
"""Composite objects inside composite objects are followed so far."""
REPEATS = 100_000
"""A ``g n v`` group may not ask for more steps than any line has."""
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of AbbreviatedData and how many numbers each takes (GB/T 33190, 9.1)."""


@dataclass(slots=True)
class Drawn:
    """What the objects of a page draw; ``pictures``: (resource, box)."""

    glyphs: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[str, Box]] = field(default_factory=list)


class Drawing:
    """Draws objects onto a page of this width and height in points.

    ``origin``: the page box's left and top in millimetres; ``composites``: resource -> the content of the unit.
    """

    def __init__(self, width: float, height: float, origin: Point, composites: dict[str, Node]):
        self.outlines = Outlines(width, height)
        self.drawn = Drawn(rules=self.outlines.rules)
        self._page: Matrix = (POINTS, 0, 0, POINTS, -origin[0] * POINTS, -origin[1] * POINTS)
        self._composites = composites

    def draw(self, content: Node) -> None:
        """All objects below a node, in their order."""
        self._draw(content, self._page, 0)

    def _draw(self, node: Node, outer: Matrix, depth: int) -> None:
        for child in node:
            kind = local(child)
            if kind in ("Layer", "PageBlock", "Content"):
                self._draw(child, outer, depth)
            elif child.get("Visible", "true") == "false":
                continue
            elif kind == "TextObject":
                self.drawn.glyphs += _glyphs(child, _placed(child, outer))
            elif kind == "PathObject":
                self._path(child, _placed(child, outer))
            elif kind == "ImageObject":
                self._picture(child, outer)
            elif kind == "CompositeObject" and depth < DEPTH:
                unit = self._composites.get(child.get("ResourceID", ""))
                if unit is not None:
                    self._draw(unit, _placed(child, outer), depth + 1)

    def _path(self, node: Node, matrix: Matrix) -> None:
        stroked = node.get("Stroke", "true") != "false"
        filled = node.get("Fill", "false") == "true"
        for data in below(node, "AbbreviatedData"):
            for points, closed in _outlines(data.text or ""):
                path = [_at(matrix, p) for p in points]
                if stroked and not _white(node, "StrokeColor"):
                    self.outlines.stroke(path, closed=closed)
                elif filled:
                    self.outlines.fill(path, white=_white(node, "FillColor"))

    def _picture(self, node: Node, outer: Matrix) -> None:
        box = numbers(node.get("Boundary"))
        if len(box) == 4:
            x, y, width, height = box
            corners = [_at(outer, p) for p in ((x, y), (x + width, y + height))]
            (x0, y0), (x1, y1) = corners
            place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            self.drawn.pictures.append((node.get("ResourceID", ""), place))


def _placed(node: Node, outer: Matrix) -> Matrix:
    """How coordinates of an object lie on the page: its CTM, then the corner of its Boundary."""
    ctm, box = numbers(node.get("CTM")), numbers(node.get("Boundary"))
    a, b, c, d, e, f = ctm if len(ctm) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    return _times((a, b, c, d, e + x, f + y), outer)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _at(m: Matrix, p: Point) -> Point:
    return m[0] * p[0] + m[2] * p[1] + m[4], m[1] * p[0] + m[3] * p[1] + m[5]


def _glyphs(node: Node, matrix: Matrix) -> Iterator[Word]:
    """The characters of a text object: the pen starts at X, Y and moves by DeltaX, DeltaY after each."""
    size = (numbers(node.get("Size")) or [3.5])[0]
    stretch = (numbers(node.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in below(node, "TextCode"):
        text = "".join(code.itertext())
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for n, letter in enumerate(text):
            wide = size * stretch * (1.0 if letter > "\u2e7f" or letter in "“”‘’—…" else 0.55)
            step = across[n] if n < len(across) else 0.0
            width = min(wide, step) if step > 0 else wide
            if letter not in "\r\n\t":
                yield Word(letter, _box(matrix, x, y, width, size))
            if n < len(across) or n < len(down):
                x += step
                y += down[n] if n < len(down) else 0.0
            else:
                x += wide if not across and not down else 0.0


def _box(matrix: Matrix, x: float, y: float, width: float, size: float) -> Box:
    """The box of a letter that stands on the baseline at x, y."""
    (x0, y0), (x1, y1) = _at(matrix, (x, y - 0.88 * size)), _at(matrix, (x + width, y + 0.12 * size))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _steps(text: str | None, letters: int) -> list[float]:
    """A delta array with its ``g n v`` groups (n times v) written out, no longer than the text has letters."""
    words, k = (text or "").split(), 0
    out: list[float] = []
    while k < len(words) and len(out) < letters:
        if words[k] == "g" and k + 2 < len(words):
            times, value = numbers(words[k + 1]), numbers(words[k + 2])
            if times and value:
                out += value * max(0, min(int(times[0]), letters - len(out), REPEATS))
            k += 3
        else:
            out += numbers(words[k])
            k += 1
    return out


def _outlines(data: str) -> Iterator[tuple[list[Point], bool]]:
    """The straight outlines of AbbreviatedData, each with whether it is closed; a curve ends the outline."""
    points: list[Point] = []
    for operator, values in _operations(data.split()):
        if operator == "L":
            points.append((values[0], values[1]))
        elif operator == "C":
            if len(points) > 1:
                yield points, True
            points = points[:1]
        else:
            if len(points) > 1:
                yield points, False
            points = [(values[-2], values[-1])]
    if len(points) > 1:
        yield points, False


def _operations(words: Iterable[str]) -> Iterator[tuple[str, list[float]]]:
    operator = ""
    values: list[float] = []
    for word in words:
        if word in _TAKES:
            operator, values = word, []
        else:
            values += numbers(word)
        if operator and len(values) == _TAKES[operator]:
            yield operator, values
            operator, values = "", []


def _white(node: Node, colour: str) -> bool:
    """Whether a colour can't be seen on paper."""
    for found in node:
        if local(found) == colour:
            value = numbers(found.get("Value"))
            return len(value) == 3 and min(value) >= 250
    return False
