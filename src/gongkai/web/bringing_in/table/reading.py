"""Table rows into things to bring in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from gongkai.web.bringing_in.row import ItemRow
from gongkai.web.organs.models import Organ

from .columns import COLUMNS, BadCell
from .folder import Folder
from .organs import Directory
from .streaming import TableRow, rows_of

_OWN = {"key", "index_number", "validity", "published_at"}


def read(name: str, file: BinaryIO, organ: Organ, folder: Folder) -> Iterator[ItemRow]:
    """Every row of the table; `organ` is the one of rows that name none. Raises CannotReadTable."""
    directory = Directory()
    for row in rows_of(name, file):
        yield read_row(row, organ, folder, directory)


def batches(rows: Iterable[ItemRow], size: int) -> Iterator[list[ItemRow]]:
    """Rows by `size`, in their order."""
    walk = iter(rows)
    while found := list(islice(walk, size)):
        yield found


def read_row(row: TableRow, organ: Organ, folder: Folder, directory: Directory) -> ItemRow:
    """One row; what can't be understood is in `unreadable`, each fault with its column."""
    found = ItemRow(f"第{row.number}行", organ)
    for column in COLUMNS:
        text = row.cells.get(column.title, "")
        if not text:
            if column.required:
                found.unreadable.append(f"缺少“{column.title}”")
            continue
        try:
            _put(found, column.name, column.parse(text), folder, directory)
        except BadCell as error:
            found.unreadable.append(f"“{column.title}”：{error}")
    return found


def _put(found: ItemRow, name: str, value: Any, folder: Folder, directory: Directory) -> None:
    if name == "organ":
        found.organ = directory.find(value)
    elif name == "unit":
        found.unit = directory.find(value)
    elif name == "files":
        found.files = tuple(folder.file(one) for one in value)
    elif name == "body_file":
        if found.values.get("body"):
            raise BadCell("“正文”和“正文文件”只能填一个")
        found.values["body"] = folder.body(value)
    elif name == "old_paths":
        found.old_paths = tuple(_old_path(one) for one in value)
    elif name in _OWN:
        setattr(found, name, value)
    else:
        found.values[name] = value


def _old_path(text: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(text)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not path.startswith("/") or len(path) > 500:
        raise BadCell(f"“{text}”应是以/开头、不超过500字的路径，或完整网址")
    return path
