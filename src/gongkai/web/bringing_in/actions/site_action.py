"""What the verbs about a run share: who may, and reading it again under a lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.bringing_in.models import RunState, SiteRun
from gongkai.web.bringing_in.site.counting import counted
from gongkai.web.bringing_in.site.turns import enqueue
from gongkai.web.catalogue.rules import drafts_for
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.rules import Open


@dataclass(kw_only=True)
class SiteAction(Action[SiteRun]):
    """Whoever drafts for the organ, not only who began: one clerk goes on where another stopped."""

    run: SiteRun

    def rules(self) -> Iterable[Rule]:
        """The right of bringing in a table."""
        yield drafts_for(self.run.organ, None, self.title)

    def lock(self) -> None:
        """As it is now: the worker changes it too."""
        self.run = locked(self.run)

    def in_state(self, *states: RunState) -> Iterable[Refusal]:
        """Refuse unless it is in one of them."""
        if self.run.state not in states:
            here = RunState(self.run.state).label
            yield Refusal("state", f"“{self.run.name}”现在{here}，不能{self.title}。请刷新页面查看。")

    def subject(self, result: SiteRun | None) -> Subject:
        """The run."""
        return Subject.of(self.run, f"{self.run.organ}：{self.run.name}", organ_id=self.run.organ_id)

    def details(self) -> Mapping[str, Any]:
        """How far it is."""
        return {"pages": {state: count for state, count in counted(self.run).items() if count}}


@dataclass(kw_only=True)
class SiteWork(SiteAction):
    """A verb after which pages are read in the name of who acts: in person, with the password typed again."""

    dangerous = True

    def rules(self) -> Iterable[Rule]:
        """And for an organ that still is."""
        yield SignedIn()
        yield from super().rules()
        yield Open(self.run.organ, self.title)

    def begin(self, state: RunState) -> SiteRun:
        """At work from now on, with the whole of what one may ask for at once."""
        run = self.run
        assert self.actor.user is not None  # SignedIn
        run.user, run.state, run.note = self.actor.user, state, ""
        run.stumbles, run.taken, run.since = 0, 0, timezone.now()
        enqueue(run)
        run.save()
        return run
