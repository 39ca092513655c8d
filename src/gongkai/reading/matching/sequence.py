"""The second matcher: figures by the order of the form, labels and values as one stream of cells.

It needs no columns: after the label of a row come that row's figures, in the form's order, until the next label.
A row is exact when it has just as many cells as the form has columns (or that many printed figures). Where cells were
lost it says so and, for table three, offers the only reading that adds up: a sole applicant and an equal total.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from gongkai.forms import Form
from gongkai.reading.blocks import Cell
from gongkai.reading.matching.geometry import Found, Reading
from gongkai.reading.matching.grids import Table, form_rows
from gongkai.reading.matching.labels import Label, label, labels_in, near_label, tight
from gongkai.reading.matching.numbers import is_value

FEW = 20  # so many cells must print something before "no two the same" says that a crawler removed lines
_ITEM = re.compile(r"\d{1,2}[.、)]|\(?[一二三四五六七八九十]\)?、?")  # the number of a row whose name was cut off
_JOIN = 14  # pieces a label may be cut into: one character a line in the worst case


class Token(msgspec.Struct, eq=False, gc=False):
    """A cell of the stream: its squeezed text, the grid it stands in, whether it can be a figure."""

    text: str
    cell: Cell
    table: int
    exact: bool
    value: bool


@dataclass(slots=True)
class Lost:
    """A row whose figures were found but not their columns (``texts`` as printed)."""

    row: str
    texts: list[str]
    cells: list[Cell]
    table: int


@dataclass(slots=True)
class Sequence(Reading):
    """``lost``: rows with too few or too many figures; ``inferred``: figures that hold only by their sum;
    ``orphans``: figures after a text that is no label, with the row before it; ``deduplicated``: no two cells of the
    document print the same, as when a crawler removes lines it has seen before."""

    lost: dict[str, Lost] = field(default_factory=dict)
    inferred: dict[str, Found] = field(default_factory=dict)
    orphans: list[tuple[str | None, list[Token]]] = field(default_factory=list)
    deduplicated: bool = False


def tokens_of(tables: Iterable[Table]) -> list[Token]:
    """The cells of all grids in reading order."""
    out = []
    for table in tables:
        for cell in table.cells:
            text = tight(cell.text)
            out.append(Token(text, cell, table.number, table.exact, is_value(text)))
        out.append(Token("※", Cell("※", 0, 0), table.number, table.exact, False))  # the end of a grid ends a row
    return out


def _blank_in_front(tokens: list[Token]) -> set[int]:
    """The tables, not exact, in which a row of heads begins with a blank: what spans into a row is printed as a slot."""
    found, open_row = set(), (0, -1)
    for token in tokens:
        if token.exact or token.text == "※":
            continue
        place = token.table, token.cell.row
        if not token.text and token.cell.column == 0:
            open_row = place
        elif token.text and place == open_row and token.table not in found and (head := label(token.text)) and head.of("column"):
            found.add(token.table)
    return found


class SequenceMatcher:
    """Walks the stream once; ``read`` gives what it found."""

    def __init__(self, form: Form):
        self._form = form
        self._result = Sequence()
        self._context = "disclosure"
        self._units: dict[str, str | None] = {}
        self._rows = form_rows(form.key)
        self._last: str | None = None
        self._slotted: set[int] = set()  # tables, not exact, that print blank slots between a name and its figures
        self._leading: dict[str, tuple[tuple[str, ...], list[Token]]] = {}  # rows read by a count that begins with a blank

    def read(self, tables: Iterable[Table]) -> Sequence:
        tokens = tokens_of(tables)
        self._slotted |= _blank_in_front(tokens)
        place, current, values = 0, None, list[Token]()
        unknown: Token | None = None
        while place < len(tokens):
            token = tokens[place]
            if token.value:
                values.append(token)
                place += 1
                continue
            taken, found = self._label(tokens, place)
            if found is None and current is not None and self._garbled(tokens, place, current):
                values.append(token)  # a cell of the row that holds no figure: it keeps its column
                place += 1
                continue
            self._flush(current, values, unknown)
            current, values = found, []
            unknown = None if current else token
            place += taken
        self._flush(current, values, unknown)
        self._place_orphans()
        self._doubt_leading()
        printed = [t.text for t in tokens if t.text not in ("", "※")]
        self._result.deduplicated = len(printed) >= FEW and len(set(printed)) == len(printed)
        return self._result

    def _garbled(self, tokens: list[Token], place: int, current: Label) -> bool:
        """Whether a text that is no label stands where a figure of the row should (an O for a 0, “两件”)."""
        token, before = tokens[place], tokens[place - 1]
        if token.text == "※" or place == 0 or _ITEM.fullmatch(token.text) or not any(h.role == "row" for h in current.hits):
            return False
        if token.cell.column:
            return token.cell.row == before.cell.row and len(token.text) <= 12
        return not token.exact and token.text.isascii() and len(token.text) <= 6

    def _label(self, tokens: list[Token], place: int) -> tuple[int, Label | None]:
        """The longest label that begins here, over as many pieces as it was cut into."""
        first = tokens[place]
        if first.exact and (whole := label(first.text)):
            self._note_head(whole)  # cells of an exact grid are not cut
            return 1, whole
        pieces: list[str] = []
        best: tuple[int, Label | None] = (1, None)
        for token in tokens[place : place + _JOIN]:
            if token.value or token.text == "※":
                break
            pieces.append(token.text)
            if found := label("".join(pieces)):
                best = len(pieces), found
        if best[1] is None and (run := labels_in(tokens[place].text)):
            for found in run[:-1]:
                self._note_head(found)
            best = 1, run[-1]
        if best[1]:
            self._note_head(best[1])
        return best

    def _note_head(self, found: Label) -> None:
        if len(found.tables) == 1 and (table := next(iter(found.tables))):
            self._context = table
        if found.unit and (hit := found.of("column", "disclosure")):
            self._units[hit.key] = found.unit

    def _flush(self, current: Label | None, values: list[Token], unknown: Token | None) -> None:
        """Give the values after a label to its row."""
        if current is None:
            if unknown is not None and any(v.text for v in values):
                self._result.orphans.append((self._last, [unknown, *values]))
                if self._last and not any(a.startswith(self._last + ".") for a in self._result.figures):
                    self._result.unplaced.add(self._last)  # they may be its own: it is not simply blank
            return
        if self._context == "remedies" and self._remedies(current, values):
            return
        row = self._row_of(current, values)
        if row is None:
            return
        known = self._rows.get(row)
        if known is None:
            return  # a header: no figures
        self._last = row
        self._result.rows.add(row)
        self._assign(row, known.keys, values)

    def _row_of(self, current: Label, values: list[Token]) -> str | None:
        for hit in current.hits:
            if hit.role != "row" or hit.table == "remedies" or self._form.key not in hit.forms:
                continue
            # 总计 and 其他 head columns too: as a row they stand in the body, with their number or with figures
            also_column = current.of("column") is not None
            if not also_column or current.prefix or (any(v.text for v in values) and self._last):
                return f"{hit.table}.{hit.key}"
        return None

    def _assign(self, row: str, keys: tuple[str, ...], values: list[Token]) -> None:
        printed = [v for v in values if v.text]
        chosen: list[Token] | None = None
        if len(printed) == len(keys):
            chosen = printed
        elif len(values) == len(keys):
            chosen = values
        elif len(values) > len(keys) and not any(v.text for v in values[len(keys):]) and self._aligned(values):
            chosen = values[: len(keys)]
        if values and not values[0].text and not values[0].exact:
            if chosen is printed:
                self._slotted.add(values[0].table)
            elif chosen is not None:
                self._leading[row] = keys, printed
        if chosen is not None:
            for key, token in zip(keys, chosen, strict=True):
                unit = self._units.get(key)
                self._result.put(f"{row}.{key}", Found(token.cell, token.table, unit))
        elif printed:
            self._lost(row, keys, printed)

    def _doubt_leading(self) -> None:
        """Where a table prints blank slots behind names, a blank in front may be such a slot: the columns are not known."""
        for row, (keys, printed) in self._leading.items():
            if printed and printed[0].table in self._slotted:
                for key in keys:
                    self._result.figures.pop(f"{row}.{key}", None)
                self._lost(row, keys, printed)

    def _aligned(self, values: list[Token]) -> bool:
        """Whether blanks stand where cells were blank: they do when one stands before a figure.

        Not in an exact grid, where the first blanks may be slots of the label.
        """
        if values[0].exact:
            return False
        texts = [bool(v.text) for v in values]
        return True in texts and False in texts[: len(texts) - texts[::-1].index(True)]

    def _lost(self, row: str, keys: tuple[str, ...], printed: list[Token]) -> None:
        first = printed[0]
        self._result.lost[row] = Lost(row, [v.text for v in printed], [v.cell for v in printed], first.table)
        if keys[-1] != "total" or len(printed) != 2 or printed[0].text != printed[1].text:
            return
        reason = "空格已丢失，只剩两个相同的数：按首列与总计相等读出"
        self._result.inferred[f"{row}.{keys[0]}"] = Found(printed[0].cell, first.table, reason=reason)
        self._result.inferred[f"{row}.total"] = Found(printed[1].cell, first.table, reason=reason)

    def _remedies(self, current: Label, values: list[Token]) -> bool:
        """Fifteen figures after the last head of table four; or five after the name of a group."""
        keys = [c.key for c in self._form.tables["remedies"].columns]
        rows = [r.key for r in self._form.tables["remedies"].rows]
        printed = [v for v in values if v.text]
        named = current.of("row", "remedies")
        if named and len(printed) == len(keys):
            self._take(f"remedies.{named.key}", keys, printed)
            return True
        if not current.of("column", "remedies") and not named:
            return False
        addresses = [(f"remedies.{r}", k) for r in rows for k in keys]
        for cells in (printed, values):
            if len(cells) == len(addresses):
                for (row, key), token in zip(addresses, cells, strict=True):
                    self._take(row, [key], [token])
                return True
        if printed and not named and current.key_is("total"):
            for row in rows:
                self._result.lost[f"remedies.{row}"] = Lost(
                    f"remedies.{row}", [v.text for v in printed], [v.cell for v in printed], printed[0].table)
                self._result.rows.add(f"remedies.{row}")
        return True

    def _take(self, row: str, keys: list[str], tokens: list[Token]) -> None:
        self._result.rows.add(row)
        for key, token in zip(keys, tokens, strict=True):
            self._result.put(f"{row}.{key}", Found(token.cell, token.table))

    def _place_orphans(self) -> None:
        """A garbled label between two known rows, followed by a whole row of figures, can only be the row between."""
        for before, (unknown, *values) in self._result.orphans:
            if before is None:
                continue
            table = before.split(".")[0]
            close = near_label(unknown.text, "row", table)
            hit = close.of("row", table) if close else None
            row = f"{table}.{hit.key}" if hit else None
            if row is None or row not in self._rows or row in self._result.rows:
                continue
            block = self._rows[row].block
            printed = [v for v in values if v.text]
            if len(printed) == len(block.columns):
                self._result.rows.add(row)
                reason = f"行名“{unknown.cell.text.strip()[:20]}”与表样略有出入"
                for column, token in zip(block.columns, printed, strict=True):
                    self._result.put(f"{row}.{column.key}", Found(token.cell, token.table, reason=reason))
