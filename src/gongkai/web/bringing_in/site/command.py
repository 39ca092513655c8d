"""The `site` part of the command: addresses in, a line a page out, a summary with every reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Count

from gongkai.web.bringing_in.models import PageState, SitePage
from gongkai.web.catalogue import taxonomy
from gongkai.web.house.actor import Actor
from gongkai.web.organs.models import Organ

from .addresses import listed, mapped
from .crawl import Plan, crawl
from .guard import CannotFetch, Guard
from .listing import note_addresses
from .manners import Guest
from .visits import Visits


def run(organ: Organ, options: dict[str, Any], say: Callable[[str], Any], warn: Callable[[str], Any]) -> None:
    """Raises CommandError; exit code 1 when a page stayed out."""
    kind = taxonomy.KINDS.named(options["kind"])
    if kind is None:
        raise CommandError(f"没有信息类别“{options['kind']}”。")
    if not options["source"]:
        raise CommandError("请用--source给这个网站起一个名称，再次运行时据此续读。")
    guard = Guard(tuple(options["allow_host"]))
    try:
        guest = Guest(guard, max(0.0, options["seconds"]), Visits())
        _note(options, guest, say)
        plan = Plan(
            Actor.operator(), organ, options["source"], kind.key, options["publish"], _places(options)
        )
        crawl(plan, guest, options["limit"], options["retry"], lambda page: say(_line(page)))
    except (CannotFetch, OSError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error
    finally:
        guard.close()
    _sum_up(options["source"], say, warn)


def _note(options: dict[str, Any], guest: Guest, say: Callable[[str], Any]) -> None:
    addresses = listed(options["list"].read_text("utf-8-sig")) if options["list"] else []
    addresses += mapped(options["sitemap"], guest) if options["sitemap"] else []
    say(f"新增网址{note_addresses(options['source'], addresses)}个。")


def _places(options: dict[str, Any]) -> dict[str, list[str]]:
    """[places] title and body: CSS selectors of this site, before the usual ones."""
    if not options["rules"]:
        return {}
    try:
        found = tomllib.loads(options["rules"].read_text("utf-8")).get("places", {})
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"取值规则不是有效的TOML：{error}") from error
    if set(found) - {"title", "body"} or not all(isinstance(words, list) for words in found.values()):
        raise CommandError("取值规则只能有[places]下的title和body，值为选择器的列表。")
    return dict(found)


def _line(page: SitePage) -> str:
    return f"{PageState(page.state).label} {page.address}" + (f"：{page.reason}" if page.reason else "")


def _sum_up(source: str, say: Callable[[str], Any], warn: Callable[[str], Any]) -> None:
    pages = SitePage.objects.filter(source=source)
    counts = dict(pages.values_list("state").annotate(Count("pk")).order_by())
    say("，".join(f"{state.label}{counts.get(state.value, 0)}" for state in PageState) + "。")
    out = pages.filter(state__in=(PageState.SKIPPED, PageState.FAILED))
    for page in out.order_by("pk"):
        warn(_line(page))
    if out.exists():
        raise CommandError(f"{out.count()}个网页没有导入，原因见上。改正后用--retry再读。", returncode=1)
