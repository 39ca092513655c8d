"""A picture of a page set straight: small skews, and pages that lie on their side or stand on their head."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from gongkai.reading.formats.ocr.engine import Corners, Grey, recognise

LARGEST = 4.0
"""Degrees: a larger skew is not corrected."""
WIDTH = 700
"""Pixels: the width at which the skew is measured."""
SURE = 0.85
"""Lines read with less than this confidence may be upside down."""
SAMPLE = 3


def skew(image: Grey) -> float:
    """Degrees by which lines of text and ruling lines slope, found where the rows of ink are sharpest."""
    scale = min(1.0, WIDTH / image.shape[1])
    small = cv2.resize(
        image[: int(2 * WIDTH / scale)], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
    )
    ink = (255 - small).astype(np.float32)
    ink[ink < 60] = 0
    best = 0.0
    for step, reach in ((0.5, LARGEST), (0.1, 0.4), (0.03, 0.09)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda a: (_sharpness(ink, float(a)), -abs(a))))
    return best


def _sharpness(ink: np.ndarray, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def straightened(image: Grey) -> tuple[Grey, float]:
    """The picture with its skew taken out (paper white at the corners), and the degrees it was turned by."""
    angle = skew(image)
    if abs(angle) < 0.04:
        return image, 0.0
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = int(np.percentile(image, 90))
    out = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(out, dtype=np.uint8), angle


def quarter_turns(image: Grey, boxes: Sequence[Corners]) -> int:
    """How many quarter turns clockwise set the page upright, by the lines of text found on it.

    Lines of text lie across an upright page; whether they stand on their head shows in how well they read.
    """
    lines = sorted((b for b in boxes if max(_sides(b)) > 3 * min(_sides(b))), key=lambda b: -max(_sides(b)))
    if len(lines) < 3:
        return 0
    across = sum(1 for b in lines if _sides(b)[0] > _sides(b)[1])
    turn = 0 if across * 2 >= len(lines) else 1
    cuts = [cut(image, b) for b in lines[:SAMPLE]]
    crops = [np.ascontiguousarray(np.rot90(c, -turn)) for c in cuts if c.size]
    upright = float(np.mean([r.average for r in recognise(crops)]))
    if upright >= SURE:
        return turn
    turned = float(
        np.mean([r.average for r in recognise([np.ascontiguousarray(np.rot90(c, 2)) for c in crops])])
    )
    return turn + 2 if turned > upright + 0.1 else turn


def _sides(box: Corners) -> tuple[float, float]:
    left, top = box.min(axis=0)
    right, bottom = box.max(axis=0)
    return float(right - left), float(bottom - top)


def cut(image: Grey, box: Corners) -> Grey:
    """The part of a picture in the upright rectangle around four corners."""
    left, top = np.floor(np.maximum(box.min(axis=0), 0)).astype(int)
    right, bottom = np.ceil(box.max(axis=0)).astype(int)
    return image[top:bottom, left:right]
