"""Rows of cells with left and right edges -> an exact Grid with row and column spans.

Word's two formats both describe a table row by row: each cell has edges, and may continue the cell above it. The
columns of the table are the union of all edges.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gongkai.reading.blocks import Block, Cell, Grid, Paragraph
from gongkai.reading.limits import CannotRead, Limits

Merge = Literal["none", "first", "more"]


class Room:
    """Counts the cells of one document. ``take`` raises CannotRead ``too_large`` past ``limits.cells``."""

    def __init__(self, limits: Limits):
        self._limit, self._used = limits.cells, 0

    def take(self, cells: int) -> None:
        self._used += cells
        if self._used > self._limit:
            raise CannotRead("too_large", f"表格单元格超过上限{self._limit}个，请拆分文档后再读取。")


@dataclass(slots=True)
class Piece:
    """A cell of one row: its edges in any unit, whether it starts or continues a vertical merge, its text."""

    left: int
    right: int
    text: str
    merge: Merge = "none"


@dataclass(slots=True)
class Row:
    """A row's cells, and beside each what it holds: its paragraphs and the tables within it."""

    pieces: list[Piece] = field(default_factory=list)
    contents: list[list[Block]] = field(default_factory=list)

    def add(self, left: int, right: int, contents: list[Block], merge: Merge = "none") -> None:
        text = "\n".join(block.text for block in contents if isinstance(block, Paragraph))
        self.pieces.append(Piece(left, right, text.strip("\n"), merge))
        self.contents.append(contents)


def table_blocks(rows: list[Row], tolerance: int = 0) -> Iterator[Block]:
    """A table as its Grid and, after it, the grids inside its cells; a table for layout only as what it holds."""
    rows = [row for row in rows if row.pieces]
    held = [block for row in rows for contents in row.contents for block in contents]
    grids = [block for block in held if isinstance(block, Grid)]
    cells = sum(len(row.pieces) for row in rows)
    # A frame of one cell, or less table than it holds, only places things on the page.
    if cells == 1 or sum(len(grid.cells) for grid in grids) >= cells:
        yield from held
        return
    yield lattice([row.pieces for row in rows], tolerance)
    yield from grids


def lattice(rows: list[list[Piece]], tolerance: int = 0) -> Grid:
    """The Grid of a table. Edges of different rows no further apart than ``tolerance`` are one column edge."""
    edges = _edges(rows, tolerance)
    cells: list[Cell] = []
    above: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(rows):
        here: dict[tuple[int, int], Cell] = {}
        for piece in row:
            left = _column(edges, piece.left)
            right = max(_column(edges, piece.right), left + 1)
            start = above.get((left, right)) if piece.merge == "more" else None
            if start is not None:
                start.rowspan += 1
                here[left, right] = start
                continue
            cell = Cell(piece.text, number, left, 1, right - left)
            cells.append(cell)
            if piece.merge != "none":
                here[left, right] = cell
        above = here
    return Grid(cells)


def _edges(rows: list[list[Piece]], tolerance: int) -> list[int]:
    """The column edges, each the least of its cluster, ascending."""
    found = sorted({edge for row in rows for piece in row for edge in (piece.left, piece.right)})
    edges: list[int] = []
    last = 0
    for edge in found:
        if not edges or edge - last > tolerance:
            edges.append(edge)
            last = edge
    return edges


def _column(edges: list[int], edge: int) -> int:
    """The column that starts at (or, within the tolerance, just before) an edge."""
    at = bisect_left(edges, edge)
    return at if at < len(edges) and edges[at] == edge else at - 1
