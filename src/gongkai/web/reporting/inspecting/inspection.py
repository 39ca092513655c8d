"""The work done on one document in a worker process: read, check, repair, place, draw."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import msgspec

from gongkai.checking import Repairs, check, repair
from gongkai.checking.facts import Facts
from gongkai.forms import form
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.pipeline import Steps, explain_bytes
from gongkai.reading.rendering import PagePicture, page_pictures
from gongkai.report import Finding, Report, State

from .causes import Cause, causes
from .hazards import hazards
from .original import Part, Picture
from .placing import PAGED, anchors, marked_pages, place

WORK = "gongkai.web.reporting.inspecting.warm:inspect_document"
UPLOADS = "/upload/"
"""The folder a document lies in while it is read: what stands before it is nobody's business."""
MOST_PAGES = 40
_IDLE = ("cross_year", "hierarchy", "register")


class Counts(msgspec.Struct, omit_defaults=True):
    """How many relations were evaluated, how many hold, how many figures could not be read."""

    evaluated: int = 0
    holding: int = 0
    errors: int = 0
    warnings: int = 0
    unreadable: int = 0


class Inspected(Report, omit_defaults=True):
    """A report with everything that is shown about it."""

    kind: str = ""
    seconds: float = 0.0
    notes: list[str] = msgspec.field(default_factory=list)
    counts: Counts = msgspec.field(default_factory=Counts)
    causes: list[Cause] = msgspec.field(default_factory=list)
    parts: list[Part] = msgspec.field(default_factory=list)
    anchors: list[str] = msgspec.field(default_factory=list)
    pictures: list[Picture] = msgspec.field(default_factory=list)


def inspect_document(data: bytes, source: str, limits: Limits) -> list[Report]:
    """The reports in a file, each an Inspected. Raises nothing for a document's sake."""
    started = time.perf_counter()
    shown = source.rpartition(UPLOADS)[2]
    notes = hazards(data)
    found: list[Report] = []
    for steps in explain_bytes(data, shown, limits):
        one = _inspected(steps, data)
        one.notes = notes
        one.seconds = round(time.perf_counter() - started, 3)
        found.append(one)
    return found


def plain_report(report: Report) -> Report:
    """The report alone, without what is shown about it."""
    return Report(**_fields(report))


def checked(report: Report) -> tuple[list[Finding], Repairs, Counts]:
    """The findings, the proposals, and the counts of one report."""
    findings = check(report)
    return findings, repair(report), counts(report, findings)


def counts(report: Report, findings: list[Finding]) -> Counts:
    """How many relations could be evaluated and how many of them hold."""
    if report.form is None:
        return Counts()
    facts = Facts(report)
    outcomes = [
        instance.holds(facts)
        for relation in form(report.form).relations
        if relation.scope not in _IDLE
        for instance in relation.instances
    ]
    evaluated = sum(outcome is not None for outcome in outcomes)
    return Counts(
        evaluated,
        sum(outcome is True for outcome in outcomes),
        sum(f.severity == "error" for f in findings),
        sum(f.severity != "error" for f in findings),
        sum(f.state is State.UNREADABLE for f in report.figures.values()),
    )


def _inspected(steps: Steps | Report, data: bytes) -> Inspected:
    report = steps.report if isinstance(steps, Steps) else steps
    findings, repairs, found = checked(report)
    one = Inspected(**_fields(report), counts=found, causes=causes(report, findings, repairs))
    if isinstance(steps, Steps):
        one.kind = steps.document.kind
        drawn = list(_drawn(steps, data))
        one.parts = place(steps, {p.number: (p.width, p.height) for p in drawn}, bool(drawn))
        one.anchors = sorted(anchors(one.parts))
        one.pictures = [Picture(p.number, p.png) for p in drawn]
    return one


def _drawn(steps: Steps, data: bytes) -> list[PagePicture]:
    """Pictures of the pages on which something stands; an OFD has none, its texts are set where they stand."""
    if steps.document.kind not in PAGED - {"ofd"}:
        return []
    try:
        return list(page_pictures(data, marked_pages(steps)[:MOST_PAGES]))
    except CannotRead:
        return []


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in Report.__struct_fields__}


def encode(found: list[Inspected]) -> bytes:
    """For keeping between two requests; pictures are kept beside, not in it."""
    for one in found:
        one.pictures = []
    return msgspec.json.encode(found)


def decode(data: bytes) -> list[Inspected]:
    """The reverse of :func:`encode`."""
    found = msgspec.json.decode(data, type=list[Inspected])
    for one in found:
        # JSON has one kind of whole number: an amount without decimals comes back as an amount all the same
        if one.form is not None:
            one.figures = {a: _typed(one.form, a, f) for a, f in one.figures.items()}
    return found


def _typed(key: str, address: str, figure: Any) -> Any:
    if form(key).cells[address].column.kind == "decimal" and isinstance(figure.value, int):
        return msgspec.structs.replace(figure, value=Decimal(figure.value))
    return figure
