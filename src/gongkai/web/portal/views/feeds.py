"""RSS and Atom of any list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from gongkai.web.catalogue.taxonomy import KINDS
from gongkai.web.portal.answers import public_page
from gongkai.web.portal.column import column_of
from gongkai.web.portal.site import site

from .lists import asked_for

ENTRIES = 50
GENERATORS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
MEDIA = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


@public_page
def item_list(request: HttpRequest, slug: str, to: str) -> HttpResponse:
    """The newest of a list."""
    column, filters, the_site = column_of(slug), asked_for(request), site(request)
    title = f"{column.organ.name}：{filters.title()}"
    feed = GENERATORS[to](
        title=title, link=the_site.address(column.address("list") + filters.query()), description=f"{title}，按发布时间由新到旧。",
        language="zh-CN", feed_url=the_site.address(request.get_full_path()), author_name=column.organ.name,
    )  # fmt: skip
    for item in filters.apply(column.items())[:ENTRIES]:
        address = the_site.address(item.get_absolute_url())
        feed.add_item(
            title=item.title, link=address, description=item.summary or item.title, pubdate=item.published_at, unique_id=address,
            unique_id_is_permalink=True, author_name=item.organ.name, categories=(KINDS.title(item.kind),),
            updateddate=item.published_at,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type=MEDIA[to])
