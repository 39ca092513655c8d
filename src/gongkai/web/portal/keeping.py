"""Makes ahead the document pages that are missing or no longer right, and drops those of what is not public any more.

It may be stopped and run again at any time: what is right is left alone.
"""

from __future__ import annotations

import logging
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import django
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from gongkai import isolation
from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.published import published_items

from .document_pages import FORMS, key_of, make_page
from .kept import LARGEST, Page, Store, store
from .marks import stamped, text_of
from .views import document

BATCH = 200
log = logging.getLogger(__name__)
WAIT_SECONDS = 20
LAST = LARGEST // len(FORMS) - 1
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


Laid = dict[int, tuple[str, float | None]]
"""Mark and end of the time of the pages in the file, by key."""


class Wanted(NamedTuple):
    """A public item with the mark it has."""

    number: int
    mark: str


def keep_all(processes: int = 1, forms: tuple[str, ...] = ("page",)) -> Done:
    """Go through all items; with several processes each takes every so many-th number."""
    if processes == 1:
        return keep_part(0, 1, forms)
    done = Done()
    context = isolation.context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        for part in [pool.submit(keep_part, part, processes, forms) for part in range(processes)]:
            done.add(part.result())
    return done


def keep_part(part: int, parts: int, forms: tuple[str, ...]) -> Done:
    """The numbers that leave `part` when divided by `parts`."""
    file, done, last = store(WAIT_SECONDS), Done(), -1
    while not done.full:
        batch = after(last)
        end = batch[-1].number if batch else LAST
        mine = [one for one in batch if one.number % parts == part]
        laid = laid_between(last + 1, end, file)
        drop_hidden([key for key in laid if key // len(FORMS) % parts == part], mine, file, done)
        make(missing(mine, laid, forms, done), file, done)
        if not batch:
            break
        last = end
    return done


def after(number: int) -> list[Wanted]:
    """The next public items in the order of their numbers."""
    return wanted(published_items().filter(number__gt=number).order_by("number")[:BATCH])


def wanted(items: QuerySet[Item]) -> list[Wanted]:
    """Those items with their marks."""
    found: QuerySet[Item, tuple[int, ...]] = stamped(items).values_list("number", "pk", "item_stamp", "organs_stamp")  # type: ignore[assignment]
    return [Wanted(number, text_of(*marked)) for number, *marked in found]


def laid_between(first: int, last: int, file: Store) -> Laid:
    """What the file has for these numbers, by key."""
    return {key: (mark, until) for key, mark, until in file.laid(key_of(first, "page"), key_of(last + 1, "page") - 1)}


def drop_hidden(keys: list[int], public: list[Wanted], file: Store, done: Done) -> None:
    """Of the pages with these keys, those of items that are not among the public ones."""
    numbers = {one.number for one in public}
    gone = [key for key in keys if key // len(FORMS) not in numbers]
    if gone and file.drop(gone):
        done.dropped += len(gone)


def missing(items: list[Wanted], laid: Laid, forms: tuple[str, ...], done: Done) -> list[tuple[int, str]]:
    """Number and form of the pages that are not laid or no longer right."""
    now, found = timezone.now().timestamp(), []
    for item in items:
        for form in forms:
            mark, until = laid.get(key_of(item.number, form), ("", None))
            if mark and mark == item.mark and (until is None or now < until):
                done.right += 1
            else:
                found.append((item.number, form))
    return found


def make(pages: list[tuple[int, str]], file: Store, done: Done) -> None:
    """Make them and put them into the file, all or none."""
    made: list[Page] = []
    for number, form in pages:
        try:
            page = make_page(MAKERS[form], number, form)
        except Http404:
            continue
        except Exception:  # whatever one document's data raises must not keep the others from theirs
            log.exception("the page of document %s cannot be made", number)
            continue
        if page is not None and page.mark:
            made.append(page)
    if made and file.put(made):
        done.made += len(made)
    elif made:
        done.full = True
