"""Tables that have been met before: where the figures stand in them, remembered.

Where a figure stands depends on the words of the tables, their spans, and which cells are blank; never on the numbers.
That is the shape of the tables. When the two matchers, each by itself, placed every figure of the form in the same
cell, for reasons the shape alone gives, the same shape is read the same way the next time, without asking them again.
Anything less than that (a row lost or printed twice, a figure inferred) is never remembered: there numbers decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from gongkai.forms import Cell as FormCell
from gongkai.forms import Form
from gongkai.reading.blocks import Document, Grid
from gongkai.reading.matching.doubt import doubt_by_sums
from gongkai.reading.matching.figures import FigureMaker, Resolved
from gongkai.reading.matching.geometry import Reading
from gongkai.reading.matching.grids import Table
from gongkai.reading.matching.labels import label, labels_in, tight
from gongkai.reading.matching.numbers import is_value
from gongkai.reading.matching.sequence import FEW
from gongkai.reading.matching.sequence import Sequence as InOrder

Shape = tuple[tuple[tuple[tuple[int, int, int, int], ...], tuple[str, ...]], ...]
"""Of each grid: row, column and spans of every cell, and of every cell its words, "0" for a figure, "" for a blank."""

_MOST = 256
"""Shapes remembered in one process; each some ten kilobytes."""
_place = attrgetter("row", "column", "rowspan", "colspan")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a shape is read: the form, its votes, and for every figure the cell (counted over all grids), the table and
    the printed unit of money."""

    form: Form
    votes: dict[str, int]
    places: tuple[tuple[FormCell, int, int, str | None], ...]

    def read(self, document: Document, grids: Sequence[Grid]) -> Resolved:
        """The figures of a document whose tables have this shape."""
        out = Resolved()
        plain, figures = FigureMaker(document, out).plain, out.figures
        cells = [cell for grid in grids for cell in grid.cells]
        for place, index, table, unit in self.places:
            figures[place.address] = plain(place, cells[index], table, unit)
        out.problems += doubt_by_sums(self.form, figures)
        return out


class Plans:
    """The plans of one process; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self._known: dict[Shape, Plan] = {}

    def of(self, shape: Shape | None) -> Plan | None:
        return self._known.get(shape) if shape is not None else None

    def learn(self, shape: Shape | None, form: Form, votes: dict[str, int], tables: list[Table], grids: Sequence[Grid],
              geometry: Reading, order: InOrder) -> Plan | None:  # fmt: skip
        """How the document was read, remembered, if its shape alone decided it; else None."""
        if shape is None or not _certain(shape, tables, geometry, order):
            return None
        places = tuple(_places(form, grids, geometry, order))
        if len(places) < len(form.cells):
            return None
        if len(self._known) >= _MOST:
            self._known.clear()
        plan = self._known[shape] = Plan(form, votes, places)
        return plan


def shape_of(grids: Sequence[Grid]) -> Shape | None:
    """The shape of the tables; None where columns are not real: there cells are told by what they print."""
    if not grids or not all(grid.exact for grid in grids):
        return None
    return tuple([(tuple(map(_place, grid.cells)), tuple([_said(c.text) for c in grid.cells])) for grid in grids])


@lru_cache(maxsize=1 << 14)
def _said(text: str) -> str:
    squeezed = tight(text)
    if is_value(squeezed) and label(text) is None and not labels_in(text):
        return "0" if squeezed else ""
    return text


def _certain(shape: Shape, tables: list[Table], geometry: Reading, order: InOrder) -> bool:
    """Whether nothing in the tables was decided by comparing what figures print."""
    return not (
        any(table.merged for table in tables) or order.lost or order.inferred
        or geometry.repeated or order.repeated or _told_apart(shape)
    )  # fmt: skip


def _told_apart(shape: Shape) -> bool:
    """Whether no two words in the tables are the same, so that figures decide whether lines were removed as repeated."""
    printed = [tight(said) for _, texts in shape for said in texts if said]
    words = [text for text in printed if text != "0"]
    return len(printed) >= FEW and len(set(words)) == len(words)


def _places(form: Form, grids: Sequence[Grid], geometry: Reading, order: InOrder) -> Iterator[tuple[FormCell, int, int, str | None]]:
    """The places both matchers agree on."""
    index = {id(cell): n for n, cell in enumerate(cell for grid in grids for cell in grid.cells)}
    for address, place in form.cells.items():
        found, other = geometry.figures.get(address), order.figures.get(address)
        if found and other and found.cell is other.cell and not found.reason and not other.reason and id(found.cell) in index:
            yield place, index[id(found.cell)], found.table, found.unit


PLANS = Plans()
