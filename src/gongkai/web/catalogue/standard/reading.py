"""A published or exported catalogue table as rows of cells by column, whatever file it comes in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import PurePath

from gongkai.reading.blocks import Cell, Document, Grid, Paragraph
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.opening import open_document
from gongkai.web.catalogue.taxonomy import FIELDS
from gongkai.web.house.plain_text import plain, whole_number

from .columns import LABELS, REQUIRED, recognise

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5000
_SUFFIXES = (".xlsx", ".xls", ".docx", ".csv")


class CannotReadCatalogue(ValueError):  # noqa: N818
    """No catalogue table can be read from the file; the message says why and what to do."""


@dataclass(slots=True)
class RawRow:
    """`place` says where it stands, in words: “养老服务”序号12."""

    place: str
    field_key: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RawTable:
    """`ignored` are headings that are no column of ours."""

    rows: list[RawRow]
    ignored: list[str]
    columns: set[str]


def read_catalogue(name: str, content: bytes) -> RawTable:
    """The rows of every catalogue table in the file, merged cells filled. Raises CannotReadCatalogue."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        raise CannotReadCatalogue(f"“{name}”不是XLSX、XLS、DOCX或CSV文件。请另存为其中一种再导入。")
    if len(content) > MAX_BYTES:
        raise CannotReadCatalogue(
            f"“{name}”有{len(content) / 1024 / 1024:.1f} MB，超过5 MB。请分成几个文件导入。"
        )
    documents = [_of_csv(name, content)] if suffix == ".csv" else _opened(name, content)
    found = RawTable([], [], set())
    for document in documents:
        _collect(document, found)
    if not found.rows:
        wanted = "、".join(LABELS[key] for key in REQUIRED)
        raise CannotReadCatalogue(f"“{name}”中没有标准目录表。表头应有{wanted}等列，表头下应有内容。")
    if len(found.rows) > MAX_ROWS:
        raise CannotReadCatalogue(f"“{name}”有{len(found.rows)}行，超过{MAX_ROWS}行。请分成几个文件导入。")
    return found


def _opened(name: str, content: bytes) -> list[Document]:
    try:
        return open_document(content, name, Limits(bytes=MAX_BYTES))
    except CannotRead as error:
        raise CannotReadCatalogue(f"“{name}”打不开：{error.message}") from error


def _of_csv(name: str, content: bytes) -> Document:
    for charset in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(charset)
            lines = list(csv.reader(io.StringIO(text, newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
        cells = [
            Cell(text, row, column) for row, line in enumerate(lines) for column, text in enumerate(line)
        ]
        return Document(name, "csv", [Grid(cells)])
    raise CannotReadCatalogue(f"“{name}”的文字编码或CSV格式有误。请在表格软件中另存为“CSV UTF-8”再导入。")


def _collect(document: Document, found: RawTable) -> None:
    above = ""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = block.text if _field_in(block.text) else above
        elif isinstance(block, Grid):
            _rows_of(block, above, found)


def _field_in(*texts: str) -> str:
    """The field named in the first text that names one; the longest name wins (就业 is in many a sentence)."""
    for text in texts:
        names = [(word, term.key) for term in FIELDS for word in (term.title, *term.also) if word in text]
        if names:
            return max(names, key=lambda pair: len(pair[0]))[1]
    return ""


def _matrix(grid: Grid) -> list[list[str]]:
    """The grid with every slot of a merged cell saying its text."""
    height = max((cell.row + cell.rowspan for cell in grid.cells), default=0)
    width = max((cell.column + cell.colspan for cell in grid.cells), default=0)
    matrix = [[""] * width for _ in range(height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                matrix[row][column] = plain(cell.text).strip()
    return matrix


def _rows_of(grid: Grid, above: str, found: RawTable) -> None:
    matrix = _matrix(grid)
    first = next((n for n, row in enumerate(matrix) if any("".join(c.split()) == "序号" for c in row)), None)
    if first is None:
        return
    seq = next(n for n, cell in enumerate(matrix[first]) if "".join(cell.split()) == "序号")
    last = first
    while last + 1 < len(matrix) and not _number(matrix[last + 1][seq]):
        last += 1
    heads = [[matrix[n][column] for n in range(first, last + 1)] for column in range(len(matrix[first]))]
    keys = [recognise(words) for words in heads]
    if not set(REQUIRED) <= set(keys):
        return
    found.columns |= {key for key in keys if key}
    found.ignored += [words[-1] for words, key in zip(heads, keys, strict=True) if key is None and any(words)]
    title = "".join(cell for row in matrix[:first] for cell in dict.fromkeys(row))
    named = _field_in(grid.spot.sheet or "", title, above)
    level1 = ""
    for row in matrix[last + 1 :]:
        cells = {key: cell for key, cell in zip(keys, row, strict=True) if key}
        if not any(cells.values()) or not _number(cells.get("seq", "")):
            continue
        level1 = cells["item_level1"] = cells.get("item_level1") or level1
        key = _own_field(cells) or named
        where = f"“{FIELDS.title(key)}”" if key else f"“{grid.spot.sheet or '表格'}”"
        found.rows.append(RawRow(f"{where}序号{cells['seq']}", key, cells))


def _own_field(cells: dict[str, str]) -> str:
    term = FIELDS.named(cells.get("field", ""))
    return term.key if term else ""


def _number(text: str) -> bool:
    return whole_number(text.strip().rstrip(".")) is not None
