"""Background work: emergency publications that nobody reviewed in time go to the organ above, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import connections
from django.db.models import Min
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.rule import Refused

from .actions.escalate_emergency import EscalateEmergency
from .models import EmergencyReview

# After midnight, when the last day of a term is over.
AT = time(0, 10)


@task()
def escalate_overdue() -> None:
    """Everything that is overdue now; then it waits for the next day on which something may be. Running it again finds nothing."""
    overdue = EmergencyReview.objects.filter(reviewed_at=None, escalated_at=None, due_on__lt=timezone.localdate())
    # The next one is written first: a fault in one of these must not end the watch over the others.
    await_reviews(again=True)
    for review in overdue.select_related("item"):
        try:
            EscalateEmergency(actor=Actor.operator(Via.WORKER), item=review.item).perform()
        except Refused:
            continue  # reviewed meanwhile


def await_reviews(*, again: bool = False) -> None:
    """See to it that the worker looks on the day after the next term ends; at once where one has ended already, or, `again`,
    tomorrow."""
    due = EmergencyReview.objects.filter(reviewed_at=None, escalated_at=None).aggregate(first=Min("due_on"))["first"]
    if due is None:
        return
    today = timezone.localdate()
    day = max(due + timedelta(days=1), today + timedelta(days=1) if again else today)
    at = timezone.make_aware(datetime.combine(day, AT))
    planned = DBTaskResult.objects.filter(task_path=escalate_overdue.module_path, status="READY", run_after__lte=at)
    if not planned.exists():
        escalate_overdue.using(run_after=at).enqueue()


def take_up(using: str = "default", **kwargs: Any) -> None:
    """After every migration, so at every start of the platform: a watch that was lost (a task given up, a copy of an older
    version restored) goes on. Nothing to do where the tables are not of today."""
    connection = connections[using]
    if {EmergencyReview._meta.db_table, DBTaskResult._meta.db_table} <= set(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, EmergencyReview._meta.db_table)
        if any(column.name == "escalated_at" for column in columns):
            await_reviews()
