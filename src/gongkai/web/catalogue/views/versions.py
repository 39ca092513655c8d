"""Earlier wordings of an item."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.catalogue.models import ItemVersion
from gongkai.web.catalogue.versions import FIELDS, changed_fields
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.visibility import get_visible, visible

from .items import crumbs_of, the_item

# Machinery and what the page shows elsewhere.
_NOT_SHOWN = {"body", "number", "organ", "created_by", "submitted_by", "emergency_reviewed_by", "validity_by"}


def version_list(request: HttpRequest, number: int) -> HttpResponse:
    """All versions, with what each changed."""
    item = the_item(request, number)
    versions = visible(ItemVersion, actor_of(request)).filter(item=item).select_related("by")
    page = page_of(request, versions, unit="版")
    older = {one.version: one for one in versions.filter(version__in=[one.version - 1 for one in page.rows])}
    rows = [(one, changed_fields(one, older.get(one.version - 1))) for one in page.rows]
    return render(
        request,
        "catalogue/versions.html",
        {"item": item, "page": page, "rows": rows, "crumbs": crumbs_of(item)},
    )


def show(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """One version in full."""
    item = the_item(request, number)
    found = get_visible(ItemVersion, actor_of(request), item=item, version=version)
    context = {
        "item": item,
        "version": found,
        "facts": [
            (field.verbose_name, _words(field, found.content[field.name]))
            for field in FIELDS
            if found.content.get(field.name) not in (None, "") and field.name not in _NOT_SHOWN
        ],
        "body": found.content.get("body", ""),
        "attachments": found.content.get("attachments", []),
        "crumbs": crumbs_of(item),
    }
    return render(request, "catalogue/version.html", context)


def _words(field: Any, value: Any) -> str:
    choices = dict(field.flatchoices)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(choices.get(value, value))
