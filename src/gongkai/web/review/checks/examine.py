"""All findings of what goes out, with their levels and what was already let pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gongkai.web.catalogue.models import Item
from gongkai.web.house.publishing import Publication
from gongkai.web.organs.models import Organ
from gongkai.web.review.models import Level, PassedOver
from gongkai.web.review.originals import of_original

from .contents import Row, contents_of, of_contents
from .finding import Found
from .links import in_text
from .of_item import of_item
from .of_words import of_words
from .prints import print_of
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

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.check.remedy

    def plain(self) -> dict[str, Any]:
        """What a CheckRun keeps."""
        return {
            "check": self.check.key, "level": str(self.level), "message": self.message, "place": self.place,
            "excerpt": self.excerpt, "print": self.print, "passed": self.let_pass is not None,
        }  # fmt: skip


def findings(item: Item) -> list[Finding]:
    """Every finding of the item as it is now, blocking ones first. Files must have been looked at (`examine_files`)."""
    found = (*of_item(item), *in_text(item.body), *of_original(item))
    rows = (*_of_text(found), *of_contents(contents_of(item)))
    return _judged(rows, item.organ, PassedOver.objects.filter(item=item))


def findings_of(publication: Publication) -> list[Finding]:
    """The same of whatever else goes out: the same checks, levels and waivers."""
    organ: Any = publication.organ
    found = [one for one in of_words(publication) if one.check not in publication.expected]
    rows = (*_of_text(found), *of_contents(publication.contents))
    new = publication.thing.pk is None
    return _judged(rows, organ, PassedOver.objects.none() if new else PassedOver.objects.filter(**thing_of(publication)))


def thing_of(publication: Publication) -> dict[str, Any]:
    """The fields of a record that say what it is about."""
    thing = publication.thing
    if isinstance(thing, Item):
        return {"item": thing}
    return {"subject": f"{thing._meta.label_lower}:{thing.pk}", "organ": publication.organ}


def _judged(rows: Iterable[Row], organ: Organ, passed_over: QuerySet[PassedOver]) -> list[Finding]:
    levels = levels_for(organ)
    passed = {one.print: one for one in passed_over.select_related("by")}
    found: dict[str, Finding] = {}
    for key, message, place, excerpt, print_ in rows:
        level = levels.get(key, Level.WARN)
        if level != Level.OFF and key in CHECKS:
            found.setdefault(print_, Finding(CHECKS[key], level, message, place, excerpt, print_, passed.get(print_)))
    return sorted(found.values(), key=lambda one: (one.level != Level.BLOCK, one.let_pass is not None))


def _of_text(found: Iterable[Found]) -> Iterator[Row]:
    for one in found:
        yield one.check, one.message, one.place, one.excerpt, print_of(one, "text")
