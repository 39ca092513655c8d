"""The paragraphs of a report's prose, joined again where a page broke them, each with the way back to its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.prose.lines import SENTENCE, Line, Lines, furniture, runs_on
from gongkai.reading.prose.sections import Part


@dataclass(slots=True, eq=False)
class Passage:
    """Lines of one paragraph, joined. ``text`` is tight; ``part`` the number of its section."""

    part: int
    lines: list[Line]
    text: str = ""

    def where(self, start: int, end: int) -> tuple[Line, int, int]:
        for line in self.lines:
            if start < len(line.tight):
                return line, start, min(end, len(line.tight))
            start, end = start - len(line.tight), end - len(line.tight)
        last = self.lines[-1]
        return last, len(last.tight), len(last.tight)


def passages(lines: Lines, found: tuple[Part, ...], telling: re.Pattern[str]) -> Iterator[Passage]:
    """The paragraphs outside the tables, but for short ones without anything ``telling``."""
    noise = furniture("noise").match
    for part in found:
        passage: Passage | None = None
        for line in lines.items[part.first:part.last]:
            if passage is None and len(line.tight) < SENTENCE and not telling.search(line.tight):
                continue  # menus, names: nothing goes on from it
            if line.tabular or noise(line.tight):
                continue
            if passage is not None and runs_on(passage.lines[-1], line):
                passage.lines.append(line)
                continue
            if passage is not None:
                yield _joined(passage)
            idle = len(line.tight) < SENTENCE and not telling.search(line.tight)
            passage = None if idle else Passage(part.number, [line])
        if passage is not None:
            yield _joined(passage)


def _joined(passage: Passage) -> Passage:
    passage.text = passage.lines[0].tight if len(passage.lines) == 1 else "".join([line.tight for line in passage.lines])
    return passage
