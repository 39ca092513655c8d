"""Draws blocks as plain values, so that a test can say what it expects in one glance."""

from __future__ import annotations

from gongkai.reading.blocks import Block, Document, Grid, Paragraph


def matrix(grid: Grid) -> list[list[str]]:
    """A grid slot by slot; a slot covered by a span shows ``<`` or ``^``, one no cell fills ``?``."""
    height = max(cell.row + cell.rowspan for cell in grid.cells)
    width = max(cell.column + cell.colspan for cell in grid.cells)
    slots = [["?"] * width for _ in range(height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                assert slots[row][column] == "?", f"two cells at {row}, {column}"
                slots[row][column] = "<" if column > cell.column else "^"
        slots[cell.row][cell.column] = cell.text
    return slots


def texts(document: Document) -> list[str | list[list[str]]]:
    """The blocks in order: a paragraph as its text, a grid as its matrix."""
    return [drawn(block) for block in document.blocks]


def drawn(block: Block) -> str | list[list[str]]:
    return block.text if isinstance(block, Paragraph) else matrix(block)
