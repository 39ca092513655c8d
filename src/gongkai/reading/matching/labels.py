"""The words of the forms as they are met on a page: which label, if any, a piece of text is.

Labels come from the forms alone. They are compared by their core: squeezed, without the number in front, the
explanation in brackets behind, quotes and punctuation. One core can be several labels (总计 is a column of two tables
and a row of one); who asks decides by context.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from gongkai.forms import forms
from gongkai.reading.cleaning import squeeze

Role = Literal["row", "column", "group", "caption", "head"]

_PREFIX = re.compile(r"(?:[一二三四五六七八九十]、|\([一二三四五六七八九十]\)|[1-9][0-9]?[.、)]|[1-9](?=[\u4e00-\u9fff]))")
_BRACKET = re.compile(r"\([^()]*\)?|\)")
_ITEM = re.compile(r"第二十条第\(?(.)\)?项")
_MARKS = re.compile(r"[\"'“”、,，.．;；:：。·?？!！\-—_|]")
_UNIT = re.compile(r"(?:单位:?|\()(万元|亿元|元)")
# Words printed in tables that carry no figure and are on no form: units as a column of their own, notes in corners.
_EXTRA_HEADS = ("指标名称", "计量单位", "序号", "项目", "单位", "数量", "合计")


_WORDS = 6  # a label shorter than this says too little to be told from another

tight = lru_cache(maxsize=1 << 16)(squeeze)
"""``squeeze`` for the texts of cells, of which a report has hundreds and few that differ."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label a text can be: of which table, which row, column or group, and in which forms it is printed."""

    role: Role
    table: str
    key: str
    forms: frozenset[str]


@dataclass(frozen=True)
class Label:
    """A text seen as a label. ``exact`` is False when it was only close to one."""

    prefix: str
    core: str
    hits: tuple[Hit, ...]
    unit: str | None = None
    exact: bool = True

    def of(self, role: Role, table: str | None = None) -> Hit | None:
        """The first hit in this role (and table)."""
        for hit in self.hits:
            if hit.role == role and (table is None or table == hit.table):
                return hit
        return None

    def key_is(self, key: str) -> bool:
        return any(h.key == key for h in self.hits)

    @cached_property
    def only_form(self) -> str | None:
        """The one form on which this is printed as a row, a column or a caption; None when several print it, or none."""
        printed_on = {key for h in self.hits if h.role in ("row", "column", "caption") for key in h.forms}
        return printed_on.pop() if len(printed_on) == 1 else None

    @cached_property
    def tables(self) -> frozenset[str]:
        return frozenset(h.table for h in self.hits)


def split(text: str) -> tuple[str, str]:
    """The number in front of a squeezed label, and its core."""
    if item := _ITEM.fullmatch(text):
        return "", f"第二十条第{item[1]}项"
    match = _PREFIX.match(text)
    prefix = match[0] if match else ""
    rest = text[len(prefix):]
    core = _MARKS.sub("", _BRACKET.sub("", rest)) or _MARKS.sub("", rest.strip("()"))
    return prefix, core


@cache
def lexicon() -> dict[str, tuple[Hit, ...]]:
    """Every label of every form by its core."""
    found: dict[str, dict[tuple[Role, str, str], set[str]]] = {}

    def add(text: str, role: Role, table: str, key: str, form: str) -> None:
        core = split(squeeze(text))[1]
        if core:
            found.setdefault(core, {}).setdefault((role, table, key), set()).add(form)

    for form in forms():
        for table in form.tables.values():
            add(table.row_header, "head", table.key, "row_header", form.key)
            add(table.columns_header, "group", table.key, "columns_header", form.key)
            add(table.corner.strip("（）"), "head", table.key, "corner", form.key)
            for block in table.blocks:
                add(block.caption, "caption", table.key, block.caption, form.key)
                for column in block.columns:
                    for text in (column.label, *column.variants):
                        add(text, "column", table.key, column.key, form.key)
                    add(column.group or "", "group", table.key, "group", form.key)
                for row in block.rows:
                    for text in (row.label, *row.variants):
                        add(text, "row", table.key, row.key, form.key)
                    add(row.group or "", "group", table.key, row.group or "", form.key)
        for word in _EXTRA_HEADS:
            add(word, "head", "", word, form.key)
    return {
        core: tuple(Hit(role, table, key, frozenset(keys)) for (role, table, key), keys in hits.items())
        for core, hits in found.items()
    }


@lru_cache(maxsize=16384)
def label(text: str) -> Label | None:
    """The label a text is, exactly (but for spelling). None for anything else."""
    return label_of(tight(text))


def label_of(squeezed: str) -> Label | None:
    """:func:`label` of a squeezed text."""
    if squeezed.isascii() or len(squeezed) > 120:  # no label is without Chinese characters
        return None
    if "(" not in squeezed and not _spelling().issuperset(squeezed):
        return None
    prefix, core = split(squeezed)
    hits = lexicon().get(core)
    if hits is None:
        return _leaf(squeezed)
    unit = _UNIT.search(squeezed)
    return Label(prefix, core, hits, unit[1] if unit else None)


@cache
def _alphabet() -> frozenset[str]:
    """The characters labels are made of: a text with any other is none, nor is it a run of them."""
    return frozenset("".join(lexicon()))


@cache
def _spelling() -> frozenset[str]:
    """And those that may stand around a label: its number and marks."""
    return _alphabet() | frozenset("一二三四五六七八九十0123456789()第项\"'“”、,，.．;；:：。·?？!！-—_|")


def _leaf(squeezed: str) -> Label | None:
    """The label of a row whose cell holds the heading it stands below too (三、本年度办理结果（一）予以公开)."""
    run = labels_in(squeezed)
    if run and all(any(h.key in _headers() for h in found.hits) for found in run[:-1]) and run[-1].of("row", "requests"):
        return replace(run[-1], prefix="·")  # as good as a number in front: it stands in the body, it heads no column
    return None


@cache
def _headers() -> frozenset[str]:
    """Rows of table three that only head others."""
    return frozenset(row.key for form in forms() for row in form.tables["requests"].rows if row.kind == "header")


@lru_cache(maxsize=4096)
def labels_in(text: str) -> tuple[Label, ...]:
    """The labels of a heading whose cells ran together (结果维持结果纠正其他结果…); empty unless nothing else is in it."""
    squeezed = tight(text)
    if not 6 <= len(squeezed) <= 300 or squeezed.isascii():
        return ()
    unit = _UNIT.search(squeezed)
    rest = _MARKS.sub("", _BRACKET.sub("", _PREFIX.sub("", squeezed))) or squeezed.strip("()")
    if not _alphabet().issuperset(rest):
        return ()
    # the fewest labels that cover the text: longest first would cut 其他结果 into 其他 and a rest
    ways: list[tuple[str, ...] | None] = [(), *[None] * len(rest)]
    for end in range(1, len(rest) + 1):
        for start in range(max(0, end - 40), end):
            before = ways[start]
            if before is not None and (word := rest[start:end]) in lexicon():
                current = ways[end]
                if current is None or len(before) + 1 < len(current):
                    ways[end] = (*before, word)
    run = ways[-1] or ()
    return tuple(Label("", core, lexicon()[core], unit[1] if unit else None) for core in run) if len(run) > 1 else ()


@lru_cache(maxsize=4096)
def near_label(text: str, role: Role, table: str, cutoff: int = 75) -> Label | None:
    """The label of this role and table a text is close to (garbled, cut, misread), if there is just one."""
    prefix, core = split(squeeze(text))
    if len(core) < 3 or len(core) > 80:
        return None
    choices = [c for c, hits in lexicon().items() if any(h.role == role and h.table == table for h in hits)]
    best = process.extract(core, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=4)
    if not best:
        best = [(c, 100.0, 0) for c in choices if _shortened(core, c)]
    keys = [{h.key for h in lexicon()[c] if h.role == role and h.table == table} for c, _, _ in best]
    rivals = [b[1] for b, key in zip(best, keys, strict=True) if key != keys[0]]
    if not best or (rivals and best[0][1] - rivals[0] < 8):
        return None
    return Label(prefix, best[0][0], lexicon()[best[0][0]], exact=False)


def _shortened(short: str, whole: str) -> bool:
    """Whether a label is the beginning of another (本机关不掌握), or left words out of its middle (本年新收申请数量)."""
    if len(short) >= _WORDS and whole.startswith(short):
        return True
    if len(short) < _WORDS or short[:2] != whole[:2] or short[-2:] != whole[-2:]:
        return False
    rest = iter(whole)
    return all(char in rest for char in short)


def form_votes(texts: set[str]) -> dict[str, int]:
    """How many distinct labels printed on one form only each form has among these texts."""
    seen: dict[str, str] = {}
    for text in texts:
        found = label(text)
        for one in (found,) if found else labels_in(text):
            if one.only_form:
                seen[one.core] = one.only_form
    votes = {form.key: 0 for form in forms()}
    for key in seen.values():
        votes[key] += 1
    return votes
