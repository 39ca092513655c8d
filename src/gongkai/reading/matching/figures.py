"""A cell taken for a figure -> the figure, with its place and what must be said about it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gongkai.forms import Cell as FormCell
from gongkai.forms.parts import Kind
from gongkai.reading.blocks import NOWHERE, Cell, Document
from gongkai.reading.matching.numbers import Printed, read_kind
from gongkai.report import Figure, Problem, State, Trace

UNSURE = 0.80  # below this confidence an OCR reading is marked uncertain


@dataclass(slots=True)
class Resolved:
    """Figures by address, in the form's order, and what has to be said about them."""

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class FigureMaker:
    """Makes the figures of one document; what has to be said about them goes to ``out.problems``."""

    def __init__(self, document: Document, out: Resolved):
        self._document, self._out = document, out
        self._breaks: list[int] | None = None

    def plain(self, place: FormCell, cell: Cell, table: int, unit: str | None) -> Figure:
        """The figure of a sure cell of an exact grid; most have nothing to be said about them."""
        printed = _plainly(cell.text, place.column.kind, unit) if cell.spot is NOWHERE else None
        if printed is None:
            return self.made(place, cell, table, unit, None, real=True)
        trace = Trace("read", self._document.source, None, None, table, cell.row + 1, cell.column + 1, None, None, None, None, printed[2])
        return Figure(printed[0], printed[1], trace)

    def made(self, place: FormCell, cell: Cell, table: int, unit: str | None, reason: str | None, *, real: bool) -> Figure:
        """The figure of any cell. ``real``: the grid's rows and columns are; ``reason``: why it is only inferred."""
        printed = read_kind(cell.text, place.column.kind, unit)
        spot = cell.spot
        if printed.broken:
            reason = reason or "数字折成两行，按相连读出"
        unsure = spot.confidence is not None and spot.confidence < UNSURE
        status: Literal["read", "inferred", "unreadable"] = "unreadable" if printed.state is State.UNREADABLE else "inferred" if reason else "read"
        trace = Trace(
            status, self._document.source, spot.page, spot.sheet, table, cell.row + 1 if real else None,
            cell.column + 1 if real else None, self._line(spot.start), spot.start, spot.end, spot.box,
            cell.text.strip(), printed.odd or reason, spot.confidence, unsure,
        )  # fmt: skip
        self._say(place, cell, printed, trace)
        return Figure(printed.state, printed.value, trace)

    def _say(self, place: FormCell, cell: Cell, printed: Printed, trace: Trace) -> None:
        text = cell.text.strip()
        if printed.state is State.UNREADABLE:
            code, message = "unreadable", f"“{place.label}”读不出：{printed.odd}。请对照原件。"
        elif printed.bare_amount:
            code, message = "amount_without_unit", f"“{place.label}”印为{text}，没有单位，暂按万元照录。请核对单位是元还是万元。"
        elif trace.uncertain:
            code, message = "uncertain", f"“{place.label}”字迹不清，读作{text or '空白'}，把握不大。请对照原件。"
        else:
            return
        self._out.problems.append(Problem(code, message, place.address, trace))

    def _line(self, start: int | None) -> int | None:
        """The line of a place in a text file; other formats have no lines a person could count."""
        if start is None or self._document.kind != "text" or self._document.text is None:
            return None
        if self._breaks is None:
            self._breaks = [i for i, char in enumerate(self._document.text) if char == "\n"]
        return bisect_left(self._breaks, start) + 1


@lru_cache(maxsize=8192)
def _plainly(text: str, kind: Kind, unit: str | None) -> tuple[State, int | Decimal | None, str] | None:
    """State, value and stripped text of a cell about which there is nothing to say; None for any other."""
    printed = read_kind(text, kind, unit)
    if printed.state is State.UNREADABLE or printed.bare_amount or printed.broken:
        return None
    return printed.state, printed.value, text.strip()
