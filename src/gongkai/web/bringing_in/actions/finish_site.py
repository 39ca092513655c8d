"""Verb: the worker found nothing left to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.bringing_in.models import PageState, RunState, SiteRun
from gongkai.web.house.rule import Refusal, Rule

from .bring_in_items import OperatorOnly
from .site_action import SiteAction


@dataclass(kw_only=True)
class FinishSite(SiteAction):
    """Every page has its outcome."""

    verb = "bringing_in.finish_site"
    title = "完成网站导入"

    def rules(self) -> Iterable[Rule]:
        """Nobody declares it finished but the worker."""
        yield OperatorOnly(self.title)

    def problems(self) -> Iterable[Refusal]:
        """Running, and nothing waits."""
        yield from self.in_state(RunState.RUNNING)
        if self.run.pages.filter(state=PageState.WAITING).exists():
            yield Refusal("waiting", "还有待读取的网页。请等待读取完毕。")

    def change(self) -> SiteRun:
        """Done."""
        self.run.state, self.run.note = RunState.DONE, ""
        self.run.save(update_fields=["state", "note"])
        return self.run
