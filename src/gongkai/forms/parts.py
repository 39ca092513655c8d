"""What a statutory form is made of: sections, tables, rows and columns, and the address and words of every figure.

An address is ``table.row.column``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "signed", "decimal"]
RowKind = Literal["leaf", "header", "total"]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six numbered sections; ``table`` is the key of the table printed in it, if any."""

    key: str
    number: str
    title: str
    variants: tuple[str, ...] = ()
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. ``unit`` is the official unit of what it counts; ``kind`` its numbers."""

    key: str
    label: str
    unit: str = "件"
    kind: Kind = "count"
    group: str | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row. Headers carry no figures. ``number`` is printed before the label, ``parent`` is a row's key."""

    key: str
    label: str
    number: str = ""
    kind: RowKind = "leaf"
    parent: str | None = None
    group: str | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under common columns; table two has one block an item of Article 20, the others one block in all."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    section: int
    title: str
    blocks: tuple[Block, ...]
    row_header: str = ""
    corner: str = ""
    columns_header: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a table with one block; tables with several have columns by block."""
        return self.blocks[0].columns


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's place on the form."""

    address: str
    table: Table
    block: Block
    row: Row
    column: Column

    @property
    def label(self) -> str:
        """Row and column in official words, as ``行政许可·处理决定数量``."""
        return f"{self.row.label.split('（')[0] or self.row.label}·{self.column.label}"


def cells_of(tables: dict[str, Table]) -> dict[str, Cell]:
    """The figures of the tables by address, in printing order."""
    out: dict[str, Cell] = {}
    for table in tables.values():
        for block in table.blocks:
            for row in block.rows:
                for column in block.columns if row.kind != "header" else ():
                    address = f"{table.key}.{row.key}.{column.key}"
                    out[address] = Cell(address, table, block, row, column)
    return out


def words_of(tables: Mapping[str, Table]) -> dict[str, str]:
    """The official words of every row, column and figure, for messages: short, and no two rows alike.

    ``denied_state_secret`` is ``（三）1.属于国家秘密``; notes in brackets are left out.
    """
    out: dict[str, str] = {}
    for table in tables.values():
        rows = {row.key: row for row in table.rows}
        for block in table.blocks:
            for row in block.rows:
                words = out.setdefault(row.key, _row_words(row, rows))
                for column in block.columns:
                    out.setdefault(column.key, column.label.split("（")[0])
                    out[f"{table.key}.{row.key}.{column.key}"] = f"{words}·{column.label.split('（')[0]}"
    return out


def _row_words(row: Row, rows: Mapping[str, Row]) -> str:
    parent = rows.get(row.parent or "")
    above = parent.number if parent and parent.parent else ""
    return f"{above}{row.number}{row.label.split('（')[0]}"
