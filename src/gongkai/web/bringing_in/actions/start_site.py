"""Verb: begin reading what was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.bringing_in.models import PageState, RunState, SiteRun
from gongkai.web.house.rule import Refusal

from .site_action import SiteWork


@dataclass(kw_only=True)
class StartSite(SiteWork):
    """From now on pages become drafts in the name of who began."""

    verb = "bringing_in.start_site"
    title = "开始网站导入"

    def problems(self) -> Iterable[Refusal]:
        """Looked at, and something to read."""
        yield from self.in_state(RunState.READY)
        if not self.run.pages.filter(state=PageState.WAITING).exists():
            yield Refusal("nothing", "没有可读取的网页，原因见下面的清单。请改正网址后另行登记。")

    def change(self) -> SiteRun:
        """The worker reads."""
        return self.begin(RunState.RUNNING)
