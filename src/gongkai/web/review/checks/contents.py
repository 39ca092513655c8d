"""Files that go out: looked at once by content, each in a process of its own, and what was found in them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.core.files.storage import default_storage

from gongkai.web.catalogue.files.types import BY_KEY
from gongkai.web.catalogue.models import Attachment, Item
from gongkai.web.house.publishing import Content
from gongkai.web.organs.models import OrganName
from gongkai.web.review.models import FileCheck

from .files import EDITION
from .finding import Found, Link, Looked
from .inspection import inspect_apart
from .links import links
from .prints import print_of

Row = tuple[str, str, str, str, str]
"""Check, message, place, excerpt, print."""


def contents_of(item: Item) -> tuple[Content, ...]:
    """The files of an item."""
    return tuple(map(_content, item.attachments.select_related("file").defer("file__text")))


def _content(one: Attachment) -> Content:
    kind = BY_KEY.get(one.file.type)
    name = f"file.{kind.suffixes[0]}" if kind is not None else one.name
    return Content(one.file_id, one.file.path, kind.family if kind is not None else "unknown", name, f"附件“{one.name}”")


def of_contents(contents: Sequence[Content]) -> Iterator[Row]:
    """What was found in them; that nobody looked yet is a finding too."""
    checks = {one.content: one for one in FileCheck.objects.filter(content__in=[one.sha256 for one in contents], edition=EDITION)}
    for content in contents:
        check = checks.get(content.sha256)
        if check is None:
            yield "unchecked", "还没有检查", content.place, "", f"waiting:{content.sha256}"
            continue
        for row in check.findings:
            if row["check"] == "metadata" and _names_organs_alone(row["excerpt"]):
                continue
            yield row["check"], row["message"], f"{content.place}{row['place']}", row["excerpt"], row["print"]
        for one in links(_links(check)):
            yield one.check, one.message, f"{content.place}{one.place}", one.excerpt, print_of(one, content.sha256)


def _names_organs_alone(properties: str) -> bool:
    """Whether all that a document's properties tell is which organ made it, as our own writer notes: that is no secret."""
    told = {one.partition("：")[2] for one in properties.split("；")}
    return told <= set(OrganName.objects.filter(name__in=told).values_list("name", flat=True))


def _links(check: FileCheck) -> list[Link]:
    return [Link(**row) for row in check.links]


def links_of_contents(contents: Sequence[Content]) -> list[Link]:
    """Every link in those of them that were looked at."""
    return [link for check in FileCheck.objects.filter(content__in=[one.sha256 for one in contents]) for link in _links(check)]


def unexamined(item: Item) -> list[Attachment]:
    """Attachments whose content nobody has looked at yet."""
    done = FileCheck.objects.filter(edition=EDITION).values("content")
    return list(item.attachments.exclude(file__in=done).select_related("file").defer("file__text"))


def examine_files(item: Item) -> None:
    """Look at the files of an item. Never inside a transaction: it takes time."""
    examine(contents_of(item))


def examine(contents: Sequence[Content]) -> None:
    """Look at the contents not looked at yet. Never inside a transaction: it takes time."""
    wanted = [one.sha256 for one in contents]
    done = set(FileCheck.objects.filter(content__in=wanted, edition=EDITION).values_list("content", flat=True))
    for content in contents:
        if content.sha256 not in done:
            keep_look(content.sha256, _look(content))


def keep_look(sha256: str, looked: Looked) -> None:
    """Record what looking into a content gave. A database takes no NUL."""
    rows = [
        {"check": one.check, "message": one.message[:300], "place": one.place, "excerpt": _plain(one.excerpt), "print": print_of(one, sha256)}
        for one in looked.found
    ]  # fmt: skip
    found = [{"address": _plain(one.address), "words": _plain(one.words), "place": one.place} for one in looked.links]
    FileCheck.objects.update_or_create(content=sha256, defaults={"edition": EDITION, "findings": rows, "links": found})


def _plain(text: str) -> str:
    return text.replace("\x00", "")


def _look(content: Content) -> Looked:
    try:
        with tempfile.TemporaryDirectory(prefix="gongkai-check-") as folder, default_storage.open(content.path) as stored:
            path = Path(folder) / content.name
            with path.open("wb") as copy:
                while piece := stored.read(1 << 20):
                    copy.write(piece)
            return inspect_apart(path, content.name, content.family)
    except FileNotFoundError:
        return Looked((Found("unchecked", "文件内容缺失", value="missing"),))
