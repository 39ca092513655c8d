"""Before anything is read: which addresses, on which sites, with which rules, and how long it will take."""

from __future__ import annotations

from contextlib import closing

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gongkai.web.bringing_in.models import Origin, PageState, RunState, SiteHost, SitePage, SiteRun

from . import limits
from .addresses import mapped
from .crawl import MOST_TRIES
from .guard import AGENT, CannotFetch, Guard, fault_of
from .listing import note_addresses
from .manners import LONGEST_PAUSE, Guest, site_of
from .turns import mine
from .visits import Visits

_AT_ONCE = 400


def look(pk: int, turn: int) -> None:
    """Read the sitemap and every site's robots.txt, then write down what was found. Done again, it finds the same."""
    run = mine(pk, turn, RunState.LOOKING)
    if run is None:
        return
    allowed = settings.ENV.import_hosts
    with closing(Guard(allowed)) as guard:
        guest = Guest(guard, run.seconds, Visits())
        try:
            found = mapped(run.sitemap, guest, limits.ADDRESSES, limits.MAPS) if run.sitemap else []
            addresses = _all(run, found)
            # No network from here to the counting of sites: what is wrong with the list is said first.
            faults = {one: fault_of(one, allowed) for one in addresses}
            known = _known(run, addresses)
            sites = _sites([one for one in addresses if not faults[one] and one not in known])
            hosts = [_host(run, guest, site, of) for site, of in sites.items()]
        except CannotFetch as error:
            _finish(run, [], {}, {}, [], str(error))
        else:
            _finish(run, found, faults, known, hosts)


def given_up(run: SiteRun) -> bool:
    """Count one look that was cut short by a kill; after a few, what it looked at is taken for the cause."""
    if run.state != RunState.LOOKING:
        return False
    mine_now = SiteRun.objects.filter(pk=run.pk, turn=run.turn, state=RunState.LOOKING)
    if run.stumbles + 1 < MOST_TRIES:
        mine_now.update(stumbles=F("stumbles") + 1)
        return False
    mine_now.update(state=RunState.FAILED, note=f"查看时程序{MOST_TRIES}次中断。请改用网址清单，或请系统管理员查看运行日志。")
    return True


def _all(run: SiteRun, found: list[str]) -> list[str]:
    given = run.pages.filter(state=PageState.WAITING).order_by("pk").values_list("address", flat=True)
    addresses = list(dict.fromkeys([*given, *found]))
    if len(addresses) > limits.ADDRESSES:
        raise CannotFetch(f"网址超过{limits.ADDRESSES}个。请分批导入")
    return addresses


def _known(run: SiteRun, addresses: list[str]) -> dict[str, int]:
    """Addresses this organ has items from already, by whatever way: {address: item}."""
    found: dict[str, int] = {}
    for start in range(0, len(addresses), _AT_ONCE):
        some = addresses[start : start + _AT_ONCE]
        origins = Origin.objects.filter(key__in=some, item__organ=run.organ)
        found |= dict(origins.values_list("key", "item_id"))
    return found


def _sites(addresses: list[str]) -> dict[str, list[str]]:
    sites: dict[str, list[str]] = {}
    for address in addresses:
        sites.setdefault(site_of(address), []).append(address)
    if len(sites) > limits.HOSTS:
        raise CannotFetch(f"网址分属{len(sites)}个网站，超过{limits.HOSTS}个。请按网站分开导入")
    return sites


def _host(run: SiteRun, guest: Guest, site: str, addresses: list[str]) -> SiteHost:
    host = SiteHost(run=run, site=site[:300], addresses=len(addresses), forbidden=0, pause=run.seconds)
    try:
        rules = guest.rules(site)
    except CannotFetch as error:
        host.readable, host.rules = False, f"不能读取：{error}"[:200]
        return host
    if rules is None:
        host.rules = "暂时读不出，按规则先不读取"
        return host
    host.forbidden = sum(not rules.can_fetch(AGENT, address) for address in addresses)
    host.pause = guest.pause(site)
    host.rules = "允许读取"
    if host.forbidden:
        host.rules = "不允许读取" if host.forbidden == host.addresses else "部分网址不允许读取"
    if host.pause > run.seconds:
        host.rules += f"，要求间隔{host.pause:g}秒" if host.pause < LONGEST_PAUSE else "，要求的间隔很长"
    return host


def _finish(
    run: SiteRun, found: list[str], faults: dict[str, str], known: dict[str, int], hosts: list[SiteHost], fault: str = ""
) -> None:
    """Write it down, in one transaction, unless the run was stopped meanwhile."""
    with transaction.atomic():
        now = SiteRun.objects.select_for_update().filter(pk=run.pk, turn=run.turn, state=RunState.LOOKING).first()
        if now is None:
            return
        note_addresses(run.list_name, found, run)
        _settle(run, faults, known)
        SiteHost.objects.bulk_create(hosts)
        now.state, now.note = (RunState.FAILED, fault[:500]) if fault else (RunState.READY, "")
        now.save(update_fields=["state", "note"])


def _settle(run: SiteRun, faults: dict[str, str], known: dict[str, int]) -> None:
    """What will never be asked, and what is there already, is settled at once."""
    pages = []
    wanted = {one for one, fault in faults.items() if fault} | set(known)
    for page in run.pages.filter(state=PageState.WAITING):
        if page.address in wanted:
            page.state = PageState.SAME if page.address in known else PageState.SKIPPED
            page.reason = "先前已导入，不再读取" if page.address in known else faults[page.address]
            page.item_id = known.get(page.address)
            pages.append(page)
    SitePage.objects.bulk_update(pages, ["state", "reason", "item"], batch_size=200)
