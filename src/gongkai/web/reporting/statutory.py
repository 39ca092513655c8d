"""The statutory tables of a report as rows of cells for a page: labels, order and spans come from the form alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gongkai.forms import Column, form
from gongkai.report import Figure, Report, State
from gongkai.writing.layout import Box, Layout, layouts
from gongkai.writing.printed import printed

from .inspecting.causes import Cause
from .inspecting.original import figure_anchor

_WORDS = {State.BLANK: "空白", State.NOT_APPLICABLE: "不适用", State.UNREADABLE: "读不清"}
_SIGNS = {State.NOT_APPLICABLE: "—", State.UNREADABLE: "？"}


@dataclass(frozen=True, slots=True)
class Marked:
    """How a figure stands out: ``kind`` a (added), b (stated), ``aside`` what is said to who cannot see it."""

    kind: str
    aside: str = ""


@dataclass(slots=True)
class StatCell:
    """A cell; ``pieces`` are the parts of its text between which a line may break."""

    heading: bool
    pieces: list[str]
    classes: str = ""
    role: str = "cell"
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    address: str = ""
    anchor: str = ""
    note: str = ""
    aside: str = ""
    id: str = ""
    headers: str = ""


@dataclass(slots=True)
class StatTable:
    """A table: heading rows, and bodies of rows (table two has one a block of Art. 20)."""

    key: str
    title: str
    section: int
    head: list[list[StatCell]] = field(default_factory=list)
    bodies: list[list[list[StatCell]]] = field(default_factory=list)
    columns: int = 0


def statutory(
    report: Report, marks: Mapping[str, Marked] | None = None, placed: Iterable[str] = ()
) -> list[StatTable]:
    """The tables of the report's form; [] without one. ``placed`` are the anchors figures can lead to."""
    if report.form is None:
        return []
    there = frozenset(placed)
    return [_table(report, layout, marks or {}, there) for layout in layouts(form(report.form))]


def marks_of(causes: Iterable[Cause]) -> dict[str, Marked]:
    """Which figures the broken sums mark: the addends and the stated total of each row, the totals of the columns."""
    out: dict[str, Marked] = {}
    for cause in causes:
        for told in cause.findings:
            sides = told.sides
            if sides is None or sides.sign != "≠" or len(sides.stated.terms) != 1:
                continue
            stated = sides.stated.terms[0]
            lead = told is cause.findings[0] or "r" in told.finding.at
            if lead:
                for term in sides.added.terms:
                    if term.address:
                        out.setdefault(term.address, Marked("a"))
            if stated.address:
                out[stated.address] = Marked("b", f"，与{sides.added.label}{sides.added.value}不等")
    return out


def _table(report: Report, layout: Layout, marks: Mapping[str, Marked], placed: frozenset[str]) -> StatTable:
    table = layout.table
    out = StatTable(table.key, table.title, table.section, columns=layout.width)
    rows = layout.rows()
    out.head = [[_heading(layout, box) for box in row] for row in rows[: layout.head]]
    band = None
    for row in rows[layout.head :]:
        if row[0].band != band:
            out.bodies.append([])
            band = row[0].band
        cells = []
        for box in row:
            if box.address:
                cells.append(_figure(report.figures.get(box.address), layout, box, marks, placed))
            else:
                cells.append(_heading(layout, box, _first_place(row, placed) if box.role == "label" else ""))
        out.bodies[-1].append(cells)
    return out


def _first_place(row: list[Box], placed: frozenset[str]) -> str:
    anchors = (figure_anchor(box.address) for box in row if box.address)
    return next((anchor for anchor in anchors if anchor in placed), "")


def _heading(layout: Layout, box: Box, anchor: str = "") -> StatCell:
    text, note = box.text, ""
    if box.role == "label" and "（" in text:
        text, _, rest = text.partition("（")
        note = f"（{rest}"
    if box.number and box.rowspan > 1:
        pieces = [box.number, text]
    elif layout.narrow and box.role == "column" and len(text) > 3:
        middle = (len(text) + 1) // 2
        pieces = [text[:middle], text[middle:]]
    else:
        pieces = [box.number + text]
    heads = box.role != "corner" or bool(layout.table.row_header)
    role = "cell" if not heads else "rowheader" if box.role == "label" else "columnheader"
    return StatCell(
        heads, pieces, _heading_classes(layout, box), role, box.scope or ("col" if heads else ""), box.rowspan, box.colspan,
        anchor=anchor if box.rowspan == 1 else "", note=note, id=_id(layout, box) if heads else "",
    )  # fmt: skip


def _heading_classes(layout: Layout, box: Box) -> str:
    """The names the styles of the phone form know (figures.css)."""
    if box.role == "label":
        group = ("g g1" if box.column == 0 else "g g2") if box.rowspan > 1 else "leaf"
        return group + (" top" if box.column == 0 and box.rowspan == 1 else "")
    if box.role == "corner":
        return "corner"
    if layout.table.key != "requests":
        return box.role
    if box.role == "group":
        return "who" if box.row == 0 else "h-org"
    if box.rowspan == 1:
        return "h-leaf"
    return "h-sum" if box.column + box.colspan == layout.width else "h-np"


def _figure(
    figure: Figure | None, layout: Layout, box: Box, marks: Mapping[str, Marked], placed: frozenset[str]
) -> StatCell:
    state = figure.state if figure else State.BLANK
    text = _SIGNS.get(state) or printed(figure, _column(layout, box.address))
    mark = marks.get(box.address)
    classes = [state.value, *(["total"] if _is_total(box.address) else []), *([mark.kind] if mark else [])]
    doubt = figure and figure.trace and (figure.trace.status == "inferred" or figure.trace.uncertain)
    aside = (mark.aside if mark else "") or _WORDS.get(state, "") + ("，推断读数" if doubt and text else "")
    anchor = figure_anchor(box.address)
    return StatCell(
        False, [text], " ".join(classes + (["doubt"] if doubt else [])), rowspan=box.rowspan, colspan=box.colspan,
        address=box.address, anchor=anchor if anchor in placed else "", aside=aside,
        headers=" ".join(_id(layout, h) for h in layout.headings(box)),
    )  # fmt: skip


def _column(layout: Layout, address: str) -> Column:
    _, row, column = address.split(".")
    for block in layout.table.blocks:
        if any(r.key == row for r in block.rows):
            return next(c for c in block.columns if c.key == column)
    raise KeyError(address)


def _is_total(address: str) -> bool:
    _, row, column = address.split(".")
    return column == "total" or row == "results_total"


def _id(layout: Layout, box: Box) -> str:
    return f"{layout.table.key}-{box.row}-{box.column}"
