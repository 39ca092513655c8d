"""A table of texts as a file to take away."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Sequence[str]


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    """UTF-8 with its mark, which spreadsheets need. No cell starts a formula: texts may come from outside."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def as_xlsx(heads: Row, rows: Iterable[Row], sheet_name: str, widths: Mapping[int, int], title: str = "") -> IO[bytes]:
    """A workbook in a temporary file, written row by row, ready to be read; `widths` by column, in characters."""
    import xlsxwriter

    store = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(store, options) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True})
        for place, width in widths.items():
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, bold)
        for number, row in zip(range(1, SHEET_ROWS + 1), rows, strict=False):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        book.set_properties({"title": title or sheet_name})
    store.seek(0)
    return store


def table_file(to: str, name: str, heads: Row, rows: Iterable[Row], widths: Mapping[int, int]) -> HttpResponseBase:
    """The answer that gives the table as `name`.csv or `name`.xlsx; KeyError for any other `to`."""
    answer: HttpResponseBase
    if to == "xlsx":
        answer = FileResponse(as_xlsx(heads, rows, name[:31], widths), content_type=MEDIA[to])
    else:
        answer = StreamingHttpResponse(as_csv(heads, rows), content_type=MEDIA[to])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{to}") or "attachment"
    return answer
