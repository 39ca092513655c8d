"""Makes ahead the document pages that are missing or no longer right, and drops those of what is not public any more.

It may be stopped and run again at any time: what is right is left alone.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import django
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items

from .document_pages import FORMS, key_of, make_page
from .kept import LARGEST, Page, Store, store
from .marks import stamped, text_of
from .views import document

BATCH = 200
WAIT_SECONDS = 20
MAKERS = {"page": document.show.made_by, "print": document.printed.made_by}  # type: ignore[attr-defined]


@dataclass(slots=True)
class Done:
    """How many pages were right already, were made, and were dropped; `full`: the file took no more."""

    right: int = 0
    made: int = 0
    dropped: int = 0
    full: bool = False

    def add(self, other: Done) -> None:
        """What another part did."""
        self.right, self.made, self.dropped = self.right + other.right, self.made + other.made, self.dropped + other.dropped
        self.full = self.full or other.full


class Wanted(NamedTuple):
    """A public item with the mark it has."""

    number: int
    mark: str


def keep_all(processes: int = 1, forms: tuple[str, ...] = ("page",)) -> Done:
    """Go through all items; with several processes each takes every so many-th number."""
    if processes == 1:
        return keep_part(0, 1, forms)
    done = Done()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        for part in [pool.submit(keep_part, part, processes, forms) for part in range(processes)]:
            done.add(part.result())
    return done


def keep_part(part: int, parts: int, forms: tuple[str, ...]) -> Done:
    """The numbers that leave `part` when divided by `parts`."""
    file, done, last = store(WAIT_SECONDS), Done(), -1
    while not done.full:
        batch = _after(last)
        end = batch[-1].number if batch else LARGEST // len(FORMS) - 1
        mine = [one for one in batch if one.number % parts == part]
        laid = {key: (mark, until) for key, mark, until in file.laid(key_of(last + 1, "page"), key_of(end + 1, "page") - 1)}
        _drop([key for key in laid if key // len(FORMS) % parts == part], mine, file, done)
        _make(mine, laid, forms, file, done)
        if not batch:
            break
        last = end
    return done


def _after(number: int) -> list[Wanted]:
    rows: QuerySet[Item] = stamped(published_items().filter(number__gt=number)).order_by("number")
    found = rows.values_list("number", "pk", "item_stamp", "organs_stamp")[:BATCH]
    return [Wanted(number, text_of(*marked)) for number, *marked in found]


def _drop(keys: list[int], public: list[Wanted], file: Store, done: Done) -> None:
    numbers = {one.number for one in public}
    gone = [key for key in keys if key // len(FORMS) not in numbers]
    if gone and file.drop(gone):
        done.dropped += len(gone)


def _make(items: list[Wanted], laid: dict[int, tuple[str, float | None]], forms: tuple[str, ...], file: Store, done: Done) -> None:
    made: list[Page] = []
    now = timezone.now().timestamp()
    for item in items:
        for form in forms:
            mark, until = laid.get(key_of(item.number, form), ("", None))
            if mark and mark == item.mark and (until is None or now < until):
                done.right += 1
                continue
            try:
                page = make_page(MAKERS[form], item.number, form)
            except Http404:
                continue
            if page is not None and page.mark:
                made.append(page)
    if made and file.put(made):
        done.made += len(made)
    elif made:
        done.full = True
