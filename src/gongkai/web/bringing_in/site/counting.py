"""How far a run is."""

from __future__ import annotations

from django.db.models import Count

from gongkai.web.bringing_in.models import PageState, SiteRun


def counted(run: SiteRun) -> dict[str, int]:
    """Pages by state, every state named."""
    found = dict(run.pages.values_list("state").annotate(Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in PageState}


def seconds_left(run: SiteRun, waiting: int) -> float:
    """How long `waiting` pages take at the polite pace, without their files: each site by its share still to be read."""
    hosts = [host for host in run.hosts.all() if host.readable]
    asked = sum(host.addresses - host.forbidden for host in hosts)
    # No page comes and is read in no time.
    whole = sum((host.addresses - host.forbidden) * max(host.pause, 1.0) for host in hosts)
    return whole * min(1.0, waiting / asked) if asked else 0.0
