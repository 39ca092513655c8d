"""How often one address may search, on the page and in the API together, and be shown suggestions while it types."""

from __future__ import annotations

from django.conf import settings

from gongkai.web.house.rate import Rate

SUGGESTIONS_FOR_A_SEARCH = 5


def searches() -> Rate:
    """GONGKAI_SEARCH_RATE a minute."""
    return Rate("search", "检索", settings.ENV.search_rate)


def suggestions() -> Rate:
    """Some for each search: they come with the typing."""
    return Rate("suggest", "检索提示", settings.ENV.search_rate * SUGGESTIONS_FOR_A_SEARCH)
