"""The text of the cells of a ruled table in a picture.

Detection of whole pages misses cells that hold only a digit. Here nothing is detected: the marks in each cell are
gathered into lines by their places, every line is cut out and read. A cell is blank when it has no ink, never
because the recogniser is silent; a figure that is not quite sure is read twice, in two cuts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.reading.formats.ocr.engine import Grey, Reading, recognise
from gongkai.reading.formats.ocr.ink import Ink
from gongkai.reading.formats.page import Frame, Slot

DUST = 2.4
"""Points: a cell whose marks are all smaller than this both ways is blank."""
EDGE = 2.5
"""Points: a flat mark so near the edge of its cell belongs to the line there."""
UNREAD = "\ufffd"
"""What stands for ink that could not be read: no number, and no blank."""
MARGINS = ((0.2, 0.35), (0.4, 0.8))
"""What the two cuts leave around a line, above and beside, in shares of the height of its letters."""
DOUBT = 0.5
"""The confidence of a text in which a letter was taken for a digit is not above this share."""

_FIGURE = re.compile(r"[\d.,，．、+＋\-－—–/／\s()（）:：]*(?:万?元)?|[（(]?[增减][)）]?[\d.,]+")
_LIKE_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "○": "0", "D": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "丨": "1"}
)
SURE = 0.995
"""A figure read less surely than this is read a second time, in another cut."""
SEEN = 0.9
"""The confidence of a stroke told by its shape."""


@dataclass(slots=True)
class Band:
    """A line of marks in a cell, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


@dataclass(slots=True)
class Held:
    """What a cell holds: its lines, each with its box in pixels."""

    slot: Slot
    bands: list[Band]
    readings: list[Reading]

    @property
    def confidence(self) -> float:
        return min((r.confidence for r in self.readings), default=1.0)


def read_frame(ink: Ink, frame: Frame, points: float) -> list[Held]:
    """Every cell of a frame with its lines read."""
    cells = [Held(slot, _bands(boxes), []) for slot, boxes in _sorted_in(ink, frame, points)]
    letter = _letter([b.height for c in cells for b in c.bands], points)
    for cell in cells:
        cell.bands = [b for b in _whole(cell.bands, letter) if not _residue(b, cell.slot, letter, points)]
    jobs = [(c, b) for c in cells for b in c.bands]
    first = recognise([_cut(ink.clean, c.slot, b, letter, MARGINS[0], points) for c, b in jobs])
    figures = [
        n
        for n, (c, _) in enumerate(jobs)
        if len(c.bands) == 1 and first[n].confidence < SURE and _may_be_figure(first[n])
    ]
    second = recognise(
        [_cut(ink.clean, jobs[n][0].slot, jobs[n][1], letter, MARGINS[1], points) for n in figures]
    )
    for n, again in zip(figures, second, strict=True):
        first[n] = _agreed(first[n], again)
    for (cell, band), reading in zip(jobs, first, strict=True):
        stroke = _stroke(ink.clean, band) if len(reading.text.strip()) <= 1 else None
        cell.readings.append(Reading(stroke, SEEN, SEEN) if stroke else _settled(reading))
    return cells


def _sorted_in(ink: Ink, frame: Frame, points: float) -> list[tuple[Slot, NDArray[np.int32]]]:
    """The marks of each cell: those whose middle stands in it, dust aside."""
    marks = ink.marks
    x = (marks[:, 0] + marks[:, 2]) / 2 * points
    y = (marks[:, 1] + marks[:, 3]) / 2 * points
    left, top, right, bottom = frame.box
    inside = (left < x) & (x < right) & (top < y) & (y < bottom)
    marks = marks[inside]
    columns = np.searchsorted(frame.xs, x[inside]) - 1
    rows = np.searchsorted(frame.ys, y[inside]) - 1
    out = []
    for slot in frame.slots:
        here = marks[
            (rows >= slot.row) & (rows < slot.row + slot.rowspan)
            & (columns >= slot.column) & (columns < slot.column + slot.colspan)
        ]  # fmt: skip
        size = max(here[:, 2:].max(axis=0) - here[:, :2].min(axis=0)) * points if len(here) else 0.0
        single = (here[:, 2:] - here[:, :2]).max() * points if len(here) else 0.0
        out.append((slot, here if size > DUST and single > DUST else here[:0]))
    return out


def _bands(boxes: NDArray[np.int32]) -> list[Band]:
    """Marks whose heights overlap stand on one line."""
    out: list[Band] = []
    for left, top, right, bottom in boxes[np.argsort(boxes[:, 1])].tolist():
        if out and top <= out[-1].bottom:
            last = out[-1]
            out[-1] = Band(min(left, last.left), last.top, max(right, last.right), max(bottom, last.bottom))
        else:
            out.append(Band(left, top, right, bottom))
    return out


def _letter(heights: Sequence[int], points: float) -> float:
    """The height of letters in pixels: that of most lines, dashes and dots aside."""
    tall = [h for h in heights if h * points > 4.5]
    return float(median(tall)) if tall else 9 / points


def _whole(bands: list[Band], letter: float) -> list[Band]:
    """Lines again from letters that fall into parts, one above the other (二, ：, 三)."""
    out: list[Band] = []
    for band in bands:
        last = out[-1] if out else None
        if last is not None and band.bottom - last.top <= 1.3 * letter:
            out[-1] = Band(min(band.left, last.left), last.top, max(band.right, last.right), band.bottom)
        else:
            out.append(band)
    # What stays much lower than a letter beside other lines is a speck, or a dash on a line of its own.
    if len(out) > 1:
        out = [b for b in out if b.height > 0.35 * letter or b.right - b.left > letter] or out[:1]
    return out


def _residue(band: Band, slot: Slot, letter: float, points: float) -> bool:
    """Whether a flat mark lies along the edge of its cell: what is left of a faint line."""
    _, top, _, bottom = slot.box
    near = min(band.top * points - top, bottom - band.bottom * points)
    return band.height < 0.35 * letter and near < EDGE


def _cut(
    image: Grey, slot: Slot, band: Band, letter: float, margins: tuple[float, float], points: float
) -> Grey:
    """A line cut out of its cell, on paper of its own so that nothing of other cells shows."""
    above, beside = round(margins[0] * letter), round(margins[1] * letter)
    lacking = max(0, round((letter - band.height) / 2))
    left, top, right, bottom = (round(v / points) for v in slot.box)
    inner = image[max(top, band.top - above - lacking) : min(bottom, band.bottom + above + lacking),
                  max(left, band.left - beside) : min(right, band.right + beside)]  # fmt: skip
    height = band.height + 2 * (above + lacking)
    width = max(band.right - band.left + 2 * beside, round(0.9 * height))
    down, across = max(0, height - inner.shape[0]), max(0, width - inner.shape[1])
    paper = int(np.percentile(inner, 85)) if inner.size else 255
    out = cv2.copyMakeBorder(
        inner,
        down // 2,
        down - down // 2,
        across // 2,
        across - across // 2,
        cv2.BORDER_CONSTANT,
        value=[paper],
    )
    return np.asarray(out, dtype=np.uint8)


def _may_be_figure(reading: Reading) -> bool:
    text = reading.text.strip()
    return len(text) <= 1 or _FIGURE.fullmatch(text.translate(_LIKE_DIGITS)) is not None


def _agreed(one: Reading, other: Reading) -> Reading:
    """Two readings of one figure: the surer text; sure only if both agree."""
    best = one if one.confidence >= other.confidence else other
    if "".join(one.text.split()) == "".join(other.text.split()):
        return best
    return Reading(best.text, min(one.confidence, other.confidence, DOUBT), min(one.average, other.average))


def _stroke(image: Grey, band: Band) -> str | None:
    """What a lone straight stroke is: a dash if it lies, a slash if it leans; None for any other shape.

    The recogniser reads a lone / as 1 and a lone — as 一, and is sure of it; their slope is not in doubt.
    """
    width, height = band.right - band.left, band.height
    if width > 2.2 * height:
        return "—"
    if not 0.25 * height < width < 1.5 * height:
        return None
    part = image[band.top : band.bottom, band.left : band.right]
    ink = part < (int(part.min()) + int(np.percentile(image, 90))) / 2
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < 0.6 * height:
        return None
    places = np.arange(width)
    middle = np.array([places[ink[r]].mean() for r in rows])
    breadth = np.array([ink[r].sum() for r in rows])
    slope, start = np.polyfit(rows, middle, 1)
    strays = np.abs(middle - (slope * rows + start)).max()
    straight = strays < 0.09 * height + 0.6 and breadth.max() < max(0.35 * height, 2.5 * np.median(breadth))
    return "/" if straight and slope < -0.22 and -slope * height > 0.5 * width else None


def _settled(reading: Reading) -> Reading:
    """A reading in a cell, with letters that stand for digits put right, or the mark of nothing read."""
    text = reading.text.strip()
    if not text:
        return Reading(UNREAD, 0.0, 0.0)
    plain = text.translate(_LIKE_DIGITS)
    if plain != text and _FIGURE.fullmatch(plain) and (len(text) == 1 or any(c.isdigit() for c in text)):
        return Reading(plain, min(reading.confidence, DOUBT), reading.average)
    return Reading(text, reading.confidence, reading.average)
