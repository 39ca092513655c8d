"""Verb: go on with what was paused, or with what the worker had to give up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.bringing_in.models import RunState, SiteRun
from gongkai.web.bringing_in.site.turns import stalled
from gongkai.web.house.rule import Refusal

from .site_action import SiteWork


@dataclass(kw_only=True)
class GoOnSite(SiteWork):
    """From the next page that waits."""

    verb = "bringing_in.go_on_site"
    title = "继续网站导入"

    def problems(self) -> Iterable[Refusal]:
        """Paused, or left without a task."""
        if not stalled(self.run):
            yield from self.in_state(RunState.PAUSED)

    def change(self) -> SiteRun:
        """The worker goes on where it was."""
        looking = self.run.state == RunState.LOOKING
        return self.begin(RunState.LOOKING if looking else RunState.RUNNING)
