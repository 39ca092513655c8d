"""The first matcher: figures by the row and column heads of a grid.

Only for exact grids. Rows are taken one after another through all grids of the document, because published reports
put all tables into one, cut one table in five, or go on over a page; the heads in force are kept until new ones come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from gongkai.forms import Form
from gongkai.reading.blocks import Cell
from gongkai.reading.matching.grids import Table, form_rows
from gongkai.reading.matching.labels import Hit, Label, label, near_label, tight
from gongkai.reading.matching.numbers import is_value

_ONCE_BLANK = "这一行在文件中出现两次，一处是空白"
_INNER = re.compile(r"\(([^()]+)\)")


class Found(msgspec.Struct, eq=False, gc=False):
    """A cell taken for a figure. ``unit`` is the money unit of its head; ``reason`` why it is only inferred."""

    cell: Cell
    table: int
    unit: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Row:
    """One row of slots: the distinct cells in it, those that begin in it, and which table of the document it is in."""

    table: int
    width: int
    cells: list[Cell]
    own: list[Cell]


@dataclass(slots=True)
class Reading:
    """What a matcher found. ``rows`` are the row addresses it met, whether or not it could place their figures;
    ``unplaced`` those with figures it could not place; ``conflicts`` the figures printed twice and differently;
    ``repeated`` tells that some figure was printed twice at all; ``reordered`` are rows whose heads are all there, in
    another order than the form's."""

    figures: dict[str, Found] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    conflicts: set[str] = field(default_factory=set)
    unplaced: set[str] = field(default_factory=set)
    repeated: bool = False
    reordered: set[str] = field(default_factory=set)

    def put(self, address: str, found: Found) -> None:
        """Take a figure; a second, different one for the same place makes the place a conflict."""
        before = self.figures.get(address)
        if before is None:
            self.figures[address] = found
            return
        self.repeated = True
        if not tight(before.cell.text):
            if tight(found.cell.text):
                found.reason = found.reason or _ONCE_BLANK
                self.figures[address] = found
        elif not tight(found.cell.text):
            before.reason = before.reason or _ONCE_BLANK
        elif tight(found.cell.text) != tight(before.cell.text):
            self.conflicts.add(address)

    def give_back(self, tables: Iterable[Table]) -> None:
        """Figures of turned tables as the cells of the page."""
        origins = {key: cell for table in tables for key, cell in table.origins.items()}
        if origins:
            for found in self.figures.values():
                found.cell = origins.get(id(found.cell), found.cell)


def rows_of(tables: Iterable[Table]) -> Iterator[Row]:
    """The rows of all exact grids in reading order."""
    for table in tables:
        for i, slots in enumerate(table.matrix):
            cells = [c for c in dict.fromkeys(slots) if c is not None]
            yield Row(table.number, len(slots), cells, [c for c in cells if c.row == i])


def _slots(row: Row) -> dict[int, Cell]:
    """The cells that begin in a row, by the columns they fill."""
    slots = {c.column: c for c in row.own}
    for c in row.own:
        if c.colspan > 1:
            slots.update(dict.fromkeys(range(c.column, c.column + c.colspan), c))
    return slots


class _Heads:
    """The heads in force, and what they say of the rows below: found out once for all of these rows."""

    def __init__(self, form: str, pairs: list[tuple[Cell, Label]]):
        self._form = form
        self.pairs = pairs
        self.remedies: list[Cell] = []
        """The heads of table four's results; empty when none stands there that is of table four only."""
        if any(found.tables == {"remedies"} for _, found in pairs):
            self.remedies = [c for c, found in pairs if found.of("column", "remedies")]
        self._columns: dict[tuple[str, tuple[str, ...]], dict[str, tuple[int, str | None]] | None] = {}

    def columns(self, table: str, keys: tuple[str, ...]) -> dict[str, tuple[int, str | None]] | None:
        """For the columns whose heads are above, slot and printed unit; None when one stands twice."""
        if (table, keys) not in self._columns:
            self._columns[table, keys] = self._find(table, keys)
        return self._columns[table, keys]

    def _find(self, table: str, keys: tuple[str, ...]) -> dict[str, tuple[int, str | None]] | None:
        found: dict[str, tuple[int, str | None]] = {}
        for cell, head in self.pairs:
            hit = next((h for h in head.hits if h.role == "column" and h.table == table and h.key in keys
                        and self._form in h.forms), None)  # fmt: skip
            if hit is None:
                continue
            if hit.key in found and found[hit.key][0] != cell.column:
                return None
            found[hit.key] = (cell.column, head.unit)
        return found

    def group_alone(self) -> str | None:
        """The one group of table four the heads name, where each has a table of its own."""
        words = [text for cell, _ in self.pairs for text in (cell.text, *_INNER.findall(tight(cell.text)))]
        named = {hit.key for text in words if (found := label(text)) and (hit := found.of("row", "remedies"))}
        return named.pop() if len(named) == 1 else None

    def unit(self, table: str, key: str) -> str | None:
        for _, head in self.pairs:
            hit = head.of("column", table)
            if hit and hit.key == key and head.unit:
                return head.unit
        return None


class Geometry:
    """Walks rows, keeping the heads in force."""

    def __init__(self, form: Form):
        self._form = form
        self._rows = form_rows(form.key)
        self._heads = _Heads(form.key, [])
        self._after_data = False
        self._width = 0
        self.reading = Reading()

    def read(self, tables: Iterable[Table]) -> Reading:
        for row in rows_of(tables):
            self._row(row)
        return self.reading

    def _row(self, row: Row) -> None:
        if row.width != self._width:
            self._heads, self._width = _Heads(self._form.key, []), row.width  # heads speak for their columns: not in a table of other columns
        labelled = [(c, found) for c in row.cells if (found := label(c.text))]
        texts = [(c, tight(c.text)) for c in row.own]
        values = [c for c, text in texts if is_value(text)]
        printed = [c for c, text in texts if text and is_value(text)]
        own = [pair for pair in labelled if pair[0] in row.own] if len(row.own) < len(row.cells) else labelled
        if self._remedies(row, own, values, printed):
            return
        hit = self._row_hit(labelled, printed)
        if printed and (hit is None or f"{hit.table}.{hit.key}" not in self._rows):  # nothing, or only the heading it stands below
            hit = self._near_hit(row, printed) or hit
        if hit is not None and (printed or not self._is_heading(own)):
            self._data(row, hit, values)
        elif own and not printed:
            self._heading(own)

    def _is_heading(self, own: list[tuple[Cell, Label]]) -> bool:
        return any(found.of("column") or found.of("group") or found.of("caption") for _, found in own)

    def _heading(self, own: list[tuple[Cell, Label]]) -> None:
        above = [] if self._after_data else self._heads.pairs
        self._heads, self._after_data = _Heads(self._form.key, [*above, *own]), False

    def _row_hit(self, labelled: list[tuple[Cell, Label]], printed: list[Cell]) -> Hit | None:
        """The row a row is: its rightmost row label left of the figures."""
        edge = printed[0].column if printed else max((c.column for c, _ in labelled), default=0) + 1
        best: Hit | None = None
        for cell, found in labelled:
            if cell.column >= edge:
                continue
            hits = [h for h in found.hits if h.role == "row" and h.table != "remedies" and self._known(h)]
            if hits and (len(found.hits) == 1 or found.prefix or not found.of("column") or printed):
                best = hits[0]
        return best

    def _near_hit(self, row: Row, printed: list[Cell]) -> Hit | None:
        """The row of a garbled label: close to one label of the table we are in, and followed by figures."""
        texts = [c for c in row.cells if c.column < printed[0].column and len(tight(c.text)) > 2]
        for cell in reversed(texts):
            for table in ("requests", "disclosure"):
                found = near_label(cell.text, "row", table)
                hit = found.of("row", table) if found else None
                if hit and self._known(hit) and not any(
                    a.startswith(f"{hit.table}.{hit.key}.") for a in self.reading.figures
                ):
                    return hit
        return None

    def _known(self, hit: Hit) -> bool:
        return self._form.key in hit.forms

    def _data(self, row: Row, hit: Hit, values: list[Cell]) -> None:
        self._after_data = True
        address = f"{hit.table}.{hit.key}"
        known = self._rows.get(address)
        if known is None:
            return  # a header: no figures
        self.reading.rows.add(address)
        placed = self._columns(row, address, known.keys, values)
        for key, cell, unit in placed:
            self.reading.put(f"{address}.{key}", Found(cell, row.table, unit))
        if not placed and any(tight(c.text) for c in values):
            self.reading.unplaced.add(address)

    def _columns(self, row: Row, address: str, keys: tuple[str, ...], values: list[Cell]) -> list[tuple[str, Cell, str | None]]:
        """Column key, cell and unit: by the heads above; by order where heads are missing and the count fits."""
        table = address.partition(".")[0]
        heads = self._heads.columns(table, keys)
        slots = _slots(row)
        if heads is not None and len(heads) == len(keys) and all(place in slots for place, _ in heads.values()):
            if sorted(keys, key=lambda k: heads[k][0]) != list(keys) and all(slots[heads[key][0]] in values for key in keys):
                self.reading.reordered.add(address)
            return [(key, slots[heads[key][0]], heads[key][1]) for key in keys]
        if heads is None or sorted(heads, key=lambda k: heads[k][0]) != [k for k in keys if k in heads]:
            return []  # the heads that are there stand in another order: order tells nothing
        tail = values if len(values) == len(keys) else [c for c in values if tight(c.text)]
        if len(tail) != len(keys):
            return []
        return [(key, cell, heads[key][1] if key in heads else self._heads.unit(table, key))
                for key, cell in zip(keys, tail, strict=True)]  # fmt: skip

    def _remedies(self, row: Row, own: list[tuple[Cell, Label]], values: list[Cell], printed: list[Cell]) -> bool:
        """Table four: fifteen figures in one row below three groups, or one group a row. True when this row was it."""
        results = self._heads.remedies
        if not results:
            return False
        where, named = next(((c.column, hit) for c, found in own if (hit := found.of("row", "remedies"))), (0, None))
        keys = [c.key for c in self._form.tables["remedies"].columns]
        if named is not None and len(values) >= len(keys) and printed:
            behind = self._behind(row, where, values, len(keys))
            if behind:
                self._after_data = True
                self._take_remedies(row, [f"{named.key}.{key}" for key in keys], behind)
            return True
        if own or not values:
            return False
        groups = [r.key for r in self._form.tables["remedies"].rows]
        addresses = [f"{g}.{k}" for g in groups for k in keys]
        columns = sorted({c.column for c in results})
        if len(values) == len(columns) == len(keys) and (alone := self._heads.group_alone()) and (printed or not self._after_data):
            self._after_data = True
            self._take_remedies(row, [f"{alone}.{key}" for key in keys], values)
            return True
        slots = _slots(row)
        under = [slots[column] for column in columns if column in slots]
        cells = under if len(under) == len(addresses) else values
        if len(cells) != len(addresses) or (not printed and self._after_data):
            return False
        self._after_data = True
        self._take_remedies(row, addresses, cells)
        return True

    def _behind(self, row: Row, where: int, values: list[Cell], count: int) -> list[Cell]:
        """The figures behind the name of a group: below their heads, or as many as there are heads; none when they cannot be told."""
        columns, slots = sorted({c.column for c in self._heads.remedies}), _slots(row)
        if len(columns) == count and columns[0] > where and all(column in slots for column in columns):
            return [slots[column] for column in columns]
        behind = [c for c in values if c.column > where]
        return behind[:count] if len(behind) >= count and not any(tight(c.text) for c in behind[count:]) else []

    def _take_remedies(self, row: Row, addresses: list[str], cells: list[Cell]) -> None:
        for address, cell in zip(addresses, cells, strict=True):
            self.reading.rows.add(f"remedies.{address.split('.', maxsplit=1)[0]}")
            self.reading.put(f"remedies.{address}", Found(cell, row.table))
