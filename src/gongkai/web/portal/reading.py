"""The words of a file as blocks to read: paragraphs, and lines with tabs as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 200_000
"""Characters shown on one page; who wants more downloads the file."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's `text`, or the `rows` of a table."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> tuple[list[Block], bool]:
    """The blocks of `text` (catalogue.files.extraction parts lines and cells so), and whether some was left out."""
    found: list[Block] = []
    table: list[tuple[str, ...]] = []
    for line in text[:LONGEST].splitlines():
        if "\t" in line:
            table.append(tuple(cell.strip() for cell in line.split("\t")))
            continue
        if table:
            found.append(Block(rows=tuple(table)))
            table = []
        if line.strip():
            found.append(Block(line.strip()))
    if table:
        found.append(Block(rows=tuple(table)))
    return found, len(text) > LONGEST
