"""The door to a document's prose: its sections, what it claims, whose it is, and what is wrong with the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.reading.blocks import Document
from gongkai.reading.prose.claims import claims
from gongkai.reading.prose.hijack import hijack_problems, intrusions
from gongkai.reading.prose.identity import identify
from gongkai.reading.prose.lines import lines_of
from gongkai.reading.prose.sections import parts, sections
from gongkai.report import Claim, Identity, Problem, Section


@dataclass(frozen=True, slots=True)
class Prose:
    """What the text of a report says. ``evidence`` is of organ, year and dates, best first within each field."""

    organ: str | None
    year: int | None
    title: str | None
    period: tuple[date, date] | None
    published: date | None
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    evidence: tuple[Identity, ...]


def read_prose(document: Document, *, name: str = "") -> Prose:
    """Reads the prose of a document; never raises for what a page says. ``name``: file name or address."""
    lines = lines_of(document)
    found = parts(lines)
    foreign = intrusions(lines)
    whose = identify(lines, found, foreign, name or document.source)
    stated, contradictions = claims(lines, found, whose.year, whose.organ)
    problems = (*hijack_problems(lines, foreign), *contradictions)
    return Prose(whose.organ, whose.year, whose.title, whose.period, whose.published, sections(lines, found), stated,
                 problems, whose.evidence)  # fmt: skip
