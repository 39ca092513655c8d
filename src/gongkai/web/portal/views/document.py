"""The page of one document at its permanent address, and its print view."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items
from gongkai.web.catalogue.sanitised import plain_text
from gongkai.web.catalogue.taxonomy import ART20, GENRES, KINDS, THEMES
from gongkai.web.portal import edition
from gongkai.web.portal.answers import page
from gongkai.web.portal.column import Column, column_of_organ, organ_of
from gongkai.web.portal.compiled import Compiled
from gongkai.web.portal.counts import numeral
from gongkai.web.portal.document_pages import kept_page
from gongkai.web.portal.linked import Linked, hanging, linked, publisher_of
from gongkai.web.portal.rows import BADGES
from gongkai.web.portal.site import Tag, pub_date, site

POLICY_KINDS = {"rules", "normative", "policy"}
SHORT = 120


@kept_page("page")
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The document with everything that belongs to it."""
    return _answer(request, number, "portal/document.html")


@kept_page("print")
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The same text laid out for paper."""
    return _answer(request, number, "portal/print.html")


def _of_number(number: int) -> QuerySet[Item]:
    return hanging(published_items().defer(None).select_related(None).filter(number=number)).order_by()


_public_item = Compiled(_of_number)


def _answer(request: HttpRequest, number: int, template: str) -> HttpResponse:
    item = _public_item.one(number)
    if item is None:
        raise Http404
    now = edition.current()
    item.organ = organ_of(item, now)
    return page(request, template, context_of(request, item, now))


def context_of(request: HttpRequest, item: Item, now: edition.Now | None = None) -> dict[str, Any]:
    """What the page of `item` shows, with what is shared by pages as it is in the edition `now`."""
    now = now or edition.current()
    column = column_of_organ(item.organ, now)
    found = linked(item)
    state = item.validity_on()
    context = column.context(
        "content", column.words(_column_name(item), types=("政策文件",) if item.kind in POLICY_KINDS else ()),
        item=item, linked=found, publisher=publisher_of(item), state=state, state_kind=BADGES.get(state, ""),
        title_lines=title_lines(item.title), crumbs=_crumbs(column, item), art20=_art20(item), theme=THEMES.title(item.theme),
        begins=_begins_later(item), genre=GENRES.title(item.genre), kind=KINDS.title(item.kind), history=_history(item, found),
        address=site(request).address(item.get_absolute_url()), edition=now,
    )  # fmt: skip
    context["tags"] += _article_tags(request, item, context["publisher"])
    return context


def _begins_later(item: Item) -> date | None:
    """The day on which a document comes into force, where that is after the day it was made public: until then its badge
    alone would say too much."""
    out = timezone.localdate(item.published_at)
    return item.effective_on if item.effective_on is not None and item.effective_on > out else None


def _column_name(item: Item) -> str:
    return ART20.title(item.art20) if item.art20 else KINDS.title(item.kind)


def _art20(item: Item) -> str:
    term = ART20.get(item.art20)
    return f"（{numeral(term.number)}）{term.title}" if term else ""


def _crumbs(column: Column, item: Item) -> list[tuple[str, str]]:
    where = column.crumbs(("法定主动公开内容", column.address("content")))
    address = reverse("portal:list", args=[column.organ.slug])
    query = f"?art20={item.art20}" if item.art20 else f"?kind={item.kind}"
    return [*where, (_column_name(item), address + query)]


def _article_tags(request: HttpRequest, item: Item, publisher: str) -> list[Tag]:
    """ArticleTitle and its companions (国办发〔2017〕47号)."""
    description = " ".join((item.summary or plain_text(item.body[:4000])).split())[:SHORT]
    tags = [
        ("ArticleTitle", item.title), ("PubDate", pub_date(item.published_at)), ("ContentSource", item.source or publisher),
        ("Keywords", ",".join(item.keyword_list)), ("Author", publisher), ("Description", description),
        ("Url", site(request).address(item.get_absolute_url())),
    ]  # fmt: skip
    return [(name, value) for name, value in tags if value]


def title_lines(title: str) -> list[str]:
    """A long title in two lines, cut where official titles are cut: after 关于印发 and the like."""
    for words in ("关于印发", "关于公布", "关于转发", "关于"):
        head, found, tail = title.partition(words)
        if found and head and len(title) > 20:
            return [head + found, tail] if words != "关于" else [head, found + tail]
    return [title]


def _history(item: Item, found: Linked) -> list[dict[str, Any]]:
    """文件沿革: what happened to the document, by day."""
    rows: list[dict[str, Any]] = [
        {"on": item.written_on, "text": "成文"},
        {"on": timezone.localdate(item.published_at) if item.published_at else None, "text": "发布"},
        {"on": item.effective_on, "text": "施行"},
    ]
    if item.validity_from and item.validity in BADGES and item.validity != "in_force":
        rows.append({"on": item.validity_from, "text": item.get_validity_display(), "by": found.ended_by, "basis": item.validity_basis})
    elif item.expires_on:
        rows.append({"on": item.expires_on, "text": "有效期届满"})
    rows += [{"on": one.validity_from, "text": f"使之{one.get_validity_display()}", "by": one} for one in found.ended]
    return sorted((row for row in rows if row["on"]), key=lambda row: row["on"])

