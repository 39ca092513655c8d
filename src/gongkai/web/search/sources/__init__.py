"""How models become documents. A room registers each of its models once, from its AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.search.document import SearchDocument, id_of

M = TypeVar("M", bound=Model)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Watch:
    """Another table whose changes touch documents. `column` of a changed row is what `affected` is asked with.

    `columns`: only updates of these count; () also for rows that come and go.
    """

    model: type[Model]
    column: str
    affected: Callable[[Sequence[str]], Iterable[object]]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source(Generic[M]):
    """`to_documents` turns a batch of rows into documents, at most one a row, with id `<label>:<pk>`.

    `due` names the times after now at which rows (by primary keys) change for the public without being written to.
    """

    model: type[M]
    to_documents: Callable[[Sequence[M]], Iterable[SearchDocument]]
    watches: tuple[Watch, ...] = ()
    due: Callable[[Sequence[str]], Iterable[tuple[object, datetime]]] | None = None

    @property
    def label(self) -> str:
        """catalogue.item"""
        return self.model._meta.label_lower

    def public(self, keys: Iterable[object]) -> list[SearchDocument]:
        """The documents of those of the rows `keys` that the public may see now."""
        rows: Any = visible(self.model, Actor.public()).filter(pk__in=list(keys))
        return list(self.to_documents(list(rows)))

    def all_public(self) -> Iterator[list[SearchDocument]]:
        """Every document that the public may see, by batches in the order of primary keys, each read afresh."""
        last: object = None
        while True:
            rows: Any = visible(self.model, Actor.public()).order_by("pk")
            batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
            if not batch:
                return
            last = batch[-1].pk
            yield list(self.to_documents(batch))

    def ids(self, keys: Iterable[object]) -> list[str]:
        """The document ids of these rows."""
        return [id_of(self.label, key) for key in keys]


_sources: dict[str, Source[Any]] = {}


def register(
    model: type[M],
    to_documents: Callable[[Sequence[M]], Iterable[SearchDocument]],
    *,
    watches: tuple[Watch, ...] = (),
    due: Callable[[Sequence[str]], Iterable[tuple[object, datetime]]] | None = None,
) -> None:
    """Make `model` searchable. Two ways for one model are a mistake of the programmer (ValueError); the same way again
    (applications made ready twice) changes nothing."""
    source = Source(model, to_documents, watches, due)
    before = _sources.get(source.label)
    if before is not None and before.to_documents is not to_documents:
        raise ValueError(f"{source.label} is a source already")
    _sources[source.label] = source


def sources() -> dict[str, Source[Any]]:
    """Every source by the label of its model."""
    return dict(_sources)
