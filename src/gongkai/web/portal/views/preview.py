"""A document's page as the public will see it, for those who see the item before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.web.catalogue.models import Item
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.visibility import get_visible
from gongkai.web.portal.answers import page

from .document import context_of


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Made for this person alone, and kept by no browser."""
    item = get_visible(Item, actor_of(request), number=number)
    return page(request, "portal/document.html", context_of(request, item) | {"preview": True})
