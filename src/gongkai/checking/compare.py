"""Two reports side by side: two years of one organ, or two organs. Figure by figure, and the prose they share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from gongkai.checking.facts import Number, figures_of
from gongkai.checking.prose import Reuse, reused_prose
from gongkai.forms import Form, form
from gongkai.report import Report

_UNKNOWN = "其中一份报告的该数为空白或无法识别。"
_ONE_FORM = "另一份报告的格式不列此项。"
_BY_PARTS = "其中一份报告的格式分项填报，按各项之和比较。"
_TENTH = Decimal("0.1")


class FigureChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One matter in both reports. ``a_address`` and ``b_address`` differ where the forms do (None: not on that form).

    ``change`` is b minus a; ``percent`` that in per cent of a, to a tenth, None where a is 0. ``reason`` says why two
    figures cannot be compared, or on what terms they are.
    """

    a_address: str | None
    b_address: str | None
    label: str
    unit: str
    a: int | Decimal | None
    b: int | Decimal | None
    comparable: bool
    change: int | Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None


class Comparison(msgspec.Struct, frozen=True):
    """Two reports compared; ``prose`` is what the second took over from the first (or both from a third)."""

    a: str
    b: str
    kind: str  # years, organs
    figures: tuple[FigureChange, ...]
    prose: Reuse

    def to_plain(self) -> dict[str, Any]:
        """The JSON object; amounts and percentages are decimal strings."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


def compare(a: Report, b: Report) -> Comparison:
    """Compare two reports; figures of different forms are matched by what they count, and where they count different
    things the reason is given instead of a difference.

    Raises ValueError when one of them has no form (no table could be told in it).
    """
    for report in (a, b):
        if report.form is None:
            raise ValueError(f"未能识别报告格式，无法比较：{report.source}")
    kind = "years" if a.organ == b.organ and a.year != b.year else "organs"
    return Comparison(_name(a), _name(b), kind, tuple(_figures(a, b)), reused_prose(a, b))


def _name(report: Report) -> str:
    return f"{report.organ or report.source}{f'{report.year}年' if report.year else ''}"


def _figures(a: Report, b: Report) -> list[FigureChange]:
    here, there = form(a.form or ""), form(b.form or "")
    values = figures_of(a), figures_of(b)
    if here.key == there.key:
        return [_change(here, address, address, values, None) for address in here.cells]
    older, newer = (here, there) if here.first_year < there.first_year else (there, here)
    swap = older is there
    bridges = {bridge.newer: bridge for bridge in newer.bridges}
    crossed = {bridge.older for bridge in bridges.values()}
    sums = {derived.address for derived in newer.derived}
    out = []
    for address in [*newer.cells, *(c for c in older.cells if c not in newer.cells)]:
        if bridge := bridges.get(address):
            ends, reason, comparable = (bridge.older, address), bridge.reason, bridge.comparable
        elif address in older.cells and address in newer.cells:
            ends, reason, comparable = (address, address), None, True
        elif address in sums:
            ends, reason, comparable = (address, address), _BY_PARTS, True
        elif address in crossed:
            continue
        else:
            ends = (address, None) if address in older.cells else (None, address)  # type: ignore[assignment]
            reason, comparable = _ONE_FORM, False
        first, second = reversed(ends) if swap else ends
        out.append(_change(newer if address in newer.cells else older, first, second, values, reason, comparable))
    return out


def _change(the: Form, first: str | None, second: str | None, values: tuple[dict[str, Number | None], ...],
            reason: str | None, comparable: bool = True) -> FigureChange:  # fmt: skip
    address = next(x for x in (second, first) if x and x in the.cells)
    x = values[0].get(first) if first else None
    y = values[1].get(second) if second else None
    change = percent = None
    if comparable and (x is None or y is None):
        reason = reason or _UNKNOWN
    elif comparable and x is not None and y is not None:
        change = y - x
        percent = (Decimal(change) * 100 / Decimal(x).copy_abs()).quantize(_TENTH) if x else None
    column = the.cells[address].column
    return FigureChange(first, second, the.words[address], column.unit, x, y, comparable, change, percent, reason)
