"""Links of an item: those within the platform are looked up at once, those elsewhere are asked by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser

from gongkai.web.catalogue.models import Attachment, Item, OldAddress
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.review.models import LinkCheck

from .finding import Found


def addresses_of(html: str) -> list[tuple[str, str]]:
    """(address, words) of every link and picture in `html`, each address once."""
    tree = LexborHTMLParser(html)
    found: dict[str, str] = {}
    for node in tree.css("a[href], img[src]"):
        address = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
        if address:
            found.setdefault(address, node.text().strip() or node.attributes.get("alt") or "图片")
    return list(found.items())


def links(item: Item) -> Iterator[Found]:
    """Links that lead nowhere. Addresses elsewhere count once the worker has asked them (tasks.check_links)."""
    outside = []
    anchors = {node.attributes.get("id") for node in LexborHTMLParser(item.body).css("[id]")} if "#" in item.body else set()
    for address, words in addresses_of(item.body):
        parts = urlsplit(address)
        if parts.scheme in {"mailto", "tel"}:
            continue
        if parts.netloc and parts.hostname not in _own_hosts():
            outside.append((address, words))
        elif not parts.path and not parts.netloc:
            if parts.fragment and parts.fragment not in anchors:
                yield Found("dead_link", f"“{words[:20]}”指向的页内位置不存在", "正文", address, address)
        elif fault := _inside(parts.path, parts.query):
            yield Found("dead_link", f"“{words[:20]}”{fault}", "正文", address[:100], address)
    known = dict(LinkCheck.objects.filter(address__in=[one for one, _ in outside]).exclude(fault="").values_list("address", "fault"))
    for address, words in outside:
        if address in known:
            yield Found("dead_link_outside", f"“{words[:20]}”：{known[address]}", "正文", address[:100], address)


def outside_addresses(item: Item) -> list[str]:
    """Its http addresses elsewhere."""
    own = _own_hosts()
    return [
        address
        for address, _ in addresses_of(item.body)
        if (parts := urlsplit(address)).scheme in {"http", "https"} and parts.hostname not in own
    ]


def _own_hosts() -> set[str | None]:
    return {host.strip("[]") for host in settings.ALLOWED_HOSTS}


def _inside(path: str, query: str) -> str:
    """What is wrong with an address of this platform, as the public would meet it; empty when it leads somewhere."""
    if not path.startswith("/"):
        return "用了相对地址，离开本页后会失效"
    if path.startswith("/staff/"):
        return "指向工作人员页面，公众打不开"
    pieces = path.strip("/").split("/")
    public = Actor.public()
    if pieces[0] == "info" and len(pieces) >= 2 and pieces[1].isdigit():
        if not visible(Item, public).filter(number=int(pieces[1])).exists():
            return "指向的信息不存在或未公开"
        if len(pieces) == 4 and pieces[2] == "files" and not _file(pieces[1], pieces[3]):
            return "指向的附件不存在"
        return ""
    if OldAddress.objects.filter(path=f"{path}?{query}" if query else path).exists():
        return ""
    try:
        resolve(path)
    except Resolver404:
        return "指向的页面不存在"
    return ""


def _file(number: str, pk: str) -> bool:
    return pk.isdigit() and visible(Attachment, Actor.public()).filter(item__number=int(number), pk=int(pk)).exists()
