"""What an engine is asked to do: one neutral plan, made from a Query once, carried out by every engine alike.

Found is what holds enough `groups` (each: one of its alternatives), none of `unwanted`, and meets `filters`. Ordered
it is by `scored` words, whole `title_phrases`, and above all by an equal title or 文号.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import combinations, zip_longest

from django.utils import timezone

from .language.fold import BREAK, compact, fold, key
from .language.lexicon import lexicon
from .language.segment import pair_list, parts, pieces
from .parse import Wishes, parse
from .query import Query, Sort

MOST_GROUPS = 24
"""Words of one query that count. A pasted paragraph finds its document by far fewer."""
MOST_PARTS = 8
"""Words of which one may be missing: of more, too much would do."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Compact folded text that must occur: `adjacent` exactly so, otherwise all its character pairs somewhere.

    Spaces in a text that is not adjacent part words of which no pair reaches from one to the next.
    """

    text: str
    adjacent: bool = False
    in_title: bool = False

    @property
    def pairs(self) -> list[str]:
        """The character pairs: in order for an adjacent text, else each once. [] for a single character."""
        if self.adjacent:
            return pair_list(self.text)
        return list(dict.fromkeys(pair for word in self.text.split(" ") for pair in pair_list(word)))


@dataclass(frozen=True, slots=True)
class Scored:
    """A word that raises a document in which it stands as a word; 1 for typed ones."""

    word: str
    weight: float = 1.0


Group = tuple[Characters, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions on fields; None or "" where there is none. Times in seconds since 1970; `until` is not included."""

    public: bool = True
    kind: str = ""
    organ: int | None = None
    art20: str = ""
    theme: str = ""
    validity: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """See the module. Keys are compact: `number` is in the text of a document that has it, so it needs no other way.
    `loose`: words were left out already (see `relaxed`)."""

    groups: tuple[Group, ...] = ()
    at_least: int = 0
    loose: bool = False
    unwanted: tuple[Characters, ...] = ()
    scored: tuple[Scored, ...] = ()
    title_phrases: tuple[str, ...] = ()
    title_key: str = ""
    number: str = ""
    filters: Filters = Filters()
    hidden: tuple[str, ...] = ()
    by_date: bool = False
    offset: int = 0
    limit: int = 20
    facets: bool = True

    @property
    def everything(self) -> bool:
        """No words at all: conditions alone decide."""
        return not self.groups

    def ways(self) -> list[tuple[Group, ...]]:
        """The sets of groups each of which suffices, for engines that cannot count (few: see `relaxed`)."""
        return list(combinations(self.groups, self.at_least))


def plan(query: Query) -> Plan:
    """The plan for `query`."""
    wishes = parse(query)
    groups, scored = _wanted(wishes, query.in_title)
    return Plan(
        groups=groups,
        at_least=len(groups),
        unwanted=tuple(Characters(text, True, query.in_title) for text in map(_compact, wishes.without) if text),
        scored=scored,
        title_phrases=tuple(text for text in map(_compact, wishes.chunks + wishes.phrases) if len(text) > 2),
        title_key=key(wishes.whole),
        number=key(wishes.number),
        filters=_filters(query),
        by_date=query.sort is Sort.DATE,
        offset=(max(1, query.page) - 1) * query.size,
        limit=query.size,
    )


def relaxed(plan: Plan) -> Plan | None:
    """The same with one word allowed to be missing; None when there are too few words for that, or too many.

    A single long word counts as the words it is made of, and so does each of several alternatives. What was put in
    quotation marks, and a 文号, is wanted as it stands: nothing is left out then.
    """
    if plan.loose or plan.at_least < len(plan.groups) or any(part.adjacent for group in plan.groups for part in group):
        return None
    groups, scored = plan.groups, dict.fromkeys(plan.scored)
    if len(groups) == 1:
        apart = [(one, texts) for one in groups[0] if 2 <= len(texts := _apart(one)) <= MOST_PARTS]
        scored |= dict.fromkeys(Scored(text) for _, texts in apart for text in texts)
        if len(groups[0]) > 1:
            return _alternatives(plan, apart, tuple(scored))
        groups = tuple((Characters(text, False, one.in_title),) for one, texts in apart for text in texts)
    if not 2 <= len(groups) <= MOST_PARTS:
        return None
    return replace(plan, groups=groups, at_least=len(groups) - 1, scored=tuple(scored))


def _alternatives(plan: Plan, apart: list[tuple[Characters, list[str]]], scored: tuple[Scored, ...]) -> Plan | None:
    """Each alternative with one of its words missing, as alternatives of one group: a group needs no counting, so every
    engine does it alike. Alternatives take turns, so that a long list does not leave the last ones out."""
    shorter = [
        [Characters(" ".join(way), False, one.in_title) for way in combinations(texts, len(texts) - 1)] for one, texts in apart
    ]
    group = dict.fromkeys(one for turn in zip_longest(*shorter) for one in turn if one is not None)
    if not group:
        return None
    return replace(plan, groups=(tuple(group)[:MOST_GROUPS],), at_least=1, scored=scored[: MOST_GROUPS * 2], loose=True)


def _apart(one: Characters) -> list[str]:
    if " " in one.text:
        return one.text.split(" ")
    # An alternative is taken as typed, so it may be several words that make no long one.
    return parts(one.text) or [piece for piece in pieces(one.text) if len(piece) > 1]


def _compact(text: str) -> str:
    return compact(fold(text))


def _wanted(wishes: Wishes, in_title: bool) -> tuple[tuple[Group, ...], tuple[Scored, ...]]:
    """Every wanted text as groups and scored words, each group once."""
    groups: dict[Group, None] = {}
    scored: dict[str, Scored] = {}
    if wishes.number:
        groups[(Characters(key(wishes.number), True),)] = None
    for text in map(_compact, wishes.phrases):
        if text:
            groups[(Characters(text, True, in_title),)] = None
            _score(scored, pieces(text), 1.0)
    words = [word for chunk in wishes.chunks for word in _words(chunk)]
    if any(word not in lexicon().empty and len(word) > 1 for word in words):
        words = [word for word in words if (word not in lexicon().empty and len(word) > 1) or word.isascii()]
    for word in words:
        others = lexicon().same.get(word, ())
        loose = " ".join(piece for piece in pieces(word) if len(piece) > 1) or word
        groups[tuple(Characters(name, False, in_title) for name in (loose, *others))] = None
        _score(scored, pieces(word), 1.0)
        for other in others:
            _score(scored, pieces(other), 0.6)
    if some := tuple(Characters(text, False, in_title) for text in map(_compact, wishes.any_of) if text):
        groups[some] = None
        for one in some:
            _score(scored, pieces(one.text), 1.0)
    return tuple(groups)[:MOST_GROUPS], tuple(scored.values())[: MOST_GROUPS * 2]


def _score(scored: dict[str, Scored], words: list[str], weight: float) -> None:
    for word in words:
        if word not in lexicon().empty:
            scored.setdefault(word, Scored(word, weight))


def _words(chunk: str) -> list[str]:
    """A chunk as words, names with synonyms taken whole first (信息公开 is one thing, though two words)."""
    text, lex, out, start, rest = _compact(chunk), lexicon(), [], 0, ""
    while start < len(text):
        name = next(
            (text[start:end] for end in range(min(len(text), start + lex.longest), start, -1) if text[start:end] in lex.same),
            "",
        )  # fmt: skip
        if name:
            out += [*pieces(rest), name]
            rest, start = "", start + len(name)
        else:
            rest, start = rest + text[start], start + 1
    return [word for word in (*out, *pieces(rest)) if word.strip(BREAK)]


def _filters(query: Query) -> Filters:
    return Filters(
        kind=query.kind.value if query.kind else "",
        organ=query.organ,
        art20=query.art20,
        theme=query.theme,
        validity=query.validity,
        since=None if query.since is None else _seconds(datetime.combine(query.since, time())),
        until=None if query.until is None else _seconds(datetime.combine(query.until, time())) + 86_400,
    )


def _seconds(naive: datetime) -> int:
    return int(timezone.make_aware(naive).timestamp())
