"""Every page of a run with its outcome and reason, as CSV and XLSX."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from gongkai.web.bringing_in.models import PageState, SitePage, SiteRun
from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.templatetags.house import moment
from gongkai.web.house.visibility import visible

HEADS = ("网址", "结果", "原因", "读取时间", "索引号", "标题")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 500


def with_items(pages: list[SitePage], actor: Actor) -> list[tuple[SitePage, Item | None]]:
    """Each page with the item that came of it, where the person may see that item."""
    wanted = [page.item_id for page in pages if page.item_id is not None]
    items = {item.pk: item for item in visible(Item, actor).filter(pk__in=wanted)}
    return [(page, items.get(page.item_id) if page.item_id is not None else None) for page in pages]


def rows(run: SiteRun, actor: Actor) -> Iterator[list[str]]:
    """In the order of the list."""
    pages = run.pages.order_by("pk")
    last = 0
    while some := list(pages.filter(pk__gt=last)[:_AT_ONCE]):
        last = some[-1].pk
        for page, item in with_items(some, actor):
            yield [
                page.address, str(PageState(page.state).label), page.reason, moment(page.read_at) if page.read_at else "",
                item.index_number if item else "", item.title if item else "",
            ]  # fmt: skip


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def as_csv(run: SiteRun, actor: Actor) -> Iterator[str]:
    """UTF-8 with its mark, which spreadsheets need. No cell starts a formula: addresses come from outside."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEADS)
    for row in rows(run, actor):
        yield writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def as_xlsx(run: SiteRun, actor: Actor) -> IO[bytes]:
    """A workbook in a temporary file, ready to be read; whoever sends it closes it."""
    import xlsxwriter

    store = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    options: dict[str, Any] = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(store, options) as book:
        sheet = book.add_worksheet("网页")
        bold = book.add_format({"bold": True})
        for place, width in ((0, 60), (2, 50), (5, 50)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([list(HEADS), *rows(run, actor)]):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, bold if number == 0 else None)
    store.seek(0)
    return store
