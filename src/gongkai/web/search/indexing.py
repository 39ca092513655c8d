"""Keeping the index equal to what the public may see: changes in batches, and building it anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .document import SearchDocument
from .engine import Engine, Progress
from .models import SearchChange
from .sources import BATCH, Source, sources

MOST_CHANGES = 2_000
TRY_AGAIN = timedelta(minutes=10)
log = logging.getLogger(__name__)

Touched = dict[str, set[str]]
"""Primary keys by label of their source."""


class Indexer:
    """The one writer of `engine`. Whatever happens to it, doing the same again gives the same index."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._touched: Touched | None = None

    def apply(self) -> int:
        """Bring the index up to the changes noted so far; the number of changes done, 0 when there are none.

        Notes are removed only when the index has them for good: a crash in between repeats, and loses nothing.
        """
        notes = list(waiting().order_by("id")[:MOST_CHANGES])
        if not notes:
            return 0
        touched = _touched(notes)
        self._bring_up(touched)
        SearchChange.objects.filter(pk__in=[note.pk for note in notes]).delete()
        if self._touched is not None:
            for label, keys in touched.items():
                self._touched.setdefault(label, set()).update(keys)
        return len(notes)

    def rebuild(self, progress: Progress = lambda count: None) -> int:
        """Build the index anew from the database while changes go on into the old one; the number of documents."""
        self._touched = {}
        try:
            count = self.engine.rebuild(self._everything(), progress)
            # What changed meanwhile may be in the new index as it was before.
            self._bring_up(self._touched)
        finally:
            self._touched = None
        return count

    def _everything(self) -> Iterator[SearchDocument]:
        for source in sources().values():
            for batch in source.all_public():
                yield from batch
                if not self.engine.health().problem:
                    self.apply()

    def _bring_up(self, touched: Touched) -> None:
        for label, keys in touched.items():
            source = sources()[label]
            for part in _parts(sorted(keys)):
                self._bring_up_batch(source, part)

    def _bring_up_batch(self, source: Source[Any], keys: list[str]) -> None:
        documents = self._documents(source, keys)
        gone = set(source.ids(keys)) - {one.id for one in documents}
        if documents:
            self.engine.replace(documents)
        if gone:
            self.engine.remove(gone)
        if source.due is not None:
            note_later(source.label, source.due(keys))

    def _documents(self, source: Source[Any], keys: list[str]) -> list[SearchDocument]:
        """One row that cannot be turned into a document must not stop the others: it is tried again later."""
        try:
            return source.public(keys)
        except Exception:  # whatever a room's code raises for one row
            if len(keys) == 1:
                log.exception("%s %s cannot be indexed", source.label, keys[0])
                note_later(source.label, [(keys[0], timezone.now() + TRY_AGAIN)])
                return []
        return [document for key in keys for document in self._documents(source, [key])]


def waiting() -> Any:
    """The notes that are due."""
    return SearchChange.objects.filter(Q(due_at=None) | Q(due_at__lte=timezone.now()))


def note_later(label: str, times: Iterable[tuple[object, Any]]) -> None:
    """Look at these rows again at these times; noting the same twice is once."""
    for key, at in times:
        SearchChange.objects.get_or_create(model=label, key=str(key), due_at=at)


def note(label: str, keys: Iterable[object]) -> None:
    """Have these rows indexed again now (for the check command; acts need not: triggers see them)."""
    SearchChange.objects.bulk_create([SearchChange(model=label, key=str(key)) for key in keys], batch_size=BATCH)


def pending(most: int) -> Touched:
    """What waits to be indexed, at most `most` notes: searches look at these rows themselves."""
    return _touched(list(waiting().order_by("id")[:most]))


def _touched(notes: list[SearchChange]) -> Touched:
    """The documents that the noted rows touch."""
    keys: Touched = {}
    for note in notes:
        keys.setdefault(note.model, set()).add(note.key)
    found: Touched = {}
    for label, source in sources().items():
        own = set(keys.get(label, ()))
        for watch in source.watches:
            changed = sorted(keys.get(watch.model._meta.label_lower, ()))
            own |= {str(key) for part in _parts(changed) for key in watch.affected(part)}
        if own:
            found[label] = own
    return found


def _parts(keys: list[str]) -> list[list[str]]:
    return [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
