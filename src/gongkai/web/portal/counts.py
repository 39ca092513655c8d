"""Counts of what is public: by item of Art. 20, by kind, theme, organ, year, month and day. One query each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Func, QuerySet

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.taxonomy import ART20, ART21, KINDS, THEMES
from gongkai.web.catalogue.taxonomy.terms import Terms

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an index: number as printed, title, its full wording, key and count."""

    number: str
    title: str
    full: str
    key: str
    count: int


def by(items: QuerySet[Item], field: str) -> dict[Any, int]:
    """How many items there are of each value of `field`."""
    return dict(items.order_by().values_list(field).annotate(count=Count("pk")))


def statutory(items: QuerySet[Item]) -> list[Line]:
    """The 15 items of Art. 20 in their order; those with nothing too."""
    found = by(items, "art20")
    return [Line(f"（{numeral(term.number)}）", term.title, term.full, term.key, found.get(term.key, 0)) for term in ART20]


def extras(items: QuerySet[Item], level: int) -> list[Line]:
    """What Art. 21 adds at this level of government."""
    found = by(items, "art21")
    owed = [term for term in ART21 if level in term.levels or found.get(term.key)]
    return [Line("", term.title, "", term.key, found.get(term.key, 0)) for term in owed]


def themes(items: QuerySet[Item]) -> list[Line]:
    """Themes with something in them."""
    return _used(THEMES, by(items, "theme"))


def kinds(items: QuerySet[Item]) -> list[Line]:
    """Kinds with something in them."""
    return _used(KINDS, by(items, "kind"))


def _used(terms: Terms[Any], found: dict[Any, int]) -> list[Line]:
    return [Line("", term.title, "", term.key, found[term.key]) for term in terms if found.get(term.key)]


def numeral(number: int) -> str:
    """1 to 19 in Chinese."""
    if number <= 10:
        return _NUMERALS[number - 1]
    return "十" + _NUMERALS[number - 11]


class ChinaDay(Func):
    """A moment as text of the day (or month) in China: UTC+8 without summer time since 1992, so plain SQL will do."""

    arity = 1
    output_field = CharField()

    def __init__(self, expression: Any, pattern: str = "%Y-%m-%d", **extra: Any) -> None:
        super().__init__(expression, **extra)
        self.pattern = pattern

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """strftime is native; Django's own truncation calls Python for each row."""
        pattern = self.pattern.replace("%", "%%%%")  # Django formats it twice
        return super().as_sql(compiler, connection, template=f"strftime('{pattern}', %(expressions)s, '+8 hours')")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same on PostgreSQL."""
        pattern = self.pattern.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
        return super().as_sql(compiler, connection, template=f"to_char(%(expressions)s AT TIME ZONE 'Asia/Shanghai', '{pattern}')")


def by_month(items: QuerySet[Item]) -> list[tuple[int, list[tuple[int, int]], int]]:
    """(year, [(month, count) for 12 months], total), newest year first."""
    rows = items.order_by().annotate(part=ChinaDay(F("published_at"), "%Y-%m")).values_list("part").annotate(count=Count("pk"))
    found = Counter({(int(part[:4]), int(part[5:])): count for part, count in rows})
    years = sorted({year for year, _ in found}, reverse=True)
    return [
        (year, [(month, found[year, month]) for month in range(1, 13)], sum(found[year, month] for month in range(1, 13)))
        for year in years
    ]


def by_day(items: QuerySet[Item]) -> dict[date, int]:
    """Counts of the days that have something; `items` are already those of some month."""
    rows = items.order_by().annotate(part=ChinaDay(F("published_at"))).values_list("part").annotate(count=Count("pk"))
    return {date.fromisoformat(part): count for part, count in rows}
