"""From models to shapes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.web.catalogue.models import Attachment, CatalogueEntry, Item, StandingPage, TextState
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Change, Organ
from gongkai.web.portal.column import PUBLIC
from gongkai.web.portal.counts import Line
from gongkai.web.portal.linked import linked, publisher_of
from gongkai.web.portal.pairing import Pair
from gongkai.web.portal.site import site
from gongkai.web.reporting.models import AnnualReport

PLAIN = (
    "number", "index_number", "title", "document_number", "kind", "art20", "art21", "theme", "genre", "summary", "written_on",
    "effective_on", "expires_on", "published_at", "updated_at",
)  # fmt: skip


def organ(request: HttpRequest, one: Organ, parent: str | None) -> dict[str, Any]:
    """OrganOut."""
    names = ("slug", "name", "short_name", "kind", "type", "level", "division_code", "credit_code", "closed_on")
    found = {name: getattr(one, name) for name in names}
    return found | {"parent": parent, "url": site(request).address(reverse("portal:home", args=[one.slug]))}


def change(one: Change) -> dict[str, Any]:
    """ChangeOut. Another organ of the change is named when its page is public."""
    seen = set(visible(Organ, PUBLIC).filter(listed=True, changes_as_party__change=one).values_list("pk", flat=True))
    organs = [party.organ.slug for party in one.parties.all() if party.organ_id in seen]
    return {"kind": one.kind, "title": one.get_kind_display(), "on": one.on, "basis": one.basis, "note": one.note, "organs": organs}


def counted(lines: list[Line]) -> list[dict[str, Any]]:
    """CountOut of each line of an index."""
    return [{"key": line.key, "title": line.title, "count": line.count} for line in lines]


def item(request: HttpRequest, one: Item) -> dict[str, Any]:
    """ItemOut."""
    state = one.validity_on()
    return {name: getattr(one, name) for name in PLAIN} | {
        "url": site(request).address(one.get_absolute_url()), "organ": one.organ.slug, "organ_name": one.organ.name,
        "keywords": one.keyword_list, "validity": state.value, "validity_title": state.label if state.value else "",
    }  # fmt: skip


def whole_item(request: HttpRequest, one: Item) -> dict[str, Any]:
    """ItemWhole."""
    the_site, found = site(request), linked(one)

    def link(other: Item, pair: Pair) -> dict[str, Any]:
        return {"number": other.number, "title": other.title, "form": pair.form, "url": the_site.address(other.get_absolute_url())}

    files = [
        {"name": row.name, "title": row.title, "type": row.file.type, "size": row.file.size, "sha256": row.file_id,
         "url": the_site.address(reverse("catalogue:file", args=[one.number, row.pk])), "text_url": _text_url(request, one, row)}
        for row in found.files
    ]  # fmt: skip
    return item(request, one) | {
        "body": one.body, "source": one.source, "language": one.language, "publisher": publisher_of(one),
        "validity_from": one.validity_from, "validity_basis": one.validity_basis, "joint_organs": [row.slug for row in found.joint], "attachments": files,
        "interpretations": [link(pair.reading, pair) for pair in found.readings],
        "policies": [link(pair.policy, pair) for pair in found.policies],
        "ended_by": found.ended_by.number if found.ended_by else None, "ended": [row.number for row in found.ended],
        "channels": [{"channel": row.channel, "on": row.on, "address": row.address, "place": row.place} for row in found.channels],
        "entries": [row.pk for row in found.entries],
    }  # fmt: skip


def _text_url(request: HttpRequest, one: Item, row: Attachment) -> str | None:
    if row.file.text_state != TextState.DONE:
        return None
    return site(request).address(reverse("portal:file_text", args=[one.number, row.pk]))


def entry(request: HttpRequest, row: CatalogueEntry, count: int) -> dict[str, Any]:
    """EntryOut."""
    names = (
        "field", "seq", "item_level1", "item_level2", "content_elements", "legal_basis", "time_limit", "carriers", "audience_all",
        "audience_specific", "mode_proactive", "mode_on_request", "level_county", "level_township", "level_village",
    )  # fmt: skip
    found = {name: getattr(row, name) for name in names}
    responsible = row.responsible.name if row.responsible else row.responsible_body
    address = site(request).address(reverse("portal:entry", args=[row.organ.slug, row.pk]))
    return found | {"id": row.pk, "organ": row.organ.slug, "responsible": responsible, "items": count, "url": address}


def standing_page(row: StandingPage, public_number: int | None) -> dict[str, Any]:
    """PageOut."""
    names = ("kind", "title", "revised_on", "classification", "arrangement", "obtaining", "requesting", "remedies", "body")
    return {name: getattr(row, name) for name in names} | {"id": row.pk, "organ": row.organ.slug, "item": public_number}


def report(request: HttpRequest, row: AnnualReport) -> dict[str, Any]:
    """ReportOut."""
    found = {name: getattr(row, name) for name in ("year", "title", "form", "published_on", "errors", "warnings")}
    where = [row.organ.slug, row.year]
    return found | {
        "organ": row.organ.slug, "url": site(request).address(reverse("reporting:report", args=where)),
        "data": site(request).address(reverse("reporting:document", args=[*where, "json"])),
    }  # fmt: skip
