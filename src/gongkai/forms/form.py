"""A statutory form as one object: its parts, what must hold between its figures, and what compares with older forms.

The data files in ``data/`` are the only place where labels, order, units and relations stand; everything else (readers,
writers, checks, pages) asks a :class:`Form`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from gongkai.forms.parts import Cell, Section, Table, cells_of, words_of
from gongkai.forms.relations import Derived, Relation


@dataclass(frozen=True, slots=True)
class Bridge:
    """What stands for what between an older form and this one, and whether the two may be compared."""

    older: str
    newer: str
    comparable: bool
    reason: str


@dataclass(frozen=True)
class Form:
    """A form, complete. ``cells`` is in printing order; ``sets`` names groups of rows and columns."""

    key: str
    name: str
    document_number: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: dict[str, Table]
    sets: dict[str, tuple[str, ...]]
    relations: tuple[Relation, ...] = field(default=(), repr=False)
    derived: tuple[Derived, ...] = field(default=(), repr=False)
    bridges: tuple[Bridge, ...] = field(default=(), repr=False)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every figure of the form by address, in printing order."""
        return cells_of(self.tables)

    @cached_property
    def cells_of_table(self) -> dict[str, tuple[str, ...]]:
        """The addresses of each table's figures, in printing order."""
        return {key: tuple(a for a, cell in self.cells.items() if cell.table.key == key) for key in self.tables}

    @cached_property
    def words(self) -> dict[str, str]:
        """The official words of every row, column and figure, for messages, by key and by address."""
        return words_of(self.tables)
