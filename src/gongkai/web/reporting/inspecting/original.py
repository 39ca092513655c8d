"""The document as shown beside its figures: rebuilt from what the reader found, never the foreign markup itself.

Every place of a figure, claim or problem carries an anchor (``at-<address>``, ``claim-<n>``, ``problem-<n>``), which is
the id of the element that a link outlines.
"""

from __future__ import annotations

import msgspec

Box = tuple[float, float, float, float]


class Run(msgspec.Struct, omit_defaults=True):
    """A stretch of text; ``mark`` is figure, claim, problem or nothing."""

    text: str
    anchor: str = ""
    mark: str = ""


class Line(msgspec.Struct, tag="line", omit_defaults=True):
    """A line of a text file, with its number."""

    number: int
    runs: list[Run]


class Paragraph(msgspec.Struct, tag="paragraph", omit_defaults=True):
    """A paragraph or heading of a page or office document."""

    level: int
    runs: list[Run]


class Slot(msgspec.Struct, omit_defaults=True):
    """A cell of a table."""

    text: str
    anchor: str = ""
    rowspan: int = 1
    colspan: int = 1


class Table(msgspec.Struct, tag="table", omit_defaults=True):
    """A table by its rows; ``number`` counts from 1 in the document."""

    number: int
    rows: list[list[Slot]]
    sheet: str = ""


class Mark(msgspec.Struct, omit_defaults=True):
    """A box on a page, in points from the top left."""

    box: Box
    text: str = ""
    anchor: str = ""
    mark: str = ""


class Sheet(msgspec.Struct, tag="page", omit_defaults=True):
    """A page: its picture with boxes on it, or (``drawn``) the texts found on it where they stand."""

    number: int
    width: float
    height: float
    marks: list[Mark]
    pictured: bool = False
    drawn: list[Mark] = []


class Cut(msgspec.Struct, tag="cut"):
    """Something without figures was left out here."""


Part = Line | Paragraph | Table | Sheet | Cut


def kind_of(part: Part) -> str:
    """line, paragraph, table, page or cut."""
    return str(part.__struct_config__.tag)


class Picture(msgspec.Struct):
    """The picture of a page, as PNG."""

    number: int
    png: bytes


def figure_anchor(address: str) -> str:
    """The id of a figure's place."""
    return f"at-{address}"
