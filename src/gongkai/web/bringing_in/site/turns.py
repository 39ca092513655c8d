"""Whose turn it is: one background task at a time works on a run, and hands over to the next.

A task is short, so that other work of the worker is not kept waiting. It writes its successor and the run's new `turn`
in one transaction: a kill loses neither and leaves no second one. A task that finds another turn does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from gongkai.web.bringing_in.models import RunState, SiteRun
from gongkai.web.bringing_in.models.runs import AT_WORK

_work: dict[str, Task] = {}


def set_work(tasks: Mapping[str, Task]) -> None:
    """Which task works on a run in which state, from now on: tasks stand above what they do, so they tell it here."""
    _work.update(tasks)


def mine(pk: int, turn: int, state: RunState) -> SiteRun | None:
    """The run as it is now, while it is this task's turn and it stands where the task has work."""
    return SiteRun.objects.filter(pk=pk, turn=turn, state=state).select_related("organ", "user").first()


def enqueue(run: SiteRun, after: float = 0) -> None:
    """Write the next task, to begin in `after` seconds. The caller has locked the run, inside a transaction, and saves it."""
    task = _work[run.state]
    if after:
        task = task.using(run_after=timezone.now() + timedelta(seconds=after))
    run.turn += 1
    run.task = str(task.enqueue(run.pk, run.turn).id)


def hand_over(run: SiteRun, after: float = 0) -> None:
    """The next task goes on, unless the run was paused or stopped meanwhile."""
    with transaction.atomic():
        now = SiteRun.objects.select_for_update().filter(pk=run.pk, turn=run.turn, state=run.state).first()
        if now is not None:
            enqueue(now, after)
            now.save(update_fields=["turn", "task"])


def stalled(run: SiteRun) -> bool:
    """Whether it should be at work and nothing will ever work on it: its task was given up after several kills."""
    if run.state not in AT_WORK:
        return False
    if not run.task:
        return True
    return not DBTaskResult.objects.filter(pk=run.task, status__in=("READY", "RUNNING")).exists()
