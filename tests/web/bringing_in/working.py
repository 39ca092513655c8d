"""The background worker, in this very process."""

from __future__ import annotations

from django_tasks_db.models import DBTaskResult

from gongkai.web.bringing_in import tasks
from gongkai.web.bringing_in.site import looking, slices


def work():
    """What the background worker would do: every task that is due, in order."""
    due = DBTaskResult.objects.ready().filter(task_path__startswith=tasks.__name__)
    while (row := due.order_by("enqueued_at").first()) is not None:
        pk, turn = row.args_kwargs["args"]
        DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING")
        (looking.look if "look" in row.task_path else slices.read_slice)(pk, turn)
        DBTaskResult.objects.filter(pk=row.pk).update(status="SUCCESSFUL")
