"""A picture of a page -> a page: straighten, find the ruled tables, read their cells, read the lines around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gongkai.reading.allowance import allowance
from gongkai.reading.blocks import Cell, Spot
from gongkai.reading.formats.ocr.cells import Held, read_frame
from gongkai.reading.formats.ocr.engine import Corners, Grey, detect, recognise
from gongkai.reading.formats.ocr.ink import ink_of
from gongkai.reading.formats.ocr.parts import parts
from gongkai.reading.formats.ocr.upright import cut, quarter_turns, straightened
from gongkai.reading.formats.page import Box, Frame, Line, Page, Table, Word, folded, lines
from gongkai.reading.formats.page.shapes import rounded

NOISE = 0.5
"""A line read with less confidence than this on average is no line of text: a stamp, a stain, a picture."""

Back = Callable[[Box], Box]


@dataclass(frozen=True, slots=True)
class Straight:
    """A page set straight, the lines found on it, and how its boxes (points) lie on the page as given."""

    image: Grey
    boxes: list[Corners]
    back: Back


def read(image: Grey, number: int, points: float) -> Page:
    """Read a grey picture; boxes of the page are those on the picture as given, in points.

    A picture of several pages one below the other is one page here, but each of them is straightened on its own.
    """
    whole = Page(number, image.shape[1] * points, image.shape[0] * points)
    for first, part in parts(image):
        allowance.scanned_page()
        page = _read_part(np.ascontiguousarray(part), number, points, first * points)
        whole.tables += page.tables
        whole.lines += page.lines
    return whole


def _read_part(image: Grey, number: int, points: float, down: float) -> Page:
    page = _set_straight(image, points, down)
    ink = ink_of(page.image, points)
    tables = [_table(f, read_frame(ink, f, points), number, points, page.back) for f in ink.frames]
    outside = [b for b in page.boxes if not any(_within(b * points, f.box) for f in ink.frames)]
    found = [t for t in tables if any(c.text for c in t.cells)]
    for table in found:
        left, top, right, bottom = table.box
        table.box = (left, top + down, right, bottom + down)
    return Page(
        number,
        image.shape[1] * points,
        image.shape[0] * points,
        found,
        _lines(ink.clean, outside, points, down),
    )


def _set_straight(image: Grey, points: float, down: float) -> Straight:
    straight, angle = straightened(image)
    boxes = detect(straight)
    turns = quarter_turns(straight, boxes)
    if turns:
        straight, angle = straightened(np.ascontiguousarray(np.rot90(image, -turns)))
        boxes = detect(straight)
    return Straight(straight, boxes, _back(straight.shape, angle, turns, points, down))


def _back(shape: Sequence[int], angle: float, turns: int, points: float, down: float) -> Back:
    """How a box on the straight page lies on the page as given."""
    height, width = shape[0] * points, shape[1] * points
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))

    def back(box: Box) -> Box:
        xs, ys = np.array([box[0], box[2], box[0], box[2]]), np.array([box[1], box[1], box[3], box[3]])
        x, y = xs - width / 2, ys - height / 2
        xs, ys = cos * x - sin * y + width / 2, sin * x + cos * y + height / 2
        # A slope moves a box more than it widens it: keep its size, move its middle.
        dx, dy = xs.mean() - (box[0] + box[2]) / 2, ys.mean() - (box[1] + box[3]) / 2
        left, top, right, bottom = box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy
        if turns == 1:
            left, top, right, bottom = top, width - right, bottom, width - left
        elif turns == 2:
            left, top, right, bottom = width - right, height - bottom, width - left, height - top
        elif turns == 3:
            left, top, right, bottom = height - bottom, left, height - top, right
        return rounded((float(left), float(top) + down, float(right), float(bottom) + down))

    return back


def _within(box: Corners, frame: Box) -> bool:
    x, y = box.mean(axis=0)
    return bool(frame[0] < x < frame[2] and frame[1] < y < frame[3])


def _table(frame: Frame, held: list[Held], number: int, points: float, back: Back) -> Table:
    cells, full = [], set()
    for cell in held:
        rows = [
            Line(
                [
                    Word(
                        r.text,
                        (b.left * points, b.top * points, b.right * points, b.bottom * points),
                        r.confidence,
                    )
                ]
            )
            for b, r in zip(cell.bands, cell.readings, strict=True)
        ]
        text, to_edge = folded(rows, cell.slot.box)
        slot = cell.slot
        spot = Spot(page=number, box=back(slot.box), confidence=round(cell.confidence, 3))
        cells.append(Cell(text, slot.row, slot.column, slot.rowspan, slot.colspan, spot))
        if to_edge:
            full.add((slot.row, slot.column))
    return Table(cells, frame.xs, frame.box, len(frame.ys) - 1, full)


def _lines(clean: Grey, boxes: Sequence[Corners], points: float, down: float) -> list[Line]:
    """The lines outside tables, read."""
    kept = [(b, c) for b in boxes if min((c := cut(clean, b)).shape, default=0) > 3]
    words = []
    for (box, _), reading in zip(kept, recognise([c for _, c in kept]), strict=True):
        if reading.text.strip() and reading.average >= NOISE:
            (left, top), (right, bottom) = box.min(axis=0) * points, box.max(axis=0) * points
            place = (float(left), float(top) + down, float(right), float(bottom) + down)
            words.append(Word(reading.text, place, round(reading.confidence, 3)))
    return lines(words)
