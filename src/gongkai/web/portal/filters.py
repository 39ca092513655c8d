"""The conditions of a list, from its address: known keys of the classifications and days, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.models.item import in_force
from gongkai.web.catalogue.models.stages import Validity
from gongkai.web.catalogue.taxonomy import ART20, ART21, GENRES, KINDS, THEMES
from gongkai.web.catalogue.taxonomy.terms import Terms

CLASSES: dict[str, Terms[Any]] = {"art20": ART20, "art21": ART21, "kind": KINDS, "theme": THEMES, "genre": GENRES}
LABELS = {"art20": "法定主动公开内容", "art21": "第二十一条事项", "kind": "信息类别", "theme": "主题分类", "genre": "体裁分类"}
VALIDITIES = {"in_force": "现行有效", "ended": "失效和废止"}
FIRST_YEAR, LAST_YEAR = 1949, 2200


class UnknownCondition(ValueError):  # noqa: N818
    """A condition that no list has; `name` and `value` say which."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"没有“{name}={value}”这个条件")
        self.name, self.value = name, value


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty values don't filter. `day` is one day, `month` is YYYY-MM, `year` a number."""

    art20: str = ""
    art21: str = ""
    kind: str = ""
    theme: str = ""
    genre: str = ""
    validity: str = ""
    year: str = ""
    month: str = ""
    day: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        """The conditions in a query. Raises UnknownCondition."""
        found = cls(**{field.name: str(asked.get(field.name, "")).strip() for field in fields(cls)})
        for name, terms in CLASSES.items():
            value = getattr(found, name)
            if value and value not in terms:
                raise UnknownCondition(name, value)
        if found.validity and found.validity not in VALIDITIES:
            raise UnknownCondition("validity", found.validity)
        found.span()
        return found

    def span(self) -> tuple[date, date] | None:
        """First day and the day after the last of the days asked for. Raises UnknownCondition."""
        name = "day" if self.day else "month" if self.month else "year"
        value = getattr(self, name)
        if not value:
            return None
        try:
            first = datetime.strptime(value, {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[name]).date()  # noqa: DTZ007
        except ValueError as error:
            raise UnknownCondition(name, value) from error
        if not FIRST_YEAR <= first.year <= LAST_YEAR:
            raise UnknownCondition(name, value)
        if name == "day":
            return first, first + timedelta(days=1)
        if name == "month":
            return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first, first.replace(year=first.year + 1)

    def apply(self, items: QuerySet[Item]) -> QuerySet[Item]:
        """The items that meet every condition."""
        exact = {name: getattr(self, name) for name in CLASSES if getattr(self, name)}
        if exact:
            items = items.filter(**exact)
        if self.validity == "in_force":
            items = items.filter(in_force())
        elif self.validity == "ended":
            ended = Q(validity__in=(Validity.EXPIRED, Validity.REPEALED))
            items = items.filter(ended | (~Q(validity=Validity.NONE) & Q(expires_on__lt=timezone.localdate())))
        span = self.span()
        if span is not None:
            first, after = (timezone.make_aware(datetime.combine(day, time())) for day in span)
            items = items.filter(published_at__gte=first, published_at__lt=after)
        return items

    def pairs(self) -> list[tuple[str, str]]:
        """The conditions set, in a fixed order."""
        return [(field.name, getattr(self, field.name)) for field in fields(self) if getattr(self, field.name)]

    def query(self) -> str:
        """`?…` of this list, or nothing."""
        return f"?{urlencode(self.pairs())}" if self.pairs() else ""

    def in_words(self) -> list[str]:
        """Each condition as people read it."""
        words = [CLASSES[name].title(getattr(self, name)) for name in CLASSES if getattr(self, name)]
        if self.validity:
            words.append(VALIDITIES[self.validity])
        span = self.span()
        if span is not None:
            first = span[0]
            year = f"{first.year}年"
            words.append(f"{year}{first.month}月{first.day}日" if self.day else f"{year}{first.month}月" if self.month else year)
        return words

    def title(self) -> str:
        """The heading of the list."""
        words = self.in_words()
        return "，".join(words) if words else "全部信息"
