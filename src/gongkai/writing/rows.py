"""A report as rows, one a figure: the long form that CSV, Parquet and the data sheet of XLSX share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.forms import form
from gongkai.report import Report


class FigureRow(NamedTuple):
    """One figure. ``table``, ``row`` and ``column`` are official labels; ``unit`` 件, 项, 个 or 万元; ``state`` as in State."""

    source: str
    organ: str | None
    year: int | None
    form: str
    address: str
    table: str
    row: str
    column: str
    value: int | Decimal | None
    unit: str
    state: str


def figure_rows(report: Report) -> Iterator[FigureRow]:
    """The figures in printing order; none for a report without a form. Figures the report lacks are left out."""
    if report.form is None:
        return
    for address, cell in form(report.form).cells.items():
        if (figure := report.figures.get(address)) is not None:
            yield FigureRow(report.source, report.organ, report.year, report.form, address, cell.table.title,
                            cell.row.number + cell.row.label, cell.column.label, figure.value, cell.column.unit,
                            figure.state.value)  # fmt: skip
