"""Links: those within the platform are looked up at once, those elsewhere are asked by the worker. Whether they stand in an
editor's text, a field or a file is all one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from selectolax.lexbor import LexborHTMLParser

from gongkai.web.catalogue.models import Attachment, Item, OldAddress
from gongkai.web.house.actor import Actor
from gongkai.web.house.outside import Fault, NotAsked, is_public, parts_of
from gongkai.web.house.visibility import visible
from gongkai.web.review.models import LinkCheck

from .finding import Found, Link
from .outside import WORDS

_DANGEROUS = {Fault.SCHEME: "的地址不是网页地址，公众打不开，有的还会运行程序或打开本机文件", Fault.PASSWORD: "的网址里写有用户名或密码"}
_WITHOUT_PAGE = {"mailto", "tel"}


def links_of_text(html: str, place: str = "正文") -> list[Link]:
    """Every link and picture in an editor's text, each address once."""
    found: dict[str, str] = {}
    for node in LexborHTMLParser(html).css("a[href], img[src]"):
        address = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
        if address:
            found.setdefault(address, node.text().strip() or node.attributes.get("alt") or "图片")
    return [Link(address, words, place) for address, words in found.items()]


def in_text(html: str, place: str = "正文") -> Iterator[Found]:
    """Links of an editor's text that lead nowhere, those to a place within it too."""
    found = links_of_text(html, place)
    anchors = {node.attributes.get("id") for node in LexborHTMLParser(html).css("[id]")} if "#" in html else set()
    for one in found:
        if one.address.startswith("#") and one.address not in {"#", *(f"#{name}" for name in anchors)}:
            yield _finding("dead_link", one, "指向的页内位置不存在")
    yield from links(found)


def links(found: Iterable[Link]) -> Iterator[Found]:
    """Links that lead nowhere, or where nobody should be led. Addresses elsewhere count once the worker has asked them
    (tasks.check_links)."""
    asked: list[Link] = []
    for one in found:
        parts = _parts(one.address)
        if one.address.startswith("#") or (parts is not None and parts.scheme in _WITHOUT_PAGE):
            continue
        if parts is not None and _is_ours(parts, one.address):
            if fault := _inside(parts.path, parts.query):
                yield _finding("dead_link", one, fault)
        elif judged := _judged(one.address):
            yield _finding(judged[0], one, judged[1])
        else:
            asked.append(one)
    known = dict(LinkCheck.objects.filter(address__in=[one.address for one in asked]).exclude(fault="").values_list("address", "fault"))
    yield from (_finding("dead_link_outside", one, f"：{known[one.address]}") for one in asked if one.address in known)


def to_ask(found: Iterable[Link]) -> list[str]:
    """The http addresses elsewhere among them."""
    return list(dict.fromkeys(
        one.address for one in found
        if (parts := _parts(one.address)) is not None and parts.scheme in {"http", "https"} and not _is_ours(parts, one.address)
    ))  # fmt: skip


def _finding(check: str, one: Link, words: str) -> Found:
    return Found(check, f"“{one.words[:20] or '链接'}”{words}", one.place, one.address[:100], one.address)


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.hostname
    except ValueError:
        return None
    return parts


def _is_ours(parts: SplitResult, address: str) -> bool:
    if parts.netloc:
        return parts.hostname in _own_hosts()
    return not parts.scheme and "\\" not in address


def _judged(address: str) -> tuple[str, str] | None:
    """(check, words) for an address that no reader can or should follow, as far as its writing tells (house.outside)."""
    try:
        parts = parts_of(f"https:{address}" if address.startswith("//") else address)
    except NotAsked as verdict:
        if verdict.fault in _DANGEROUS:
            return "dangerous_link", _DANGEROUS[verdict.fault]
        return "dead_link_outside", f"：{WORDS[verdict.fault]}"
    try:
        public = is_public(parts.hostname or "")
    except ValueError:  # a name: the worker looks it up
        return None
    return None if public else ("dead_link_outside", f"：{WORDS[Fault.INSIDE]}")


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
        if not _countable(pieces[1]) or not visible(Item, public).filter(number=int(pieces[1])).exists():
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


def _countable(text: str) -> bool:
    """Whether a database takes it as a key: “²” is a digit too, and a link may have a hundred of them."""
    return text.isascii() and text.isdigit() and len(text) < 16


def _file(number: str, pk: str) -> bool:
    return _countable(pk) and visible(Attachment, Actor.public()).filter(item__number=int(number), pk=int(pk)).exists()
