"""Verb: end a run for good; what came in stays, what was not read says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.bringing_in.models import PageState, SiteRun
from gongkai.web.bringing_in.models.runs import OPEN, RunState
from gongkai.web.house.rule import Refusal

from .site_action import SiteAction

NOT_READ = "任务已停止，没有读取"


@dataclass(kw_only=True)
class StopSite(SiteAction):
    """Somebody who wants the rest registers it again: what came in is known then."""

    verb = "bringing_in.stop_site"
    title = "停止网站导入"

    def problems(self) -> Iterable[Refusal]:
        """Only what has not ended."""
        yield from self.in_state(*OPEN)

    def change(self) -> SiteRun:
        """The worker sees it before the next page; one it has in hand stays out unless it was finished."""
        self.run.pages.filter(state=PageState.WAITING).update(state=PageState.SKIPPED, reason=NOT_READ)
        self.run.state, self.run.note = RunState.STOPPED, ""
        self.run.save(update_fields=["state", "note"])
        return self.run
