"""A figure as text: how each of the five states is printed, and what a reader finds again."""

from __future__ import annotations

from decimal import Decimal

from gongkai.forms import Column
from gongkai.report import Figure, State

MARKS = {State.BLANK: "", State.NOT_APPLICABLE: "/", State.UNREADABLE: "？"}


def number(value: int | Decimal) -> str:
    """A value exactly as recorded: no exponent, no thousands separators, ``-7`` for a decrease of seven."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def unit_in_cell(column: Column) -> str:
    """The unit a cell must carry: that of an amount whose heading does not name it, as 采购总金额 of 2019."""
    return column.unit if column.kind == "decimal" and column.unit not in column.label else ""


def printed(figure: Figure | None, column: Column) -> str:
    """The text of a figure's cell; a figure the report does not hold is printed blank, never as 0."""
    if figure is None:
        return ""
    if figure.value is None:
        return MARKS[figure.state]
    if figure.state is State.ZERO:
        return "0"
    return number(figure.value) + unit_in_cell(column)
