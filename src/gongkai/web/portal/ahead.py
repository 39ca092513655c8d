"""Makes document pages ahead in small slices (ADR 0083): what changed at once, then a circle through all items.

Where it stands is noted in the file of the pages, so that it goes on after a restart and begins anew with a new file.
Whatever it misses is made at its first look: nothing is wrong for want of it.
"""

from __future__ import annotations

import logging
import time

import msgspec
from django.db.models import Max
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items

from . import keeping
from .folding import fold
from .kept import store
from .marks import text_of
from .models import ItemStamp, OrgansStamp

CHUNK = 25
"""Pages made between two looks at the clock."""
APART_SECONDS = 300.0
"""Between two circles: many publications one after the other share one."""
LONGEST_SECONDS = 3600.0
"""A circle is made as often in any case."""
MADE = ("page",)
log = logging.getLogger(__name__)


class Standing(msgspec.Struct):
    """How far it has come. `stamp`: of the last change looked at (None: not yet any); `at`: the number reached in the circle, None outside."""

    stamp: int | None = None
    at: int | None = None
    basis: str = ""
    ended: float = 0.0
    folded: bool = False


class Ahead:
    """The one that makes pages ahead; used by one thread, while it has its turn (turns.py)."""

    def __init__(self, apart: float = APART_SECONDS) -> None:
        self.file, self.apart = store(keeping.WAIT_SECONDS), apart
        self.done = keeping.Done()
        self.stands, self._noted = Standing(), ""

    def slice(self, seconds: float) -> bool:
        """Work for about `seconds`; False when nothing waits any more."""
        end = time.monotonic() + seconds
        if self.file.damaged:
            self.file.remove()
            self.stands, self._noted = Standing(ended=self.stands.ended), ""
        self._recall()
        try:
            while self._step():
                if time.monotonic() >= end:
                    return True
            return False
        finally:
            self._note()

    def _recall(self) -> None:
        """What is noted in the file; where it could not be noted (it is full), what this process knows."""
        try:
            self.stands = msgspec.json.decode(self.file.noted().encode(), type=Standing)
        except msgspec.DecodeError:
            if self._noted:  # and is gone: another file
                self.stands, self._noted = Standing(), ""

    def _note(self) -> None:
        text = msgspec.json.encode(self.stands).decode()
        if text != self._noted:
            self._noted = text if self.file.note(text) else ""

    def _step(self) -> bool:
        return self._changed() or self._circle() or self._fold()

    def _changed(self) -> bool:
        """The pages that the next few changes outdated."""
        if self.stands.stamp is None:
            self.stands.stamp = _newest_stamp()
        rows = list(ItemStamp.objects.filter(pk__gt=self.stands.stamp).order_by("pk").values_list("pk", "item")[:CHUNK])
        if not rows:
            return False
        items = {item for _, item in rows}
        public = keeping.wanted(published_items().filter(pk__in=items).order_by("number"))
        laid: keeping.Laid = {}
        for number in Item.objects.filter(pk__in=items).values_list("number", flat=True):
            laid |= keeping.laid_between(number, number, self.file)
        keeping.drop_hidden(list(laid), public, self.file, self.done)
        keeping.make(keeping.missing(public, laid, MADE, self.done), self.file, self.done)
        self.stands.stamp = rows[-1][0]
        return True

    def _circle(self) -> bool:
        """The next part of the circle through all items; begins one when something may be missing."""
        stands = self.stands
        if stands.at is None and not self._begins():
            return False
        reached = -1 if stands.at is None else stands.at
        batch = keeping.after(reached)
        last = batch[-1].number if batch else keeping.LAST
        laid = keeping.laid_between(reached + 1, last, self.file)
        keeping.drop_hidden(list(laid), batch, self.file, self.done)
        pages = keeping.missing(batch, laid, MADE, self.done)
        keeping.make(pages[:CHUNK], self.file, self.done)
        stands.at = pages[CHUNK][0] - 1 if pages[CHUNK:] else last
        if self.done.full or not batch:
            self._end()
        return True

    def _begins(self) -> bool:
        stands, now = self.stands, time.time()
        since = now - stands.ended
        if 0 <= since < self.apart:
            return False
        basis = _basis()
        if not basis or (basis == stands.basis and 0 <= since < LONGEST_SECONDS):
            return False
        # After a restored backup the numbers of changes may have gone back.
        stands.basis, stands.stamp, stands.at = basis, min(stands.stamp or 0, _newest_stamp()), -1
        self.done = keeping.Done()
        return True

    def _end(self) -> None:
        self.stands.at, self.stands.ended, self.stands.folded = None, time.time(), False
        if self.done.made or self.done.dropped:
            log.info("document pages: %s made ahead, %s dropped", self.done.made, self.done.dropped)
        if self.done.full:
            log.warning("保存页面的文件已到上限（GONGKAI_KEPT_PAGES_MB）或正被占用，其余页面没有预先生成。")

    def _fold(self) -> bool:
        if self.stands.folded:
            return False
        self.stands.folded = fold() == 0
        return not self.stands.folded


def _basis() -> str:
    """Changes when pages may be missing or outdated that no stamp of an item tells: others' marks, new items, the day, an embargo's end."""
    organs = _organs_stamp()
    if organs is None:
        return ""
    newest = Item.objects.aggregate(newest=Max("pk"))["newest"]
    latest = published_items().values_list("published_at", flat=True).first()
    return f"{text_of(0, 0, organs)} {newest} {latest} {timezone.localdate()}"


def _organs_stamp() -> int | None:
    stamps = list(OrgansStamp.objects.values_list("stamp", flat=True))
    return sum(stamps) if stamps else None


def _newest_stamp() -> int:
    return ItemStamp.objects.aggregate(newest=Max("pk"))["newest"] or 0
