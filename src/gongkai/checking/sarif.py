"""Findings as SARIF 2.1.0 (OASIS), the format code-review tools read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import msgspec

from gongkai.forms import forms
from gongkai.report import Finding, Problem, Report, Trace

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {"error": "error", "warning": "warning", "note": "note"}
_MEMBER = "!"  # a file inside an archive is named archive!member


def to_sarif(documents: Iterable[tuple[Report, Sequence[Finding]]]) -> dict[str, Any]:
    """A SARIF log with one run: every finding of every document, and what the reader could not read.

    A location has the document's address, the character region where the document is text, and in its properties the
    page, sheet, table, row and column as far as they are known.
    """
    rules = _rules()
    index = {rule["id"]: n for n, rule in enumerate(rules)}
    results: list[dict[str, Any]] = []
    for report, findings in documents:
        results += [_problem(report, problem) for problem in report.problems]
        results += [_result(report, finding, index) for finding in findings]
    driver = {
        "name": "gongkai", "version": version("gongkai"), "language": "zh-CN", "rules": rules,
    }  # fmt: skip
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _rules() -> list[dict[str, Any]]:
    """A descriptor for every relation of every form, once an id."""
    out: dict[str, dict[str, Any]] = {}
    for each in forms():
        for relation in each.relations:
            out.setdefault(relation.id, {
                "id": relation.id,
                "shortDescription": {"text": relation.formula},
                "fullDescription": {"text": relation.message},
                "help": {"text": relation.source},
                "defaultConfiguration": {"level": _LEVEL[relation.severity]},
                "properties": {"scope": relation.scope, "basis": relation.basis},
            })  # fmt: skip
    return list(out.values())


def _result(report: Report, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    places = [_location(report, trace, name) for name, trace in finding.traces.items()]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.message},
        "locations": places[:1] or [_location(report, None, None)],
        "relatedLocations": [{"id": n, **place} for n, place in enumerate(places[1:], 1)],
        "properties": {
            "addresses": list(finding.addresses), "expected": finding.expected, "actual": finding.actual,
            "basis": finding.basis, "at": finding.at, "organ": report.organ, "year": report.year,
        },
    }  # fmt: skip


def _problem(report: Report, problem: Problem) -> dict[str, Any]:
    return {
        "ruleId": f"reading/{problem.code}",
        "level": "warning",
        "message": {"text": problem.message},
        "locations": [_location(report, problem.trace, problem.address)],
        "properties": {"addresses": [problem.address] if problem.address else []},
    }


def _location(report: Report, trace: Trace | None, name: str | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri((trace and trace.file) or report.source)}}
    if trace and trace.start is not None:
        length = (trace.end or trace.start) - trace.start
        physical["region"] = {"charOffset": trace.start, "charLength": length}
        if trace.raw:
            physical["region"]["snippet"] = {"text": trace.raw}
    out: dict[str, Any] = {"physicalLocation": physical}
    if name:
        out["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
    if trace:
        kept = ("page", "sheet", "table", "row", "column", "box", "status", "reason")
        out["properties"] = {k: v for k, v in msgspec.structs.asdict(trace).items() if k in kept and v is not None}
    return out


def _uri(source: str) -> str:
    """A path as a relative or file URI; the member of an archive becomes its fragment. Other addresses stay."""
    if "://" in source:
        return source
    file, mark, member = source.partition(_MEMBER)
    path = PurePath(file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return f"{uri}#{quote(member)}" if mark else uri
