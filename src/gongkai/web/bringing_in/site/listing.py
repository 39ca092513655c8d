"""The list of addresses: what is on it, and what shall be read once more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.web.bringing_in.models import PageState, SitePage, SiteRun
from gongkai.web.house.plain_text import plain

LONGEST = 500
_TOO_LONG = f"网址超过{LONGEST}个字"


def note_addresses(source: str, addresses: Iterable[str], run: SiteRun | None = None) -> int:
    """Put addresses on the list; known ones stay as they are. Gives how many are new.

    One too long to be kept whole is listed cut, with the reason why it will not be read.
    """
    before = SitePage.objects.filter(source=source).count()
    fresh = (_noted(source, plain(one), run) for one in addresses)
    SitePage.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return SitePage.objects.filter(source=source).count() - before


def _noted(source: str, address: str, run: SiteRun | None) -> SitePage:
    page = SitePage(source=source, address=address[:LONGEST], run=run)
    if len(address) > LONGEST:
        page.state, page.reason = PageState.SKIPPED, _TOO_LONG
    return page


def again(pages: QuerySet[SitePage]) -> int:
    """What stayed out waits once more; gives how many."""
    out = pages.filter(state__in=(PageState.FAILED, PageState.SKIPPED))
    # One that was cut is not the address that was meant.
    return out.exclude(reason=_TOO_LONG).update(state=PageState.WAITING, tries=0, read_at=None)
