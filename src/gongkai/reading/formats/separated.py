"""Text tables in other dress, made one kind: commas, semicolons, drawn frames, Markdown emphasis, quoted mail.

Every change keeps the length of the text, so that offsets hold: a comma between fields becomes a tab, a frame's upright a
pipe, everything that only dresses the text blanks. Sentences are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reading.cleaning import squeeze
from gongkai.reading.matching.labels import label
from gongkai.reading.matching.numbers import is_value

_UPRIGHT = str.maketrans(dict.fromkeys("│┃║¦｜", "|"))
_FRAME = re.compile(r"^[ \t]*[┌┐└┘├┤┬┴┼─━┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬═|+\-=]*(?:[┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]|\+[-=]{2,}\+)[┌┐└┘├┤┬┴┼─━┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬═|+\-=]*[ \t]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])|<br\s*/?>|&nbsp;", re.IGNORECASE)
_MAIL = re.compile(r"^>[ ]?", re.MULTILINE)
_FIELD = re.compile(r'\s*"((?:[^"]|"")*)"\s*$')
_ROWS = 6  # so many rows of a table must show before a comma is taken for a border of fields


def as_tables(text: str) -> str:
    """The text with its tables in pipes and tabs, of the same length."""
    if ">" in text and text.count("\n>") * 10 >= text.count("\n") * 8:
        text = _MAIL.sub(_blank, text)
    if any(char in text for char in "│┃║¦｜┼+"):
        text = _FRAME.sub(_blank, text).translate(_UPRIGHT)
    if "|" in text and ("**" in text or "<br" in text or "&nbsp;" in text):
        text = "".join(_EMPHASIS.sub(_blank, line) if "|" in line else line for line in text.splitlines(keepends=True))
    for mark in ",;\t":
        if text.count(mark) > _ROWS and (mark != "\t" or '\t"' in text or '\n"' in text):
            text = _fields(text, mark)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _fields(text: str, mark: str) -> str:
    """The text with fields of comma-separated rows parted by tabs; unchanged when it has too few such rows."""
    records = list(_records(text, mark))
    tabular = [_is_row(record, mark) for record in records]
    named = sum(known and any(label(f) for f in _split(record, mark)) for record, known in zip(records, tabular, strict=True))
    if named < _ROWS:
        return text
    return "".join(_tabbed(record, mark) if known else record for record, known in zip(records, tabular, strict=True))


def _records(text: str, mark: str) -> Iterator[str]:
    """Lines, and lines joined where a quoted field runs on; a quote that stands inside a sentence opens none."""
    record = ""
    for line in text.splitlines(keepends=True):
        record += line
        opened = re.search(rf'(?:^|{re.escape(mark)})\s*"(?:[^"]|"")*$', record)
        if not opened or record.count("\n") > 12 or record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def _split(record: str, mark: str) -> list[str]:
    """The fields of a record as they stand, quotes and all."""
    fields, quoted = [""], False
    for char in record.rstrip("\r\n"):
        if char == '"':
            quoted = not quoted
        if char == mark and not quoted:
            fields.append("")
        else:
            fields[-1] += char
    return fields


def _is_row(record: str, mark: str) -> bool:
    """Whether at least half of what a record prints between its marks are labels and figures."""
    fields = _split(record, mark)
    printed = [s for f in fields if (s := squeeze(f.replace('"', "")))]
    if len(fields) < 2 or not printed:
        return len(fields) > 2  # a row of blanks
    known = sum(is_value(s) or label(s) is not None for s in printed)
    return known * 2 >= len(printed)


def _tabbed(record: str, mark: str) -> str:
    ending = record[len(record.rstrip("\r\n")):]
    return "\t".join(_bare(field) for field in _split(record, mark)) + ending


def _bare(field: str) -> str:
    """A field without its quotes and line breaks, of the same length."""
    if _FIELD.match(field):
        return re.sub(r'["\r\n]', " ", field)
    return field
