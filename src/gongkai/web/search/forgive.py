"""One wrong character: what was most likely meant by words that nothing holds.

First by sound and shape: a wrong character is exchanged for those it may stand for, and the index is asked which of
the words there are. Then by neighbours: titles that hold the rest of the words may hold, in place of the wrong
word, one that differs by one character. A correction is always told, never silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import OSA

from .engine import Engine
from .language.fold import BREAK, compact, fold
from .language.segment import pieces
from .language.sound import mistaken_for
from .parse import Wishes
from .plan import Characters, Plan

MOST_CANDIDATES = 160
LONGEST_WORD = 8
TITLES = 40
TitlesOf = Callable[[list[str]], Iterable[str]]


def corrected(engine: Engine, plan: Plan, wishes: Wishes, titles_of: TitlesOf) -> str:
    """The words of the simple box with one character put right; "" when nothing better is known."""
    if wishes.number or not wishes.chunks:
        return ""
    for wrong in _unheard_of(engine, wishes.chunks):
        right = _by_sound_or_shape(engine, wrong) or _by_neighbours(engine, plan, wishes, wrong, titles_of)
        if right:
            return _with(wishes, wrong, right)
    return ""


def _unheard_of(engine: Engine, chunks: Iterable[str]) -> list[str]:
    """The words, and pairs of neighbouring single words, that no public document holds."""
    words: dict[str, None] = {}
    for chunk in chunks:
        parts = pieces(compact(fold(chunk)))
        words |= dict.fromkeys(part for part in parts if len(part) > 1 and not part.isascii())
        # A wrong character may stand beside a word that took its neighbour: 供|水价 for 供水|价.
        words |= dict.fromkeys(a + b for a, b in pairwise(parts) if len(a + b) <= 4 and not (a + b).isascii())
    known = engine.frequencies(list(words)) if words else []
    return [word for word, times in zip(words, known, strict=True) if not times and len(word) <= LONGEST_WORD]


def _by_sound_or_shape(engine: Engine, word: str) -> str:
    candidates: dict[str, None] = {}
    for at, char in enumerate(word):
        candidates |= dict.fromkeys(word[:at] + other + word[at + 1 :] for other in mistaken_for(char))
    for at in range(len(word) - 1):
        candidates[word[:at] + word[at + 1] + word[at] + word[at + 2 :]] = None
    if len(word) > 2:
        candidates |= dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))
    candidates.pop(word, None)
    tried = list(candidates)[:MOST_CANDIDATES]
    return _most_frequent(tried, engine.frequencies(tried))


def _most_frequent(words: list[str], times: list[int]) -> str:
    best = max(zip(times, words, strict=True), key=lambda pair: pair[0], default=(0, ""))
    return best[1] if best[0] else ""


def _by_neighbours(engine: Engine, plan: Plan, wishes: Wishes, wrong: str, titles_of: TitlesOf) -> str:
    """The stretch of a title nearest to the wrong word with what stands around it."""
    chunk = next((text for text in map(_compact, wishes.chunks) if wrong in text), "")
    others = [text for text in (chunk.partition(wrong)[0], chunk.partition(wrong)[2]) if len(text) > 1]
    others += [wrong[:-1]] if len(wrong) > 2 else []
    others += [wrong[1:]] if len(wrong) > 2 else []
    counted: Counter[str] = Counter()
    for other in others:
        asked = replace(
            plan, groups=((Characters(other, True, True),),), at_least=1, scored=(), title_phrases=(), unwanted=(),
            offset=0, limit=TITLES, facets=False,
        )  # fmt: skip
        ids = [id for id, _ in engine.search(asked).hits]
        for title in map(_compact, titles_of(ids)):
            counted.update(_near(title, chunk, wrong))
    return counted.most_common(1)[0][0] if counted else ""


def _near(title: str, chunk: str, wrong: str) -> set[str]:
    """What stands in `title` where the chunk has its wrong word, when the two differ by one character there."""
    before, _, after = chunk.partition(wrong)
    before, after = before[-2:], after[:2]
    found = set()
    for length in (len(wrong), len(wrong) - 1, len(wrong) + 1):
        for at in range(len(title) - length + 1):
            here = title[at : at + length]
            around = title[max(0, at - len(before)) : at], title[at + length : at + length + len(after)]
            near = around == (before, after) and BREAK not in here and OSA.distance(here, wrong, score_cutoff=1) == 1
            if near and length > 1 and (len(wrong) > 2 or before or after):
                found.add(here)
    return found


def _compact(text: str) -> str:
    return compact(fold(text))


def _with(wishes: Wishes, wrong: str, right: str) -> str:
    chunks = [_compact(chunk).replace(wrong, right, 1) if wrong in _compact(chunk) else chunk for chunk in wishes.chunks]
    return " ".join([*chunks, *(f"“{one}”" for one in wishes.phrases), *(f"-{one}" for one in wishes.without)])
