"""Policies and their interpretations, both ends public.

Everything starts from `published_items()` and joins: a condition of the form `id IN (all public items)` would gather
all of them for each page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.web.catalogue.models import Interpretation, Item
from gongkai.web.catalogue.published import published_items

from .column import Column


@dataclass(frozen=True, slots=True)
class Pair:
    """One link; `form` in words (图解, 视频 …)."""

    policy: Item
    reading: Item
    form: str


def readings_in(column: Column) -> QuerySet[Item]:
    """Public interpretations of a public policy of this column, newest first."""
    policies = published_items().filter(readings__reading=OuterRef("pk"))
    if not column.whole:
        policies = policies.filter(organ__below__high=column.organ) if column.region else policies.filter(organ=column.organ)
    return published_items().filter(Exists(policies.order_by()), pk__in=Interpretation.objects.values("reading"))


def pairs_of(readings: list[Item]) -> list[Pair]:
    """The links of these (public) readings to public policies, in the order of the readings."""
    links = Interpretation.objects.filter(reading__in=[one.pk for one in readings]).order_by("pk")
    by_reading: dict[int, list[Interpretation]] = {}
    for link in links:
        by_reading.setdefault(link.reading_id, []).append(link)
    policies = published_items().in_bulk([link.policy_id for link in links])
    return [
        Pair(policies[link.policy_id], reading, link.get_form_display())
        for reading in readings
        for link in by_reading.get(reading.pk, ())
        if link.policy_id in policies
    ]


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A policy with the links to what interprets it."""

    policy: Item
    readings: list[Pair]


def grouped(pairs: list[Pair]) -> list[Interpreted]:
    """By policy, in the order in which the policies come."""
    found: dict[int, Interpreted] = {}
    for pair in pairs:
        found.setdefault(pair.policy.pk, Interpreted(pair.policy, [])).readings.append(pair)
    return list(found.values())


def readings_of(policy: Item) -> list[Pair]:
    """The public interpretations of a policy (itself public)."""
    return _links(policy, published_items().filter(read_policies__policy=policy), "reading")


def policies_of(reading: Item) -> list[Pair]:
    """The public policies that a reading (itself public) interprets."""
    return _links(reading, published_items().filter(readings__reading=reading), "policy")


def _links(item: Item, others: QuerySet[Item], end: str) -> list[Pair]:
    rows = {one.pk: one for one in others}
    if not rows:
        return []
    of_item = {"policy": item} if end == "reading" else {"reading": item}
    links = {getattr(link, f"{end}_id"): link for link in Interpretation.objects.filter(**of_item)}
    return [
        Pair(item, other, links[pk].get_form_display()) if end == "reading" else Pair(other, item, links[pk].get_form_display())
        for pk, other in rows.items()
        if pk in links
    ]
