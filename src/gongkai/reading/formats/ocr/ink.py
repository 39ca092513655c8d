"""Ruling lines and ink of a straight grey picture, by morphology."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.reading.formats.ocr.engine import Grey
from gongkai.reading.formats.page import Frame, Rule, frames

ACROSS, UPRIGHT = 16.0, 9.0
"""Points: the shortest run of ink that may be (part of) a ruling line."""
THICK = 3.0
"""Points: what is thicker is a bar or a stroke of large type."""
BREAK = 6.0
"""Points: breaks between pieces of a line up to this are bridged."""
LONG = (45.0, 30.0)
"""Points: a run across, a run upright that is longer is a line whatever stands at its ends."""
CROWDED = 0.3
"""Share of ink beside a run, both sides together, that makes it a stroke of letters."""
SPECK = 1.3
"""Points: ink smaller than this both ways is dust."""


@dataclass(slots=True)
class Ink:
    """What is drawn on a page: its ruled tables, the picture without their lines, and its other marks.

    ``marks`` has a row for every connected mark: left, top, right, bottom in pixels.
    """

    frames: list[Frame]
    clean: Grey
    marks: NDArray[np.int32]


def ink_of(image: Grey, points: float) -> Ink:
    """Take a straight picture apart; ``points`` per pixel."""
    dark = _dark(image)
    bridge = _pixels(BREAK, points) | 1
    across = _runs(dark, (_pixels(ACROSS, points), 1), bridge)
    upright = _runs(dark, (1, _pixels(UPRIGHT, points)), bridge)
    found = _rules(across, _less(dark, upright), upright, False, points)
    found += _rules(upright, _less(dark, across), across, True, points)
    tables = [f for f in frames(rule for rule, _ in found) if _large(f)]
    lines = np.zeros_like(dark)
    for rule, (left, top, right, bottom) in found:
        if any(_belongs(rule, f) for f in tables):
            runs = upright if rule.vertical else across
            lines[top:bottom, left:right] |= runs[top:bottom, left:right]
    around: NDArray[np.uint8] = np.asarray(
        cv2.dilate(lines, np.ones((3, 3), np.uint8), iterations=1 if points > 0.4 else 2), dtype=np.uint8
    )
    clean = image.copy()
    clean[around > 0] = int(np.percentile(image, 90))
    return Ink(tables, clean, _marks(_less(dark, around), max(1, int(SPECK / points))))


def _less(ink: NDArray[np.uint8], taken: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink that is not taken."""
    return np.where(taken > 0, np.uint8(0), ink)


def _large(frame: Frame) -> bool:
    """Whether a frame is a table, not the strokes of a large letter, a stamp or a picture."""
    left, top, right, bottom = frame.box
    return right - left > 60 and bottom - top > 12


def _belongs(rule: Rule, frame: Frame) -> bool:
    """Whether a line lies on the lattice of a frame."""
    left, top, right, bottom = frame.box
    if rule.vertical:
        edges, inside = frame.xs, top - 4 < (rule.start + rule.end) / 2 < bottom + 4
    else:
        edges, inside = frame.ys, left - 4 < (rule.start + rule.end) / 2 < right + 4
    return inside and min(abs(e - rule.at) for e in edges) < 4


def _pixels(length: float, points: float) -> int:
    return max(2, round(length / points))


def _dark(image: Grey) -> NDArray[np.uint8]:
    """255 where there is ink: darker than its surroundings, and not only a shade of the paper."""
    local = cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 14)
    paper, black = np.percentile(image, (90, 0.5))
    local[image > paper - 0.15 * (paper - black)] = 0
    # Solid black parts are no darker than their surroundings.
    local[image < black + 0.2 * (paper - black)] = 255
    return np.asarray(local, dtype=np.uint8)


def _runs(dark: NDArray[np.uint8], size: tuple[int, int], bridge: int) -> NDArray[np.uint8]:
    """Runs of ink at least as long as ``size``; a line that wavers by a pixel is bridged first."""
    aside = (3, 1) if size[1] == 1 else (1, 3)
    wide = cv2.dilate(dark, np.ones(aside, np.uint8))
    runs = cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((size[1], size[0]), np.uint8))
    # A faint line comes in pieces.
    along = (1, bridge) if size[1] == 1 else (bridge, 1)
    return np.asarray(cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones(along, np.uint8)), dtype=np.uint8)


def _rules(
    runs: NDArray[np.uint8],
    other: NDArray[np.uint8],
    crossing: NDArray[np.uint8],
    vertical: bool,
    points: float,
) -> list[tuple[Rule, tuple[int, int, int, int]]]:
    """Runs that are lines: thin, no row of letters, and long or ended by crossing lines.

    ``other`` is the ink without the runs that cross these.
    """
    thick = max(3, _pixels(THICK, points)) + 2
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    out = []
    for n in range(1, count):
        left, top, width, height, area = (int(v) for v in stats[n])
        length, breadth = (height, width) if vertical else (width, height)
        # A long line may slope by more than it is thick: its mean thickness counts.
        if area / length > thick or breadth > thick + length // 25:
            continue
        box = (left, top, left + width, top + height)
        long = length * points > (LONG[1] if vertical else LONG[0])
        if _crowded(other, box, vertical) or not (long or _ended(crossing, box, vertical)):
            continue
        if vertical:
            rule = Rule(True, (left + width / 2) * points, top * points, (top + height) * points)
        else:
            rule = Rule(False, (top + height / 2) * points, left * points, (left + width) * points)
        out.append((rule, box))
    return out


def _ended(crossing: NDArray[np.uint8], box: tuple[int, int, int, int], vertical: bool) -> bool:
    """Whether both ends of a run meet crossing lines; the stroke of a 1 or of a 一 in a cell does not."""
    left, top, right, bottom = box
    if vertical:
        ends = ((max(0, top - 4), top + 5, left, right), (bottom - 5, bottom + 4, left, right))
    else:
        ends = ((top, bottom, max(0, left - 4), left + 5), (top, bottom, right - 5, right + 4))
    return all(crossing[a:b, c:d].any() for a, b, c, d in ends)


def _crowded(dark: NDArray[np.uint8], box: tuple[int, int, int, int], vertical: bool) -> bool:
    """Whether ink stands all along a run, close by on both sides: then it is a stroke of letters, not a line."""
    left, top, right, bottom = box
    if vertical:
        sides = dark[top:bottom, max(0, left - 3) : max(0, left - 1)], dark[top:bottom, right + 1 : right + 3]
    else:
        sides = dark[max(0, top - 3) : max(0, top - 1), left:right], dark[bottom + 1 : bottom + 3, left:right]
    return sum(float(np.mean(s > 0)) if s.size else 0.0 for s in sides) > CROWDED


def _marks(dark: NDArray[np.uint8], speck: int) -> NDArray[np.int32]:
    """The boxes of connected marks, without dust."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top, width, height = (stats[1:, k] for k in range(4))
    boxes = np.stack([left, top, left + width, top + height], axis=1)
    return np.asarray(boxes[(width > speck) | (height > speck)], dtype=np.int32)
