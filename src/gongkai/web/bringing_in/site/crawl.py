"""Page after page from its address into the catalogue; every page ends with a state and a reason."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.utils import timezone

from gongkai.web.bringing_in.actions.bring_in_items import BringInItems
from gongkai.web.bringing_in.judging import recognise
from gongkai.web.bringing_in.models import PageState, SitePage
from gongkai.web.bringing_in.row import CHANGED, CREATE, ItemRow, RowFile
from gongkai.web.bringing_in.table.columns import BY_TITLE, BadCell, day, moment
from gongkai.web.catalogue import index_number, taxonomy
from gongkai.web.catalogue.actions.attach_file import MOST
from gongkai.web.catalogue.files.accepting import plain_name
from gongkai.web.catalogue.models import Item, OldAddress
from gongkai.web.house.action import locked
from gongkai.web.house.actor import Actor
from gongkai.web.house.plain_text import plain
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Organ

from .guard import CannotFetch
from .listing import again
from .manners import Guest
from .page import Article, CannotUse, Link, read_page

MOST_TRIES = 3
# Limits of one page with its files.
MOST_PAGE = 8 * 1024 * 1024
MOST_TAKEN = 200 * 1024 * 1024
MOST_SECONDS = 600.0
_PARSED = {
    "written_on": day, "effective_on": day, "expires_on": day, "published_at": moment,
    "validity": BY_TITLE["有效性"].parse, "theme": BY_TITLE["主题分类"].parse, "genre": BY_TITLE["体裁分类"].parse,
    "kind": BY_TITLE["信息类别"].parse,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Where pages go and how."""

    actor: Actor
    organ: Organ
    source: str
    kind: str
    publish: bool
    places: dict[str, list[str]]


def crawl(
    plan: Plan,
    guest: Guest,
    limit: int = 0,
    retry: bool = False,
    told: Callable[[SitePage], None] = lambda page: None,
) -> None:
    """Read what waits, at most `limit` pages. Killed, it goes on where it was when run again."""
    pages = SitePage.objects.filter(source=plan.source)
    if retry:
        again(pages)
    numbers = pages.filter(state=PageState.WAITING).order_by("pk").values_list("pk", flat=True)
    for pk in list(numbers[:limit] if limit else numbers):
        page = SitePage.objects.get(pk=pk)
        read_one(plan, guest, page)
        told(page)


def read_one(plan: Plan, guest: Guest, page: SitePage) -> None:
    """One page into the catalogue, whole or not at all; it ends with a state and a reason, or waits for another try."""
    if page.tries >= MOST_TRIES:
        # Only a process that was killed leaves it waiting so: the page may be the cause.
        page.state, page.reason = PageState.FAILED, f"读取时程序{page.tries}次中断"
        _settle(page)
        return
    page.tries += 1
    page.save(update_fields=["tries"])
    try:
        with tempfile.TemporaryDirectory(prefix="gongkai-site-") as place:
            row = _row(plan, guest, page.address, Path(place))
            # Fetching is over: the item and the page's state are one transaction.
            with transaction.atomic():
                if locked(page).state != PageState.WAITING:
                    return  # somebody else was quicker
                _bring_in(plan, page, row)
                _settle(page)
    except CannotFetch as error:
        once_more = error.later and page.tries < MOST_TRIES
        page.state = (
            PageState.WAITING if once_more else PageState.FAILED if error.later else PageState.SKIPPED
        )
        page.reason = str(error)
        _settle(page)
    except CannotUse as error:
        page.state, page.reason = PageState.SKIPPED, str(error)
        _settle(page)
    except Refused as refused:
        page.state, page.reason, page.item = PageState.SKIPPED, str(refused), None
        _settle(page)


def _settle(page: SitePage) -> None:
    page.reason, page.read_at = plain(page.reason)[:500], timezone.now()
    # One that no longer waits was settled by somebody else meanwhile.
    SitePage.objects.filter(pk=page.pk, state=PageState.WAITING).update(
        state=page.state, reason=page.reason, item=page.item, read_at=page.read_at
    )


def _bring_in(plan: Plan, page: SitePage, row: ItemRow) -> None:
    recognise([row], plan.source)
    page.reason = ""
    if row.effect == CREATE:
        verb = BringInItems(
            actor=plan.actor, organ=plan.organ, rows=[row], source=plan.source, publish=plan.publish
        )
        page.state, page.item = PageState.DONE, verb.perform()[0]
        return
    page.state = PageState.SAME
    page.item = Item.objects.get(origin__source=plan.source, origin__key=row.identity)
    if row.effect == CHANGED:
        page.reason = "网页内容与上次导入时不同，平台上的未改动"


def _row(plan: Plan, guest: Guest, address: str, place: Path) -> ItemRow:
    """Raises CannotFetch and CannotUse; a file that can't be had keeps the whole page out."""
    got = guest.get(address)
    if "html" not in got.type.lower() and not got.data.lstrip()[:200].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        raise CannotUse(f"不是网页（{got.type or '类型不明'}）。文件请用信息表导入")
    if len(got.data) > MOST_PAGE:
        raise CannotUse(f"网页超过{MOST_PAGE >> 20} MB")
    article = read_page(got.data, got.address, plan.places)
    if len(article.links) > MOST:
        raise CannotUse(f"附件超过{MOST}个。请改用信息表导入，分成几条信息或打包")
    row = ItemRow(address, plan.organ, key=address)
    _facts(row, article, plan.kind)
    row.values["body"] = article.body
    row.files = tuple(_files(guest, article.links, place))
    row.files = _once(row)
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if path != "/" and not OldAddress.objects.filter(path=path).exclude(item__origin__key=address).exists():
        row.old_paths = (path,)
    return row


def _facts(row: ItemRow, article: Article, kind: str) -> None:
    row.values["kind"] = kind
    for name, printed in article.facts.items():
        text = plain(printed)
        parse = _PARSED.get(name)
        try:
            value = parse(text) if parse else text
        except BadCell:
            # Said in words of another site: left empty, never guessed.
            continue
        if name == "index_number":
            row.index_number = value if index_number.acceptable(value) else ""
        elif name in {"validity", "published_at"}:
            setattr(row, name, value)
        else:
            row.values[name] = value[:1000] if name == "summary" else value
    if not taxonomy.KINDS[row.values["kind"]].validity:
        row.validity = ""


def _files(guest: Guest, links: list[Link], place: Path) -> Iterator[RowFile]:
    """Raises CannotFetch, also when one page would keep everybody waiting."""
    before, start = guest.taken, time.monotonic()
    for number, link in enumerate(links):
        yield _file(guest, link, place, number)
        if guest.taken - before > MOST_TAKEN:
            raise CannotFetch(f"附件共超过{MOST_TAKEN >> 20} MB。请改用信息表导入")
        if time.monotonic() - start > MOST_SECONDS:
            raise CannotFetch(f"读取附件超过{MOST_SECONDS / 60:.0f}分钟。请改用信息表导入")


def _file(guest: Guest, link: Link, place: Path, number: int) -> RowFile:
    try:
        got = guest.get(link.address)
    except CannotFetch as error:
        raise CannotFetch(f"附件{link.address}：{error}", error.later) from error
    path = place / str(number)
    path.write_bytes(got.data)
    last = plain_name(unquote(urlsplit(link.address).path))
    suffix = Path(last).suffix
    # The words of the link are what readers know the file by.
    name = (
        link.title
        if link.title.lower().endswith(suffix.lower())
        else f"{link.title}{suffix}"
        if link.title
        else last
    )
    return RowFile(
        path,
        plain_name(name.replace("/", "／"))[-200:],
        hashlib.sha256(got.data).hexdigest(),
        token=link.token,
    )


def _once(row: ItemRow) -> tuple[RowFile, ...]:
    """One content once: the body's other pointers go to the first."""
    first: dict[str, RowFile] = {}
    for file in row.files:
        kept = first.setdefault(file.sha256, file)
        if kept is not file:
            row.values["body"] = row.values["body"].replace(f'"{file.token}"', f'"{kept.token}"')
    return tuple(first.values())
