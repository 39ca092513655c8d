"""What is asked: the words and conditions of the simple box and of the advanced form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .document import Kind

LONGEST = 100
"""Characters of a query that are looked at; the rest is cut off, and the page says so."""

DEEPEST = 10_000
"""Results that can be paged through. Beyond it, conditions find things and paging does not."""


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    DATE = "date"


class Period(StrEnum):
    """Presets of the time filter."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def since(self, today: date) -> date:
        """The first day of the period that ends today."""
        return today - timedelta(days=DAYS[self] - 1)


DAYS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`words` is the simple box: words, "phrases", -exclusions, a 文号. The other texts are the advanced form's.

    `since` and `until` are days, both included. `organ` finds the organ and everything below it.
    """

    words: str = ""
    phrase: str = ""
    any_of: str = ""
    without: str = ""
    number: str = ""
    in_title: bool = False
    organ: int | None = None
    kind: Kind | None = None
    art20: str = ""
    theme: str = ""
    validity: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 20

    @property
    def asks(self) -> bool:
        """Whether there are any words at all (conditions alone list everything they hold for)."""
        return any(text.strip() for text in (self.words, self.phrase, self.any_of, self.without, self.number))
