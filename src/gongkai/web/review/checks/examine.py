"""All findings of an item, with their levels and what was already let pass."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from gongkai.web.catalogue.files.types import BY_KEY
from gongkai.web.catalogue.models import Attachment, Item, StoredFile
from gongkai.web.review.models import FileCheck, Level, PassedOver

from .files import EDITION
from .finding import Found
from .inspection import inspect_apart
from .links import links
from .of_item import of_item
from .registry import CHECKS, Check, levels_for


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as people see it. `print` tells the same finding again without keeping what was found (keyed hash);
    `let_pass` is the recorded reason, where a person let this warning stand."""

    check: Check
    level: Level
    message: str
    place: str
    excerpt: str
    print: str
    let_pass: PassedOver | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way whatever anybody says."""
        return self.level == Level.BLOCK

    @property
    def waits(self) -> bool:
        """Whether somebody must say why it may stand."""
        return self.level == Level.WARN and self.let_pass is None

    def plain(self) -> dict[str, Any]:
        """What a CheckRun keeps."""
        return {
            "check": self.check.key, "level": str(self.level), "message": self.message, "place": self.place,
            "excerpt": self.excerpt, "print": self.print, "passed": self.let_pass is not None,
        }  # fmt: skip


def findings(item: Item) -> list[Finding]:
    """Every finding of the item as it is now, blocking ones first. Files must have been looked at (`examine_files`)."""
    levels = levels_for(item.organ)
    passed = {one.print: one for one in PassedOver.objects.filter(item=item).select_related("by")}
    found: dict[str, Finding] = {}
    for key, message, place, excerpt, print_ in (*_of_text(item), *_of_files(item)):
        level = levels.get(key, Level.WARN)
        if level != Level.OFF and key in CHECKS:
            found.setdefault(print_, Finding(CHECKS[key], level, message, place, excerpt, print_, passed.get(print_)))
    return sorted(found.values(), key=lambda one: (one.level != Level.BLOCK, one.let_pass is not None))


Row = tuple[str, str, str, str, str]


def _of_text(item: Item) -> Iterator[Row]:
    for one in (*of_item(item), *links(item)):
        yield one.check, one.message, one.place, one.excerpt, _print(one, "text")


def _of_files(item: Item) -> Iterator[Row]:
    checks = {one.file_id: one for one in FileCheck.objects.filter(file__attachments__item=item, edition=EDITION)}
    for attachment in item.attachments.all():
        check = checks.get(attachment.file_id)
        place = f"附件“{attachment.name}”"
        if check is None:
            yield "unchecked", "附件还没有检查", place, "", f"waiting:{attachment.file_id}"
            continue
        for one in check.findings:
            yield one["check"], one["message"], f"{place}{one['place']}", one["excerpt"], one["print"]


def unexamined(item: Item) -> list[Attachment]:
    """Attachments whose content nobody has looked at yet."""
    done = FileCheck.objects.filter(edition=EDITION).values("file")
    return list(item.attachments.exclude(file__in=done).select_related("file").defer("file__text"))


def examine_files(item: Item) -> None:
    """Look at the contents not looked at yet, each in a process of its own. Never inside a transaction: it takes time."""
    for attachment in unexamined(item):
        kind = BY_KEY.get(attachment.file.type)
        name = f"file.{kind.suffixes[0]}" if kind is not None else attachment.name
        found = _look(attachment.file, name, kind.family if kind is not None else "unknown")
        rows = [
            {"check": one.check, "message": one.message[:300], "place": one.place, "excerpt": one.excerpt.replace("\x00", ""), "print": _print(one, attachment.file_id)}
            for one in found
        ]  # fmt: skip
        FileCheck.objects.update_or_create(file=attachment.file, defaults={"edition": EDITION, "findings": rows})


def _look(row: StoredFile, name: str, family: str) -> list[Found]:
    try:
        with tempfile.TemporaryDirectory(prefix="gongkai-check-") as folder, default_storage.open(row.path) as content:
            path = Path(folder) / name
            with path.open("wb") as copy:
                while piece := content.read(1 << 20):
                    copy.write(piece)
            return inspect_apart(path, name, family)
    except FileNotFoundError:
        return [Found("unchecked", "文件内容缺失", value="missing")]


def _print(one: Found, where: str) -> str:
    # Keyed: a plain hash of a telephone number is as good as the number.
    return salted_hmac("gongkai.review.finding", f"{one.check}\0{where}\0{one.value or one.excerpt}\0{one.place if not one.value else ''}", algorithm="sha256").hexdigest()
