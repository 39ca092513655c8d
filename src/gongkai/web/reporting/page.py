"""The page of a stored report: its sections with their tables, as published, and what was found in checking it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.checking import Repairs
from gongkai.report import Finding, Report
from gongkai.writing.page import Heading, Printed, Text, compose

from .inspecting.causes import causes
from .inspecting.inspection import counts
from .showing import FORM_NAMES, cause_shown, claims, doubts
from .statutory import StatTable, marks_of, statutory


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph (with its lead in bold) or a table."""

    heading: str = ""
    number: int = 0
    lead: str = ""
    text: str = ""
    table: StatTable | None = None
    table_title: str = ""


def report_page(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """The context of a report's page. Repairs are not proposed here: a published figure stays as it is."""
    grouped = causes(report, list(findings), Repairs(report.source, ()))
    tables = {table.key: table for table in statutory(report, marks_of(grouped))}
    pieces: list[Piece] = []
    for part in compose(report).parts:
        match part:
            case Heading(number=number, text=text):
                pieces.append(Piece(heading=text, number=number))
            case Text(lead=lead, rest=rest):
                pieces.append(Piece(lead=lead, text=rest))
            case Printed(layout=layout, title=title):
                pieces.append(Piece(table=tables[layout.table.key], table_title=title))
    return {
        "report": report, "form_name": FORM_NAMES.get(report.form or "", ""), "pieces": pieces,
        "causes": [cause_shown(cause) for cause in grouped], "counts": counts(report, list(findings)),
        "claims": claims(report), "doubts": doubts(report), "problems": [p for p in report.problems if p.address is None],
    }  # fmt: skip
