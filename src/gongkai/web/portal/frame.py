"""The portal's frame (header, navigation, page tags, footer) around the public pages of other rooms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from gongkai.web.organs.models import Organ

from .column import Column, column_of_organ, first_region
from .site import site


def frame(
    request: HttpRequest, name: str, organ: Organ | None = None, here: str = "", between: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """What `portal/column.html` needs for a page called `name`; `here` is its entry of the navigation.

    `organ` chooses the column (the nearest listed one above it), without one the first region's. While there is no organ
    at all the frame is plain: the site's name, no navigation.
    """
    column = _column(organ)
    own = {"site": site(request), "here_path": request.path}
    if column is None:
        return own
    return own | column.context(here, column.words(name), crumbs=column.crumbs(*between))


def _column(organ: Organ | None) -> Column | None:
    if organ is None:
        return first_region()
    try:
        return column_of_organ(organ)
    except Http404:
        return first_region()
