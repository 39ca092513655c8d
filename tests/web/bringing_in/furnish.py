"""Runs of sites in every state a page looks different in, without asking anybody for anything."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.web.bringing_in.models import PageState, RunState, SiteHost, SitePage, SiteRun
from gongkai.web.bringing_in.models.runs import AT_WORK
from gongkai.web.bringing_in.site.turns import enqueue
from gongkai.web.catalogue.models import Item
from tests.web.support.town import Town

_PAGES = (
    (PageState.WAITING, ""),
    (PageState.WAITING, "网站没有给出这个页面（状态码503）"),
    (PageState.DONE, ""),
    (PageState.SAME, "网页内容与上次导入时不同，平台上的未改动"),
    (PageState.SKIPPED, "附件http://www.example.gov.cn/zwgk/202403/P020240301555555555555.pdf：网站没有给出这个页面（状态码404）"),
    (PageState.FAILED, "没有连上或中断（ConnectTimeout）"),
)


def site_runs(town: Town, item: Item) -> dict[str, int]:
    """{site_looking, site_ready, site_running, site_paused, site_done: its number}; `item` came of one page of each."""
    found = {}
    for state in (RunState.LOOKING, RunState.READY, RunState.RUNNING, RunState.PAUSED, RunState.DONE):
        run = SiteRun.objects.create(
            # What is done may be read again only while the organ has nothing else open.
            organ=town.section if state == RunState.DONE else town.water, user=town.people["fan"], name=f"{'news.' * 12}example.gov.cn站点地图", kind="other", state=state,
            sitemap="http://www.example.gov.cn/sitemap.xml", since=timezone.now() - timedelta(hours=2),
            note="网站连续10次没有给出网页，已暂停，以免给对方添负担。请稍后再继续。" if state == RunState.PAUSED else "",
        )  # fmt: skip
        found[f"site_{state.value}"] = run.pk
        if state in AT_WORK:
            enqueue(run)
            run.save()
        if state != RunState.LOOKING:
            _fill(run, item)
    return found


def _fill(run: SiteRun, item: Item) -> None:
    SiteHost.objects.create(run=run, site="http://www.example.gov.cn", addresses=6, forbidden=1, pause=10, rules="部分网址不允许读取，要求间隔10秒")
    SiteHost.objects.create(run=run, site="http://10.0.0.8", addresses=1, forbidden=0, pause=1, readable=False, rules="不能读取：不在公众互联网上")
    pages = [(PageState.WAITING, "")] * 6 if run.state == RunState.READY else _PAGES
    for number, (state, reason) in enumerate(pages):
        if run.state == RunState.DONE and state == PageState.WAITING:
            continue
        had = state in (PageState.DONE, PageState.SAME)
        SitePage.objects.create(
            run=run, source=run.list_name, address=f"http://www.example.gov.cn/zwgk/zcwj/202403/t20240301_10086{number}.shtml?from={'b51a7c' * 20}",
            state=state, reason=reason, item=item if had else None, read_at=None if state == PageState.WAITING else timezone.now(),
        )  # fmt: skip
