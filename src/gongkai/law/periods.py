"""The single periods beside the reply clock, each from its first day to its last, with its article.

Day 0 is the day the period starts from and never counts. Periods in calendar days or months that end on a rest day
end on the next working day, unless the rules say otherwise.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.law.calendar import Calendar, Day, official_calendar
from gongkai.law.events import Party
from gongkai.law.explain import Explanation, Step
from gongkai.law.rules import Rules, default_rules


@dataclass(frozen=True, slots=True)
class Period:
    """A period and its last day. ``length`` with ``unit`` is the statutory length (个工作日, 日, 个月)."""

    name: str
    start: date
    due: date
    length: int
    unit: str
    article: str
    provisional: bool
    calendar: Calendar = field(repr=False, compare=False)

    def explain(self) -> Explanation:
        """Day by day; of a period in months, the corresponding day of each month. The counted steps number ``length``."""
        notes = ("期限经过的年份尚无国务院办公厅放假通知，日期为暂定。",) if self.provisional else ()
        summary = (f"起算之日：{self.start}", f"期限：{self.length}{self.unit}（{self.article}）",
                   f"期限届满日：{self.due}（{self.calendar.day(self.due).weekday}）",
                   f"工作日历：{self.calendar.version}")  # fmt: skip
        steps = [_step(self.calendar.day(self.start), None, "第0日，不计入"), *self._counted(), *self._moved()]
        return Explanation(f"{self.name}计算说明", summary, tuple(steps), notes)

    def _counted(self) -> Iterator[Step]:
        """The steps from the first day to the last before it is moved."""
        if self.unit == "个月":
            for n in range(1, self.length + 1):
                on = _months_later(self.start, n)
                short = "" if on.day == self.start.day else "，该月没有对应日，以月末为准"
                yield _step(self.calendar.day(on), n, f"满{n}个月之日{short}")
            return
        number = 0
        for day in self.calendar.days(self.start + timedelta(days=1), self._nominal()):
            counts = day.working or self.unit == "日"
            number += counts
            yield _step(day, number if counts else None, day.why)

    def _moved(self) -> Iterator[Step]:
        """The days from a last day at rest to the working day it is moved to."""
        for day in self.calendar.days(self._nominal() + timedelta(days=1), self.due):
            last = "顺延后的届满日" if day.on == self.due else "末日为休息日，顺延"
            yield _step(day, None, f"{day.why}；{last}")

    def _nominal(self) -> date:
        """The last day before it is moved off a rest day."""
        if self.unit == "个月":
            return _months_later(self.start, self.length)
        return self.start + timedelta(days=self.length) if self.unit == "日" else self.due


def _step(day: Day, number: int | None, why: str) -> Step:
    provisional = "（暂定）" if day.provisional else ""
    return Step(day.on, day.weekday, number is not None, number, why + provisional, "", day.provisional)


def publication(formed: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """Proactive publication after the day the information was formed or changed (Article 26)."""
    return _working("主动公开期限", formed, "publication_days", calendar, rules)


def correction_notice(received: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """The notice of what to correct, after receipt of the request (Article 30)."""
    return _working("补正告知期限", received, "correction_notice_days", calendar, rules)


def opinion(delivered: date, party: Party, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """A third party's or co-maker's answer after it received the letter (Articles 32, 34).

    Raises ValueError for another organ: the Regulation sets it no time.
    """
    names = {Party.THIRD_PARTY: "third_party_days", Party.CO_MAKER: "co_maker_days"}
    if party not in names:
        raise ValueError("条例没有规定其他机关答复征求意见的期限。请在征求意见书中写明。")
    return _working(f"{party.label}提出意见期限", delivered, names[party], calendar, rules)


def payment(noticed: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """Payment of the information processing fee after the applicant received the notice."""
    return _working("缴纳信息处理费期限", noticed, "payment_days", calendar, rules)


def reconsideration(known: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """Application for administrative reconsideration after the applicant knew of the reply."""
    return _natural("申请行政复议期限", known, "reconsideration_days", "日", calendar=calendar, rules=rules)


def litigation(known: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """A suit without reconsideration, after the applicant knew of the reply."""
    return _natural("直接提起行政诉讼期限", known, "litigation_months", "个月", calendar=calendar, rules=rules)


def litigation_after_review(received: date, calendar: Calendar | None = None, rules: Rules | None = None) -> Period:
    """A suit after the reconsideration decision was received."""
    return _natural("不服复议决定提起行政诉讼期限", received, "after_review_days", "日", calendar=calendar, rules=rules)


def _working(name: str, start: date, rule: str, calendar: Calendar | None, rules: Rules | None) -> Period:
    calendar, rules = calendar or official_calendar(), rules or default_rules()
    length: int = getattr(rules, rule)
    due = calendar.add(start, length)
    return Period(name, start, due, length, "个工作日", rules.basis.get(rule, ""), calendar.provisional(start, due), calendar)


def _natural(name: str, start: date, rule: str, unit: str, *, calendar: Calendar | None,
             rules: Rules | None) -> Period:  # fmt: skip
    calendar, rules = calendar or official_calendar(), rules or default_rules()
    length: int = getattr(rules, rule)
    due = _months_later(start, length) if unit == "个月" else start + timedelta(days=length)
    if rules.last_day_at_rest_moves:
        due = calendar.at_or_after(due)
    return Period(name, start, due, length, unit, rules.basis.get(rule, ""), calendar.provisional(start, due), calendar)


def _months_later(start: date, count: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
