"""Verb: note what of a site shall be brought in, and have it looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from gongkai.web.bringing_in.models import RunState, SiteRun
from gongkai.web.bringing_in.models.runs import OPEN
from gongkai.web.bringing_in.site import limits
from gongkai.web.bringing_in.site.listing import note_addresses
from gongkai.web.bringing_in.site.turns import enqueue
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import Open

from .site_action import SiteAction


@dataclass(kw_only=True)
class PlanSite(SiteAction):
    """Nothing is fetched before somebody looked at what would be, except sitemaps and robots.txt."""

    verb = "bringing_in.plan_site"
    title = "登记网站导入"

    run: SiteRun = field(default_factory=SiteRun, init=False)
    organ: Organ
    addresses: list[str]
    sitemap: str = ""
    kind: str
    seconds: int = 1

    def __post_init__(self) -> None:
        self.run = SiteRun(
            organ=self.organ, user=self.actor.user, name=self._name(), sitemap=self.sitemap, kind=self.kind,
            seconds=self.seconds,
        )  # fmt: skip

    def rules(self) -> Iterable[Rule]:
        """In person, for an organ that still is."""
        yield SignedIn()
        yield from super().rules()
        yield Open(self.organ, self.title)

    def lock(self) -> None:
        """The organ: two at once would both find no other run."""
        Organ.objects.select_for_update().get(pk=self.organ.pk)

    def problems(self) -> Iterable[Refusal]:
        """Something to look at, not too much, one at a time for an organ."""
        if not self.addresses and not self.sitemap:
            yield Refusal("nothing", "请粘贴网址、选择网址清单文件，或填写站点地图的网址。", field="addresses")
        if len(self.addresses) > limits.ADDRESSES:
            yield Refusal(
                "many", f"共{len(self.addresses)}个网址，超过{limits.ADDRESSES}个。请分批导入，或由系统管理员用命令导入。",
                field="addresses",
            )  # fmt: skip
        other = SiteRun.objects.filter(organ=self.organ, state__in=OPEN).first()
        if other is not None:
            yield Refusal("busy", f"{self.organ.name}还有未结束的网站导入“{other.name}”。请等它完成，或先停止。")

    def change(self) -> SiteRun:
        """Note the addresses; the worker looks at the sites."""
        self.run.state = RunState.LOOKING
        self.run.save()
        note_addresses(self.run.list_name, self.addresses, self.run)
        enqueue(self.run)
        self.run.save(update_fields=["turn", "task"])
        return self.run

    def _name(self) -> str:
        """The first site's name, and how many addresses."""
        try:
            host = urlsplit(self.sitemap or (self.addresses or [""])[0]).netloc.rpartition("@")[2] or "网址清单"
        except ValueError:
            host = "网址清单"
        count = f"，清单{len(self.addresses)}个网址" if self.addresses else ""
        return f"{host[:80]}{'站点地图' if self.sitemap else ''}{count}"
