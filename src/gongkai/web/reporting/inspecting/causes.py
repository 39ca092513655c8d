"""Findings grouped by cause: broken sums that one slip may explain stand together, under its likeliest repair."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gongkai.checking import Change, Part, Proposal, Repairs
from gongkai.checking.linear import model
from gongkai.checking.wording import spell
from gongkai.forms import form
from gongkai.report import Finding, Report

from .sides import Sides, sides_of


class Told(msgspec.Struct, omit_defaults=True):
    """A finding with its two sides."""

    finding: Finding
    sides: Sides | None = None


class RepairRow(msgspec.Struct):
    """A row of a statutory table as printed and as proposed; ``changed`` says by cell which differ."""

    label: str
    heads: list[str]
    old: list[str]
    new: list[str]
    changed: list[bool]

    @property
    def pairs(self) -> list[tuple[str, str, bool]]:
        """(as printed, as proposed, changed) by cell."""
        return list(zip(self.old, self.new, self.changed, strict=True))


class Way(msgspec.Struct):
    """One proposal: its words, its evidence, and the rows it changes."""

    words: str
    evidence: list[str]
    rows: list[RepairRow]


class Cause(msgspec.Struct, omit_defaults=True):
    """Findings of one cause, the plainest first; ``certainty`` says how sure the repair is; ``ways`` likeliest first."""

    findings: list[Told]
    certainty: str = ""
    ways: list[Way] = []


_ORDER = {"error": 0, "warning": 1, "note": 2}


def causes(report: Report, findings: list[Finding], repairs: Repairs) -> list[Cause]:
    """Every finding once: first the broken sums by the part of the form they tie together, then the others one by one."""
    if report.form is None:
        return []
    tied = model(report.form).part
    groups: dict[int, list[Finding]] = {}
    alone: list[Finding] = []
    for finding in findings:
        part = tied.get(finding.addresses[0]) if finding.addresses else None
        if finding.severity == "error" and part is not None and _in_table(finding, report):
            groups.setdefault(part, []).append(finding)
        else:
            alone.append(finding)
    out = [_cause(report, groups[key], part) for key, part in _matched(groups, repairs)]
    out += [Cause([Told(f, sides_of(f, report))]) for f in sorted(alone, key=lambda f: _ORDER[f.severity])]
    return out


def _in_table(finding: Finding, report: Report) -> bool:
    return any(r.id == finding.rule and r.scope == "in_table" for r in form(str(report.form)).relations)


def _matched(groups: dict[int, list[Finding]], repairs: Repairs) -> Iterator[tuple[int, Part | None]]:
    """The repair of each group: repairs come in the order of the parts, and name the rules they mend."""
    parts = list(repairs.parts)
    for key in sorted(groups):
        rules = {finding.rule for finding in groups[key]}
        found = next((part for part in parts if rules & set(part.broken)), None)
        if found is not None:
            parts.remove(found)
        yield key, found


def _cause(report: Report, findings: list[Finding], part: Part | None) -> Cause:
    best = part.proposals[0] if part and part.proposals else None
    changed = {change.address for change in best.changes} if best else set()
    # a row with the most changed figures shows the slip best; rows read more easily than columns
    ordered = sorted(findings, key=lambda f: (not ("r" in f.at and changed & set(f.addresses)), -len(changed & set(f.addresses))))
    told = [Told(f, sides_of(f, report)) for f in ordered]
    ways = [_way(report, proposal) for proposal in part.proposals] if part else []
    return Cause(told, part.words if part else "", ways)


def _way(report: Report, proposal: Proposal) -> Way:
    return Way(proposal.words, list(proposal.evidence), list(_rows(report, proposal.changes)))


def _rows(report: Report, changes: tuple[Change, ...]) -> Iterator[RepairRow]:
    the = form(str(report.form))
    new = {change.address: change.new for change in changes}
    for name in dict.fromkeys(change.address.rsplit(".", 1)[0] for change in changes):
        cells = [cell for address, cell in the.cells.items() if address.rsplit(".", 1)[0] == name]
        values = [(report.value(c.address), new.get(c.address, report.value(c.address))) for c in cells]
        yield RepairRow(
            the.words[name.split(".")[1]],
            [cell.column.label.split("（")[0] for cell in cells],
            ["空白" if old is None else spell(old) for old, _ in values],
            ["空白" if to is None else spell(to) for _, to in values],
            [cell.address in new for cell in cells],
        )
