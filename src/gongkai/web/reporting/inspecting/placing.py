"""Where figures, claims and problems stand in a document -> the document's parts with anchors at these places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Cell, Document, Grid
from gongkai.reading.blocks import Paragraph as Block
from gongkai.reading.pipeline import Steps
from gongkai.report import Report, Trace

from .original import Mark, Paragraph, Part, Run, Sheet, Slot, Table, figure_anchor
from .text_lines import AROUND, Span, kept, narrowed, text_parts

PAGED = frozenset(("pdf", "scan", "ofd"))
WHOLE = 600
"""Blocks up to which a document is shown whole."""
EMPTY_ROWS = 400
"""Rows shown of a table that holds no figure."""


@dataclass(slots=True)
class Places:
    """What stands where: the anchor of each cell, and the passages of claims and problems."""

    cells: dict[int, str] = field(default_factory=dict)
    passages: list[tuple[str, str, Trace]] = field(default_factory=list)


def place(steps: Steps, sizes: dict[int, tuple[float, float]], pictured: bool) -> list[Part]:
    """The parts of the document. ``sizes`` are those of the pages that have a picture, in points."""
    places = _places(steps)
    document = steps.document
    if document.kind == "text" and document.text is not None:
        return text_parts(document.text, _spans(document.text, steps.report))
    if document.kind in PAGED:
        return _pages(document, places, sizes, pictured)
    return _blocks(document, places)


def anchors(parts: list[Part]) -> set[str]:
    """Every anchor that has a place."""
    found: set[str] = set()
    for part in parts:
        match part:
            case Table(rows=rows):
                found.update(slot.anchor for row in rows for slot in row)
            case Sheet(marks=marks):
                found.update(mark.anchor for mark in marks)
            case Paragraph(runs=runs):
                found.update(run.anchor for run in runs)
            case _:
                found.update(run.anchor for run in getattr(part, "runs", ()))
    return found - {""}


def passages(report: Report) -> Iterator[tuple[str, str, Trace]]:
    """(anchor, mark, trace) of every claim and problem that has a place."""
    for number, claim in enumerate(report.claims):
        if claim.trace:
            yield f"claim-{number}", "claim", claim.trace
    for number, problem in enumerate(report.problems):
        if problem.trace and problem.address is None:
            yield f"problem-{number}", "problem", problem.trace


def _places(steps: Steps) -> Places:
    """The cell behind each figure: the one whose place the figure's trace tells."""
    places = Places(passages=list(passages(steps.report)))
    for address, figure in steps.report.figures.items():
        trace = figure.trace
        if trace is None or trace.table is None:
            continue
        for reading in (steps.geometry.figures, steps.sequence.figures, steps.sequence.inferred):
            found = reading.get(address)
            if found and found.table == trace.table and _is(found.cell, trace):
                places.cells.setdefault(id(found.cell), figure_anchor(address))
                break
    return places


def _is(cell: Cell, trace: Trace) -> bool:
    same = cell.spot.start == trace.start and cell.spot.box == trace.box and cell.spot.page == trace.page
    if trace.row is not None:
        same = same and (cell.row + 1, cell.column + 1) == (trace.row, trace.column)
    return same and cell.text.strip() == (trace.raw or "")


def _spans(text: str, report: Report) -> Iterator[Span]:
    for address, figure in report.figures.items():
        if (trace := figure.trace) and trace.start is not None and trace.end is not None:
            yield narrowed(text, Span(trace.start, trace.end, figure_anchor(address), "figure", trace.raw))
    for anchor, mark, trace in passages(report):
        if trace.start is not None and trace.end is not None:
            yield Span(trace.start, trace.end, anchor, mark)


def _blocks(document: Document, places: Places) -> list[Part]:
    """Paragraphs and tables, with cells and passages marked."""
    out: list[Part] = []
    keep: set[int] = set(range(AROUND))
    waiting, number = list(places.passages), 0
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            number += 1
            table = _table(block, number, places)
            out.append(table)
            marked = any(slot.anchor for row in table.rows for slot in row)
            if not marked:
                del table.rows[EMPTY_ROWS:]
        else:
            runs = _marked(block, waiting)
            out.append(Paragraph(block.level, runs))
            marked = any(run.mark for run in runs)
        if marked:
            keep.update(range(max(0, index - AROUND), index + AROUND + 1))
    return out if len(out) <= WHOLE else kept(out, keep)


def _table(grid: Grid, number: int, places: Places) -> Table:
    rows: dict[int, list[Slot]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        slot = Slot(cell.text.strip(), places.cells.get(id(cell), ""), cell.rowspan, cell.colspan)
        rows.setdefault(cell.row, []).append(slot)
    height = max(rows, default=-1) + 1
    return Table(number, [rows.get(row, []) for row in range(height)], grid.spot.sheet or "")


def _marked(block: Block, waiting: list[tuple[str, str, Trace]]) -> list[Run]:
    """The paragraph's text with the passages that stand in it; those leave the list."""
    found: list[tuple[int, int, str, str]] = []
    for passage in list(waiting):
        anchor, mark, trace = passage
        if not trace.raw or not _may_hold(block, trace):
            continue
        span = _find(block.text, trace.raw)
        if span is not None:
            found.append((*span, anchor, mark))
            waiting.remove(passage)
    runs, at = [], 0
    for start, end, anchor, mark in sorted(found):
        first = max(start, at)
        if first > at:
            runs.append(Run(block.text[at:first]))
        # contexts of neighbouring claims overlap: the second begins where the first ends, and keeps its id
        runs.append(Run(block.text[first : max(end, first)], anchor, mark))
        at = max(at, end)
    if at < len(block.text):
        runs.append(Run(block.text[at:]))
    return runs


def _may_hold(block: Block, trace: Trace) -> bool:
    start, end = block.spot.start, block.spot.end
    if start is None or end is None or trace.start is None:
        return True
    return start <= trace.start <= end


def _find(text: str, raw: str) -> tuple[int, int] | None:
    """Where ``raw`` stands in ``text``, whatever their spaces and widths."""
    plain, places = _plain(text)
    wanted, _ = _plain(raw)
    at = plain.find(wanted) if wanted else -1
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    letters, places = [], []
    for index, char in enumerate(text):
        for plain in unicodedata.normalize("NFKC", char):
            if not plain.isspace():
                letters.append(plain)
                places.append(index)
    return "".join(letters), places


def _pages(
    document: Document, places: Places, sizes: dict[int, tuple[float, float]], pictured: bool
) -> list[Part]:
    """The pages that have something marked on them, with their boxes."""
    sheets: dict[int, Sheet] = {}
    for block in document.blocks:
        for part in block.cells if isinstance(block, Grid) else (block,):
            if not part.spot.page or not part.spot.box:
                continue
            sheet = sheets.setdefault(part.spot.page, Sheet(part.spot.page, 0, 0, [], pictured))
            sheet.width, sheet.height = max(sheet.width, part.spot.box[2]), max(sheet.height, part.spot.box[3])
            if isinstance(part, Cell) and (anchor := places.cells.get(id(part))):
                sheet.marks.append(Mark(part.spot.box, part.text.strip(), anchor, "figure"))
            if not pictured:
                sheet.drawn.append(Mark(part.spot.box, part.text, mark="cell" if isinstance(part, Cell) else ""))
    for anchor, mark, trace in places.passages:
        if trace.page in sheets and trace.box:
            sheets[trace.page].marks.append(Mark(trace.box, trace.raw or "", anchor, mark))
    for number, sheet in sheets.items():
        # without a picture nothing tells the page's edge: a margin around what stands on it
        sheet.width, sheet.height = sizes.get(number, (sheet.width + 40, sheet.height + 40))
        sheet.pictured = number in sizes
    marked = {number for number, sheet in sheets.items() if sheet.marks} or set(sheets) & {1}
    return [sheets[number] for number in sorted(marked)]


def marked_pages(steps: Steps) -> list[int]:
    """The numbers of the pages on which something is marked; the first page where nothing is."""
    found = {f.trace.page for f in steps.report.figures.values() if f.trace and f.trace.page}
    found |= {trace.page for _, _, trace in passages(steps.report) if trace.page}
    return sorted(found) or [1]
