"""Background work of this room: a site is looked at, and read slice by slice."""

from __future__ import annotations

from django_tasks import TaskContext, task

from .models import RunState
from .site import looking, slices
from .site.turns import hand_over, mine, set_work


@task(takes_context=True)
def look_at_site(context: TaskContext, pk: int, turn: int) -> None:
    """What a run would read. Running it again finds the same."""
    if not _taken_up(context, pk, turn, RunState.LOOKING):
        looking.look(pk, turn)


@task(takes_context=True)
def read_site(context: TaskContext, pk: int, turn: int) -> None:
    """One slice of a run. Running it again goes on with the next page."""
    if not _taken_up(context, pk, turn, RunState.RUNNING):
        slices.read_slice(pk, turn)


def _taken_up(context: TaskContext, pk: int, turn: int, state: RunState) -> bool:
    """A task whose worker was killed hands over at once: so the starts of one task never run out (house/interrupted.py),
    however often the machine is switched off. A page that kills its worker is known by its own tries."""
    if context.attempt == 1:
        return False
    run = mine(pk, turn, state)
    if run is not None and not looking.given_up(run):
        hand_over(run)
    return True


set_work({RunState.LOOKING: look_at_site, RunState.RUNNING: read_site})
