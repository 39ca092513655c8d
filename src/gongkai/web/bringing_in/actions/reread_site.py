"""Verb: read once more what stayed out of a finished run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.bringing_in.models import PageState, RunState, SiteRun
from gongkai.web.bringing_in.models.runs import OPEN
from gongkai.web.bringing_in.site.listing import again
from gongkai.web.house.rule import Refusal

from .site_action import SiteWork


@dataclass(kw_only=True)
class RereadSite(SiteWork):
    """After the site, or its robots.txt, was mended."""

    verb = "bringing_in.reread_site"
    title = "重读未导入的网页"

    def problems(self) -> Iterable[Refusal]:
        """Finished, something stayed out, and no other run of the organ is open."""
        yield from self.in_state(RunState.DONE)
        if not self.run.pages.filter(state__in=(PageState.SKIPPED, PageState.FAILED)).exists():
            yield Refusal("nothing", "所有网页都已导入，没有需要重读的。")
        other = SiteRun.objects.filter(organ=self.run.organ, state__in=OPEN).exclude(pk=self.run.pk).first()
        if other is not None:
            yield Refusal("busy", f"{self.run.organ.name}还有未结束的网站导入“{other.name}”。请等它完成，或先停止。")

    def change(self) -> SiteRun:
        """They wait again; the worker reads."""
        again(self.run.pages.all())
        return self.begin(RunState.RUNNING)
