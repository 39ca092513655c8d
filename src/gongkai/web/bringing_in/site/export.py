"""Every page of a run with its outcome and reason, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.bringing_in.models import PageState, SitePage, SiteRun
from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.templatetags.house import moment
from gongkai.web.house.visibility import visible

HEADS = ("网址", "结果", "原因", "读取时间", "索引号", "标题")
WIDTHS = {0: 60, 2: 50, 5: 50}
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
