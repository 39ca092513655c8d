"""Verb: pause reading a site; the page in hand is still finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.bringing_in.models import RunState, SiteRun
from gongkai.web.house.rule import Refusal

from .site_action import SiteAction


@dataclass(kw_only=True)
class PauseSite(SiteAction):
    """`note`: why, when the platform itself pauses."""

    verb = "bringing_in.pause_site"
    title = "暂停网站导入"

    note: str = ""

    def problems(self) -> Iterable[Refusal]:
        """Only what runs."""
        yield from self.in_state(RunState.RUNNING)

    def change(self) -> SiteRun:
        """The worker sees it before the next page."""
        self.run.state, self.run.note = RunState.PAUSED, self.note[:500]
        self.run.save(update_fields=["state", "note"])
        return self.run

    def details(self) -> Mapping[str, Any]:
        """And why."""
        return {**super().details(), **({"reason": self.note} if self.note else {})}
