"""How often information was given another attribute, and how often a re-assessment left it (Art. 18): counts by organ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils import timezone

from gongkai.web.catalogue.models import Attribute
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ

from .models import AttributeChange


@dataclass(frozen=True, slots=True)
class Turn:
    """One way a decision may go, `short` at the head of a narrow column. `old` and `new` empty: the attribute stays after a re-assessment."""

    key: str
    title: str
    short: str
    old: str = ""
    new: str = ""

    @property
    def condition(self) -> Q:
        """The changes that went this way."""
        return Q(old=self.old, new=self.new) if self.new else Q(old=F("new"))


def _turn(old: Attribute, new: Attribute) -> Turn:
    return Turn(f"{old}-{new}", f"{old.label}转为{new.label}", f"{old.label.removesuffix('公开')}转{new.label.removesuffix('公开')}", old, new)


# Opened first: that is what is asked for.
TURNS = (
    _turn(Attribute.ON_REQUEST, Attribute.PROACTIVE),
    _turn(Attribute.NOT_PUBLIC, Attribute.PROACTIVE),
    _turn(Attribute.NOT_PUBLIC, Attribute.ON_REQUEST),
    _turn(Attribute.ON_REQUEST, Attribute.NOT_PUBLIC),
    _turn(Attribute.PROACTIVE, Attribute.ON_REQUEST),
    _turn(Attribute.PROACTIVE, Attribute.NOT_PUBLIC),
    Turn("same", "评估后维持原属性", "维持"),
)
BY_KEY = {turn.key: turn for turn in TURNS}


@dataclass(frozen=True, slots=True)
class Line:
    """An organ and its counts in the order of TURNS."""

    organ: Organ
    counts: list[tuple[Turn, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """`totals` in the order of TURNS, `lines` by organ in the order of the tree; `out` of the `opened` are public now."""

    totals: list[tuple[Turn, int]]
    lines: list[Line]
    opened: int
    out: int


def changes_of(actor: Actor, organ: Organ | None) -> QuerySet[AttributeChange]:
    """The decisions about information of `organ` and all below it that the actor may see, the newest first."""
    seen = visible(AttributeChange, actor)
    return seen.filter(item__organ__below__high=organ) if organ is not None else seen.none()


def counted(changes: QuerySet[AttributeChange]) -> Counts:
    """Each decision once: a document changed twice counts twice. Three queries, however many there are."""
    by_organ: dict[int, Counter[str]] = {}
    for pk, old, new, count in changes.order_by().values_list("item__organ", "old", "new").annotate(count=Count("pk")):
        by_organ.setdefault(pk, Counter())[f"{old}-{new}" if old != new else "same"] += count
    organs = Organ.objects.filter(pk__in=by_organ).order_by("level", "order", "slug")
    lines = [Line(organ, [(turn, by_organ[organ.pk][turn.key]) for turn in TURNS]) for organ in organs]
    totals = [(turn, sum(counts[turn.key] for counts in by_organ.values())) for turn in TURNS]
    opening = changes.order_by().filter(new=Attribute.PROACTIVE).exclude(old=Attribute.PROACTIVE)
    out = opening.filter(item__released=True, item__published_at__lte=timezone.now()).values("item").distinct().count()
    return Counts(totals, lines, sum(count for turn, count in totals if turn.new == Attribute.PROACTIVE), out)


def years_of(changes: QuerySet[AttributeChange]) -> list[int]:
    """From the last to the first in which something was decided."""
    found = changes.order_by().aggregate(first=Min("at"), last=Max("at"))
    if found["first"] is None:
        return []
    return list(range(timezone.localtime(found["last"]).year, timezone.localtime(found["first"]).year - 1, -1))
