"""The column of one organ or region: who it is, its office, its place in the tree, its navigation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404
from django.urls import reverse

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_below, published_items
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import get_visible, visible
from gongkai.web.organs.models import Kind, Office, Organ, Type

from .edition import Now, remembered
from .site import ColumnWords

NEAR = 12
PUBLIC = Actor.public()
_BY_TYPE = {Type.OFFICE: 0, Type.GOVERNMENT: 1, Type.TOWNSHIP: 1}


@dataclass(frozen=True, slots=True)
class Column:
    """`office` is the organ's own, or for a region that of its government's office; `near` are organs beside it."""

    organ: Organ
    office: Office | None
    line: tuple[Organ, ...]
    near: tuple[Organ, ...]
    whole: bool

    @property
    def region(self) -> bool:
        """A region gathers its organs."""
        return self.organ.kind == Kind.REGION

    def address(self, view: str = "home", *args: Any) -> str:
        """Of a page of this column."""
        return reverse(f"portal:{view}", args=[self.organ.slug, *args])

    def items(self) -> QuerySet[Item]:
        """What the column lists: the organ's own; for a region that of everything in it."""
        if self.whole:
            return published_items()
        return published_below(self.organ) if self.region else published_items().filter(organ=self.organ)

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        """首页 and what lies between."""
        return [("首页", self.address()), *more]

    def words(self, name: str, description: str = "", types: tuple[str, ...] = ()) -> ColumnWords:
        """Page tags of a page named `name` in this column."""
        description = description or f"{self.organ.name}{name}"
        return ColumnWords(name, description, (name, "政府信息公开", self.organ.name), types or (name,))

    def context(self, here: str, words: ColumnWords, **more: Any) -> dict[str, Any]:
        """What every page of the column gives its template; `here` is the entry of the navigation."""
        return {
            "column": self, "organ": self.organ, "office": self.office, "here": here, "words": words, "tags": list(words.tags()),
            "nav": partial(navigation, self, here), **more,
        }  # fmt: skip


def column_of(slug: str) -> Column:
    """The column at `slug`, or Http404: an organ that is not listed has none."""
    return remembered("column", slug, lambda: _column(get_visible(Organ, PUBLIC, slug=slug, listed=True)))


def column_of_organ(organ: Organ, now: Now | None = None) -> Column:
    """The column in which an item of `organ` is shown: its own, or that of the nearest listed organ above."""

    def find() -> Column:
        above = visible(Organ, PUBLIC).filter(above__low=organ, listed=True).order_by("above__depth").first()
        if above is None:
            raise Http404
        return _column(above)

    return remembered("column of organ", organ.pk, find, now)


def organ_of(item: Item, now: Now | None = None) -> Organ:
    """The organ of a public item, with its names."""

    def find() -> Organ:
        prefetch_related_objects([item.organ], "names")
        return item.organ

    return remembered("organ", item.organ_id, find, now)


def first_region() -> Column | None:
    """The column at `/`: the first node without a parent."""

    def find() -> Column | None:
        top = visible(Organ, PUBLIC).filter(parent=None, listed=True).order_by("level", "order", "slug").first()
        return None if top is None else _column(top)

    return remembered("first region", None, find)


def _column(organ: Organ) -> Column:
    seen = visible(Organ, PUBLIC).filter(listed=True)
    line = tuple(seen.filter(above__low=organ).exclude(pk=organ.pk).order_by("-above__depth"))
    if organ.kind == Kind.REGION:
        near = seen.filter(parent=organ, closed_on=None)
    else:
        near = seen.filter(parent=organ.parent_id, closed_on=None).exclude(pk=organ.pk)
    whole = organ.parent_id is None and not Organ.objects.filter(parent=None).exclude(pk=organ.pk).exists()
    return Column(organ, _office(organ), line, tuple(near.order_by("kind", "order", "slug")[:NEAR]), whole)


def _office(organ: Organ) -> Office | None:
    offices = visible(Office, PUBLIC).select_related("organ")
    own = offices.filter(organ=organ).first()
    if own is not None or organ.kind != Kind.REGION:
        return own
    of_government = offices.filter(organ__parent=organ, organ__type__in=list(_BY_TYPE), organ__closed_on=None)
    return min(of_government, key=lambda one: (_BY_TYPE[Type(one.organ.type)], one.organ.order), default=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the blue band; `prefix` is left out on phones."""

    key: str
    prefix: str
    title: str
    address: str
    current: bool


def navigation(column: Column, here: str) -> list[Entry]:
    """The uniform columns (国办公开办函〔2019〕61号): four parts, and requests beside them."""
    parts = (
        ("home", "", "首页", column.address()),
        ("guide", "政府信息公开", "指南", column.address("guide")),
        ("rules", "政府信息公开", "制度", column.address("rules")),
        ("content", "", "法定主动公开内容", column.address("content")),
        ("reports", "政府信息公开", "年报", reverse("reporting:organ", args=[column.organ.slug])),
        ("request", "", "依申请公开", column.address("request")),
    )
    return [Entry(key, prefix, title, address, key == here) for key, prefix, title, address in parts]
