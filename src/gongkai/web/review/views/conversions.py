"""The count of conversions: from which attribute to which, by organ and year, with the decisions behind each figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.web.catalogue.visibility import WRITERS
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.paging import page_of
from gongkai.web.house.plain_text import whole_number
from gongkai.web.house.table_files import MEDIA, table_file
from gongkai.web.house.templatetags.house import day, moment
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Kind, Organ, Role
from gongkai.web.organs.scope import organs_in_scope
from gongkai.web.review.conversions import BY_KEY, Turn, changes_of, counted, years_of
from gongkai.web.review.models import AttributeChange

READERS = (*WRITERS, Role.SUPERVISOR)
HEADS = ("决定时间", "机关", "索引号", "文号", "标题", "原公开属性", "原理由", "现公开属性", "现理由", "评估意见", "下次评估", "信息现在的阶段")
_WIDTHS = {0: 17, 1: 28, 2: 24, 3: 20, 4: 60, 5: 12, 6: 28, 7: 12, 8: 28, 9: 50, 10: 12, 11: 14}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, as far as this person may. `changes` are of the organ and year, whichever way they went."""

    organ: Organ | None
    places: QuerySet[Organ]
    years: list[int]
    year: str
    turn: Turn | None
    changes: QuerySet[AttributeChange]

    def listed(self) -> QuerySet[AttributeChange]:
        """The decisions of the way that was chosen, or all."""
        found = self.changes if self.turn is None else self.changes.filter(self.turn.condition)
        return found.select_related("item__organ").defer("item__body", "item__summary")

    def query(self, **other: str) -> str:
        """The address of the same choice with something else in it."""
        chosen = {"organ": self.organ.slug if self.organ else "", "year": self.year, "turn": self.turn.key if self.turn else ""} | other
        return urlencode({name: value for name, value in chosen.items() if value})

    def title(self) -> str:
        """The name of the file."""
        return f"公开属性变更{self.year}"


def _asked(request: HttpRequest) -> _Asked:
    actor = actor_of(request)
    scope = organs_in_scope(actor, READERS)
    places = visible(Organ, actor).filter(pk__in=scope, kind__in=(Kind.REGION, Kind.ORGAN)).order_by("level", "-kind", "order", "slug")
    organ = places.filter(slug=request.GET.get("organ", "")[:60]).first() or places.first()
    changes = changes_of(actor, organ)
    years, year = years_of(changes), request.GET.get("year", "")
    if whole_number(year) not in years:
        year = ""
    if year:
        changes = changes.filter(at__year=int(year))
    return _Asked(organ, places, years, year, BY_KEY.get(request.GET.get("turn", "")), changes)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The counts, and under them the decisions they count."""
    asked = _asked(request)
    found = counted(asked.changes)
    context: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "totals": [(turn, count, asked.query(turn=turn.key)) for turn, count in found.totals],
        "lines": [
            (line.organ, [(turn, count, asked.query(organ=line.organ.slug, turn=turn.key)) for turn, count in line.counts])
            for line in found.lines
        ],
        "page": page_of(request, asked.listed(), unit="次"),
        "all": asked.query(turn=""),
        "files": asked.query(),
        "crumbs": [("审核发布", reverse("review:worklist"))],
    }  # fmt: skip
    return render(request, "review/conversions.html", context)


@require_safe
def download(request: HttpRequest, to: str) -> HttpResponseBase:
    """The decisions as the page lists them, all of them."""
    if to not in MEDIA:
        raise Http404
    asked = _asked(request)
    return table_file(to, asked.title(), HEADS, _rows(asked.listed()), _WIDTHS)


def _rows(changes: QuerySet[AttributeChange]) -> Iterator[list[str]]:
    for one in changes.iterator(chunk_size=500):
        item = one.item
        yield [
            moment(one.at), item.organ.name, item.index_number, item.document_number, item.title, one.get_old_display(),
            one.get_old_reason_display(), one.get_new_display(), one.get_new_reason_display(), one.why,
            day(one.next_on) if one.next_on else "", item.get_stage_display(),
        ]  # fmt: skip
