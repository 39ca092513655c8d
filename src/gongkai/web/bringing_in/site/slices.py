"""A run from the staff pages, a slice at a time, in the background worker. The same reading as on the command line."""

from __future__ import annotations

import logging
import time
from contextlib import closing

from django.conf import settings
from django.db import DatabaseError, IntegrityError
from django.db.models import F
from django.utils import timezone

from gongkai.web.bringing_in.actions.bring_in_items import BringInItems
from gongkai.web.bringing_in.actions.finish_site import FinishSite
from gongkai.web.bringing_in.actions.pause_site import PauseSite
from gongkai.web.bringing_in.models import PageState, RunState, SitePage, SiteRun
from gongkai.web.catalogue.rules import drafts_for
from gongkai.web.house import causes
from gongkai.web.house.actor import Actor, Via
from gongkai.web.house.rule import Refused
from gongkai.web.organs.rules import Open

from . import limits
from .crawl import Plan, read_one
from .guard import CannotFetch, Guard
from .manners import Guest, site_of
from .turns import hand_over, mine
from .visits import Visits

_log = logging.getLogger(__name__)


def read_slice(pk: int, turn: int) -> None:
    """Read for a while, then hand over; end when nothing waits, when somebody paused it, or when a limit is reached."""
    with closing(Guard(settings.ENV.import_hosts)) as guard:
        guest: Guest | None = None
        end = time.monotonic() + limits.SLICE
        while (run := mine(pk, turn, RunState.RUNNING)) is not None:
            if (why := _halted(run)) or (page := _next(run)) is None:
                _leave(run, why)
                return
            guest = guest or Guest(guard, run.seconds, Visits())
            wait = _wait(guest, page)
            if wait > limits.NAP or time.monotonic() > end:
                hand_over(run, wait)
                return
            before = guest.taken
            _read(plan_of(run), guest, page)
            _count(run, page, guest.taken - before)


def plan_of(run: SiteRun) -> Plan:
    """In the name of who started it; as drafts."""
    actor = Actor(run.user, Via.WORKER, freshly_authenticated=True)
    return Plan(actor, run.organ, run.source, run.kind, publish=False, places={})


def _halted(run: SiteRun) -> str:
    """Why a person must look first; empty: go on."""
    actor = plan_of(run).actor
    for rule in (drafts_for(run.organ, None, BringInItems.title), Open(run.organ, BringInItems.title)):
        refusal = rule.refuse(actor)
        if refusal is not None:
            return f"经办人{run.user.name}已不能为本机关导入。{refusal.message}"
    if run.stumbles >= limits.STUMBLES:
        return f"网站连续{run.stumbles}次没有给出网页，已暂停，以免给对方添负担。请稍后再继续。"
    if run.taken >= limits.BYTES:
        return f"本次已读取{limits.BYTES >> 30} GB，达到上限。请核对已导入的内容后再继续。"
    if run.since is not None and timezone.now() - run.since > limits.TIME:
        return f"本次已进行{limits.TIME.days}天，达到上限。请核对已导入的内容后再继续。"
    return ""


def _leave(run: SiteRun, why: str) -> None:
    """Nothing waits, or a person must look. Refused: somebody else was quicker."""
    operator = Actor.operator(Via.WORKER)
    try:
        if why:
            PauseSite(actor=operator, run=run, note=why).perform()
        else:
            FinishSite(actor=operator, run=run).perform()
    except Refused as refused:
        _log.info("site run %d was left as it is: %s", run.pk, refused)


def _next(run: SiteRun) -> SitePage | None:
    """New ones before those that are tried again."""
    return run.pages.filter(state=PageState.WAITING).order_by("tries", "pk").first()


def _wait(guest: Guest, page: SitePage) -> float:
    """Seconds until this page may be asked for."""
    again = 0.0
    if page.tries and page.read_at is not None:
        again = limits.RETRY_AFTER * page.tries - (timezone.now() - page.read_at).total_seconds()
    try:
        site = site_of(page.address)
        return max(again, guest.left(site, guest.pause(site)))
    except CannotFetch:
        return again  # reading it will say why not


def _read(plan: Plan, guest: Guest, page: SitePage) -> None:
    try:
        read_one(plan, guest, page)
    except IntegrityError:
        # The command line brought the same address in at the same moment: seen at the next try.
        _log.info("page %d was brought in by somebody else", page.pk)
    except DatabaseError:
        raise
    except Exception as error:
        if causes.is_full(error):
            raise  # no fault of the page's: the worker tries again when there is room
        # One page that we can't bear does not end the run; the log has the whole story.
        _log.exception("page %d of a site could not be read", page.pk)
        page.state, page.reason, page.item = PageState.FAILED, "读取时程序出错，已记入运行日志", None
        SitePage.objects.filter(pk=page.pk, state=PageState.WAITING).update(
            state=page.state, reason=page.reason, read_at=timezone.now()
        )


def _count(run: SiteRun, page: SitePage, taken: int) -> None:
    stumbled = page.state in (PageState.WAITING, PageState.FAILED)
    SiteRun.objects.filter(pk=run.pk).update(
        stumbles=F("stumbles") + 1 if stumbled else 0, taken=F("taken") + taken
    )
