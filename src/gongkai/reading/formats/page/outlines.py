"""Drawn outlines -> ruling lines: strokes along an axis, thin filled rectangles, the edges of filled cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from gongkai.reading.formats.page.shapes import Rule

Point = tuple[float, float]

THIN = 3.2
"""A filled rectangle thinner than this (points) is a line."""
STRAIGHT = 0.6
"""A stroke that leaves its axis by more than this is no ruling line."""
BACKGROUND = 0.97
"""A filled rectangle that covers this share of the page either way is its background."""


class Outlines:
    """Gathers the ruling lines of a page of this width and height (points); ``rules`` holds them."""

    def __init__(self, width: float, height: float):
        self.width, self.height = width, height
        self.rules: list[Rule] = []

    def stroke(self, points: Sequence[Point], *, closed: bool) -> None:
        """A drawn outline: each of its straight sides that keeps to an axis is a line."""
        path = [*points, points[0]] if closed and points[0] != points[-1] else points
        for a, b in itertools.pairwise(path):
            self._line(a, b, weak=False)

    def fill(self, points: Sequence[Point], *, white: bool) -> None:
        """A filled outline: a line if it is thin, else a background whose edges only hint at cells."""
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        if len(points) > 5 or not all(_on_edge(p, left, top, right, bottom) for p in points):
            return
        width, height = right - left, bottom - top
        x, y = (left + right) / 2, (top + bottom) / 2
        if height <= THIN:
            self._line((left, y), (right, y), weak=white)
        if width <= THIN:
            self._line((x, top), (x, bottom), weak=white)
        if (
            min(width, height) > THIN
            and width < BACKGROUND * self.width
            and height < BACKGROUND * self.height
        ):
            corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            for a, b in itertools.pairwise(corners):
                self._line(a, b, weak=True)

    def _line(self, a: Point, b: Point, *, weak: bool) -> None:
        (x0, y0), (x1, y1) = a, b
        if abs(y1 - y0) <= STRAIGHT and 0 <= (y0 + y1) / 2 <= self.height:
            start, end = max(min(x0, x1), 0.0), min(max(x0, x1), self.width)
            if end > start:
                self.rules.append(Rule(False, (y0 + y1) / 2, start, end, weak))
        elif abs(x1 - x0) <= STRAIGHT and 0 <= (x0 + x1) / 2 <= self.width:
            start, end = max(min(y0, y1), 0.0), min(max(y0, y1), self.height)
            if end > start:
                self.rules.append(Rule(True, (x0 + x1) / 2, start, end, weak))


def _on_edge(point: Point, left: float, top: float, right: float, bottom: float) -> bool:
    x, y = point
    return min(abs(x - left), abs(x - right)) < STRAIGHT and min(abs(y - top), abs(y - bottom)) < STRAIGHT
