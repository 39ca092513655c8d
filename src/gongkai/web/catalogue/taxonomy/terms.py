"""One term of a classification, and a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec
from django.core.exceptions import ImproperlyConfigured

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key` is stored, `title` is shown, `also` are other names met in imported tables."""

    key: str
    title: str
    also: tuple[str, ...] = ()


class Statutory(Term, frozen=True, forbid_unknown_fields=True):
    """An item of Art. 20 (`number`, `full` wording) or Art. 21 (`levels` of organs that owe it)."""

    number: int = 0
    full: str = ""
    levels: tuple[int, ...] = ()


class Kind(Term, frozen=True, forbid_unknown_fields=True):
    """What a document is, and what follows from that."""

    validity: bool = False
    normative: bool = False
    reads: bool = False


class Reason(Term, frozen=True, forbid_unknown_fields=True):
    """A ground of Art. 14 to 16. `held`: its text may be kept here; `on_request`: grounds for 依申请公开 only."""

    article: str = ""
    held: bool = True
    on_request: bool = False


T = TypeVar("T", bound=Term)


class Terms(Generic[T]):
    """A classification in its order. Raises ImproperlyConfigured when two terms share a key or a name."""

    def __init__(self, name: str, terms: list[T]) -> None:
        self.name = name
        self._by_key: dict[str, T] = {}
        self._by_word: dict[str, T] = {}
        for term in terms:
            if not _KEY.fullmatch(term.key) or term.key in self._by_key:
                raise ImproperlyConfigured(f"分类“{name}”的代码“{term.key}”不合规则或重复。")
            self._by_key[term.key] = term
            for word in {term.title, *term.also}:
                if not word or word in self._by_word:
                    raise ImproperlyConfigured(f"分类“{name}”的名称“{word}”为空或重复。")
                self._by_word[word] = term
        self.choices = [(term.key, term.title) for term in terms]

    def __iter__(self) -> Iterator[T]:
        return iter(self._by_key.values())

    def __getitem__(self, key: str) -> T:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def get(self, key: str) -> T | None:
        """The term of a stored key."""
        return self._by_key.get(key)

    def title(self, key: str) -> str:
        """What people read for a stored key; the key itself when the data no longer knows it."""
        term = self._by_key.get(key)
        return term.title if term else key

    def named(self, word: str) -> T | None:
        """The term with this title, other name or key."""
        return self._by_word.get(word) or self._by_key.get(word)

    def keys_where(self, **facts: bool) -> tuple[str, ...]:
        """The keys of the terms for which these facts hold, e.g. keys_where(normative=True)."""
        return tuple(
            term.key for term in self if all(getattr(term, name) is value for name, value in facts.items())
        )
