"""What every page needs: the site's names, the staff tabs, where one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import disk
from .actor import Actor


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the staff header; `view` is a URL name, `prefix` marks the tab as current; `readers` are the roles whose
    page it is (none named: everybody's)."""

    title: str
    view: str
    prefix: str
    order: int = 50
    readers: tuple[str, ...] = ()

    def is_for(self, roles: set[str]) -> bool:
        """Whether somebody with `roles` finds a page there, not a refusal."""
        return not self.readers or not roles.isdisjoint(self.readers)


_tabs: list[Tab] = []


def add_tab(tab: Tab) -> None:
    """A room adds its tab once, from its AppConfig.ready()."""
    if tab not in _tabs:
        _tabs.append(tab)
        _tabs.sort(key=lambda one: one.order)


def _posts(actor: Actor) -> list[Any]:
    from gongkai.web.organs.scope import posts_of

    return list(posts_of(actor).select_related("organ"))


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    env = settings.ENV
    platform = {
        "name": env.site_name,
        "code": env.site_code,
        "icp": env.icp_record,
        "police": env.police_record,
        "demo": env.demo,
    }
    found: dict[str, Any] = {"platform": platform}
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and actor.user is not None:
        found["staff"] = actor.user
        found["disk_short"] = disk.short()
        posts = _posts(actor)
        found["staff_post"], found["staff_posts"] = (posts[0] if posts else None), len(posts)
        roles = {post.role for post in posts}
        found["tabs"] = [(tab, request.path.startswith(tab.prefix)) for tab in _tabs if tab.is_for(roles)]
    return found
