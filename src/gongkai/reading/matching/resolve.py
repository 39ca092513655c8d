"""Two readings of the tables into figures: what both agree on is sure, what they do not is decided by sums or not at all.

A figure only one matcher could place is read when that matcher was exact. Where both placed different cells, the row
whose parts add up to its total is taken and marked inferred; if neither or both add up, the figure is unreadable.
Nothing is corrected and nothing is filled in.
"""

from __future__ import annotations

from gongkai.forms import Cell as FormCell
from gongkai.forms import Form
from gongkai.reading.blocks import Document, Grid
from gongkai.reading.matching.doubt import doubt_by_sums
from gongkai.reading.matching.figures import FigureMaker, Resolved
from gongkai.reading.matching.geometry import Found, Reading
from gongkai.reading.matching.numbers import read_cell
from gongkai.reading.matching.sequence import Sequence
from gongkai.report import Figure, Problem, State, Trace

_MANY = 8  # so many figures printed twice and differently are two reports, no slip of the pen


class Resolver:
    def __init__(self, form: Form, document: Document, geometry: Reading, sequence: Sequence):
        self._form, self._document = form, document
        self._geometry, self._sequence = geometry, sequence
        self._rows = geometry.rows | sequence.rows
        grids = [b for b in document.blocks if isinstance(b, Grid)]
        self._exact = {number: grid.exact for number, grid in enumerate(grids, 1)}
        self._unplaced = geometry.unplaced | sequence.unplaced
        self._out = Resolved()
        self._maker = FigureMaker(document, self._out)
        self._preferred: dict[str, str | None] = {}

    def resolve(self) -> Resolved:
        """All figures of the form. Figures of rows the page does not show are unreadable, each row with a problem."""
        for cell in self._form.cells.values():
            self._out.figures[cell.address] = self._figure(cell)
        self._out.problems += doubt_by_sums(self._form, self._out.figures)
        self._missing()
        self._lost()
        if len(self._geometry.conflicts | self._sequence.conflicts) >= _MANY:
            self._say("printed_twice", "文件中有两份数字不同的统计表（可能同页登载了两个年度或两个机关的报告），两处不同的数字都不读。"
                      "请分开保存后再读取。", None)  # fmt: skip
        if self._sequence.deduplicated and self._sequence.lost:
            self._say("figures_lost", "表中没有任何两格相同，重复的行已被网页采集程序删去，数据不全。请改用原始文件。", None)
        return self._out

    def _say(self, code: str, message: str, address: str | None) -> None:
        self._out.problems.append(Problem(code, message, address))

    def _figure(self, cell: FormCell) -> Figure:
        address = cell.address
        found, reason = self._choose(address)
        if found is None:
            row = address.rsplit(".", 1)[0]
            if reason is None and row in self._rows and self._is_blank_row(row):
                return Figure(State.BLANK, None, Trace(file=self._document.source, raw=""))
            if f"{row}.total" in self._sequence.inferred:
                return Figure(State.BLANK, None, Trace("inferred", self._document.source, raw="", reason="空格已丢失，按空白读"))
            return Figure(State.UNREADABLE, None, Trace("unreadable", self._document.source, reason=reason))
        return self._maker.made(cell, found.cell, found.table, found.unit, reason, real=self._exact[found.table])

    def _choose(self, address: str) -> tuple[Found | None, str | None]:
        """The cell for a figure and, when it is inferred, why; no cell and why it cannot be told."""
        by_heads, by_order = self._geometry.figures.get(address), self._sequence.figures.get(address)
        conflict = address in self._geometry.conflicts or (
            by_heads is None and address in self._sequence.conflicts)
        if conflict:
            return None, "同一格在文件中出现两个不同的数"
        if by_heads and by_order and by_heads.cell is not by_order.cell and by_heads.cell.text != by_order.cell.text:
            row = address.rsplit(".", 1)[0]
            choice = self._preference(row)
            if choice is None and row in self._geometry.reordered:
                return by_heads, "列的次序与表样不同，按表头读出"
            if choice is None:
                return None, "按表头与按顺序读出的数不同，合计也无法判断"
            return (by_heads if choice == "heads" else by_order), "按表头与按顺序读出的数不同，取合计相符的一种"
        found = by_heads or by_order
        if found is not None:
            return found, found.reason
        inferred = self._sequence.inferred.get(address)
        return (inferred, inferred.reason) if inferred else (None, None)

    def _is_blank_row(self, row: str) -> bool:
        """A row that is on the page with no figure at all is blank, unless the page is known to have lost lines."""
        return not (row in self._sequence.lost or row in self._unplaced or self._sequence.deduplicated)

    def _preference(self, row: str) -> str | None:
        """For a row of table three the two matchers differ on: whose figures add up, "heads" or "order"."""
        if row not in self._preferred:
            table, key = row.split(".")
            by_heads = by_order = False
            if table == "requests" and key in self._form.sets["requests.rows"]:
                by_heads, by_order = self._adds_up(self._geometry, row), self._adds_up(self._sequence, row)
            self._preferred[row] = None if by_heads == by_order else "heads" if by_heads else "order"
        return self._preferred[row]

    def _adds_up(self, reading: Reading, row: str) -> bool:
        values = []
        for column in self._form.tables["requests"].columns:
            found = reading.figures.get(f"{row}.{column.key}")
            value = read_cell(found.cell.text, column, found.unit).value if found else None
            if value is None:
                return False
            values.append(value)
        return sum(values[:-1]) == values[-1]

    def _missing(self) -> None:
        """Say which tables, and which rows of a table that is there, are not on the page."""
        for table in self._form.tables.values():
            rows = [r for r in table.rows if r.kind != "header"]
            gone = [r for r in rows if f"{table.key}.{r.key}" not in self._rows]
            if len(gone) == len(rows):
                self._say("figures_lost", f"没有找到“{table.title}”的表格。请核对原件是否缺表。", table.key)
                continue
            for row in gone:
                self._say("figures_lost", f"“{table.title}”表中没有“{row.label}”一行。请核对原件是否缺行。",
                          f"{table.key}.{row.key}")  # fmt: skip

    def _lost(self) -> None:
        for row, lost in self._sequence.lost.items():
            if all(f"{row}.{c}" in self._geometry.figures for c in self._columns(row)):
                continue
            label = self._form.cells[f"{row}.{self._columns(row)[0]}"].row.label
            printed = "、".join(lost.texts)
            if f"{row}.total" in self._sequence.inferred:
                self._say("columns_inferred", f"“{label}”一行只剩两个相等的数（{printed}），空格已丢失；按首列与总计读出，"
                          "其余按空白，属于推断。请对照原件。", row)  # fmt: skip
                continue
            self._say("column_unknown", f"“{label}”一行只剩{len(lost.texts)}个数（{printed}），"
                      "空格已丢失，分不清是哪一列。请对照原件。", row)  # fmt: skip

        for row in sorted(self._unplaced - set(self._sequence.lost)):
            columns = self._columns(row)
            if any(f"{row}.{c}" in reading.figures for c in columns for reading in (self._geometry, self._sequence)):
                continue
            label = self._form.cells[f"{row}.{columns[0]}"].row.label
            self._say("column_unknown", f"“{label}”一行有数字，但分不清各是哪一列。请对照原件。", row)

    def _columns(self, row: str) -> list[str]:
        return [a.rsplit(".", 1)[1] for a in self._form.cells if a.startswith(row + ".")]
