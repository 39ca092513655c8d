"""The publication clock of an item: 20 working days from its formation, or from its conversion (Art. 26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from gongkai.law import Calendar, Explanation, Period, official_calendar, publication
from gongkai.web.catalogue.models import Attribute, Item, Stage

from .models import AttributeChange

RUNNING = (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.APPROVED)


@dataclass(frozen=True, slots=True)
class Clock:
    """How the clock stands. `left` counts working days: 0 is today, negative is overdue. `mark` is bad, warn or nothing."""

    period: Period
    left: int
    done_on: date | None
    mark: str

    @property
    def words(self) -> str:
        """How it stands, as people say it."""
        if self.done_on is not None:
            late = self.done_on > self.period.due
            return f"逾期公开（期限{self.period.due}，公开{self.done_on}）" if late else "在期限内公开"
        if self.left < 0:
            return f"逾期{-self.left}个工作日"
        return "今天到期" if self.left == 0 else f"剩{self.left}个工作日"

    def explain(self) -> Explanation:
        """Day by day."""
        return self.period.explain()


def start_of(item: Item) -> date | None:
    """The day the clock runs from: the conversion, where what was withheld was opened, else the formation."""
    opened = (
        AttributeChange.objects.filter(item=item, new=Attribute.PROACTIVE).exclude(old=Attribute.PROACTIVE)
        .order_by("-at").values_list("at", flat=True).first()
    )  # fmt: skip
    return timezone.localtime(opened).date() if opened is not None else item.clock_starts_on


def clock_of(item: Item, today: date | None = None, near: int = 3) -> Clock | None:
    """The clock of an item that is to be published, or was; None where none runs."""
    start = start_of(item)
    if item.attribute != Attribute.PROACTIVE or start is None or item.stage == Stage.WITHDRAWN:
        return None
    today, calendar = today or timezone.localdate(), official_calendar()
    if not calendar.first <= start <= calendar.last - timedelta(days=60):
        return None
    period = publication(start)
    done = timezone.localtime(item.published_at).date() if item.published_at and item.stage == Stage.PUBLISHED else None
    left = _left(calendar, today, period.due)
    mark = "" if done is not None and done <= period.due else "bad" if (done or today) > period.due else "warn" if left <= near else ""
    return Clock(period, left, done, mark)


def _left(calendar: Calendar, today: date, due: date) -> int:
    """Working days from today to the last day; the last day itself is 0 left, a rest day after it is 1 late."""
    left = calendar.working_days(today, due)
    return -1 if today > due and left == 0 else left


def latest_overdue_start(today: date | None = None) -> date:
    """The latest day from which a clock that started then has run out before today (the count is monotonic)."""
    today = today or timezone.localdate()
    start = today - timedelta(days=20)
    while publication(start).due >= today:
        start -= timedelta(days=1)
    return start


def overdue(items: QuerySet[Item], today: date | None = None) -> QuerySet[Item]:
    """Of `items`, those to be published whose 20 working days are over. Annotated with `clock_start`."""
    opened = (
        AttributeChange.objects.filter(item=OuterRef("pk"), new=Attribute.PROACTIVE).exclude(old=Attribute.PROACTIVE)
        .order_by("-at").values(day=TruncDate("at"))[:1]
    )  # fmt: skip
    return (
        items.filter(stage__in=RUNNING, attribute=Attribute.PROACTIVE)
        .annotate(clock_start=Coalesce(Subquery(opened, output_field=DateField()), "formed_on", "written_on"))
        .filter(clock_start__lte=latest_overdue_start(today))
    )
