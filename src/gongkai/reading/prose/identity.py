"""Whose report, of which year, under which title: decided from all the evidence on the page, which is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.reading.prose.dates import dated
from gongkai.reading.prose.hijack import Intrusion
from gongkai.reading.prose.lines import Lines
from gongkai.reading.prose.organs import organ_of
from gongkai.reading.prose.sections import Part
from gongkai.reading.prose.titles import titles
from gongkai.report import Identity


@dataclass(frozen=True, slots=True)
class Whose:
    """What a report says about itself; None for what it does not say."""

    organ: str | None
    year: int | None
    title: str | None
    period: tuple[date, date] | None
    published: date | None
    evidence: tuple[Identity, ...]


def identify(lines: Lines, found: tuple[Part, ...], foreign: tuple[Intrusion, ...], name: str) -> Whose:
    """The identity of a report. ``name`` is its file name or address: a hint for the year only, never for the organ."""
    head = next((p.first for p in found if p.number), len(lines.items))
    given = titles(lines, head, foreign)
    when = dated(lines, found, given, name)
    organ, evidence = organ_of(lines, found, given, foreign)
    title = next((t.text for t in given if t.kind != "quoted"), None)
    if title is None and given:
        title = given[0].text
    return Whose(organ, when.year, title, when.period, when.published, (*evidence, *when.evidence))
