"""What a page shows of a report: the verdict, findings by cause, tables with marks, claims, doubts, and the original."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.forms import form
from gongkai.report import Report, Trace
from gongkai.writing.printed import printed

from .inspecting.causes import Cause
from .inspecting.claim_words import CLAIM_WORDS, SENTENCES
from .inspecting.inspection import Inspected
from .inspecting.original import Sheet, figure_anchor, kind_of
from .statutory import marks_of, statutory

PLANTED = frozenset(("hijacked", "spider_tail"))
"""Problems that are findings for whoever runs the site, not a trouble of reading."""
FORM_NAMES = {"2019": "2019年格式", "2021": "2021年格式"}
_SEVERITIES = {"error": ("错误", "bad"), "warning": ("提醒", "warn"), "note": ("参考", "info")}


def shown(one: Inspected, picture: Callable[[int], str]) -> dict[str, Any]:
    """The context of the result page; ``picture`` gives the address of a page's picture."""
    placed = frozenset(one.anchors)
    return {
        "report": one,
        "form_name": FORM_NAMES.get(one.form or "", ""),
        "planted": _problems(one, placed, planted=True),
        "problems": _problems(one, placed, planted=False),
        "causes": [cause_shown(cause) for cause in one.causes],
        "tables": statutory(one, marks_of(one.causes), placed),
        "claims": claims(one, placed),
        "doubts": doubts(one, placed),
        "parts": [(kind_of(part), part, picture(part.number) if isinstance(part, Sheet) else "") for part in one.parts],
        "hits": hits(one),
    }


def _problems(one: Inspected, placed: frozenset[str], *, planted: bool) -> list[dict[str, str]]:
    out = []
    for number, problem in enumerate(one.problems):
        if (problem.code in PLANTED) == planted:
            at = figure_anchor(problem.address) if problem.address else f"problem-{number}"
            out.append({"message": problem.message, "anchor": at if at in placed else "", "code": problem.code})
    return out


def cause_shown(cause: Cause) -> dict[str, Any]:
    """A cause in the words of its card: the lead finding, the others, the likeliest repair."""
    lead = cause.findings[0]
    word, kind = _SEVERITIES[lead.finding.severity]
    title, _, rest = lead.finding.message.partition("。")
    return {
        "lead": lead, "title": title, "rest": rest, "word": word, "kind": kind, "others": cause.findings[1:],
        "count": len(cause.findings), "certainty": cause.certainty, "best": cause.ways[0] if cause.ways else None,
        "more": cause.ways[1:],
    }  # fmt: skip


def claims(report: Report, placed: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """What the prose says, in words."""
    out = []
    for number, claim in enumerate(report.claims):
        anchor = f"claim-{number}"
        out.append({
            "words": CLAIM_WORDS[claim.name],
            "value": "是" if claim.name in SENTENCES else format(claim.value, "f") if claim.value % 1 else str(int(claim.value)),
            "raw": (claim.trace.raw or "") if claim.trace else "",
            "anchor": anchor if anchor in placed else "",
        })  # fmt: skip
    return out


def doubts(report: Report, placed: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """Figures that were inferred, are uncertain or could not be read, with the reason."""
    if report.form is None:
        return []
    out = []
    cells = form(report.form).cells
    words = form(report.form).words
    for address, figure in report.figures.items():
        trace = figure.trace
        if trace and (trace.status != "read" or trace.uncertain):
            anchor = figure_anchor(address)
            out.append({
                "label": words[address], "value": printed(figure, cells[address].column), "reason": _reason(trace),
                "anchor": anchor if anchor in placed else "",
            })  # fmt: skip
    return out


def _reason(trace: Trace) -> str:
    if trace.reason:
        return trace.reason
    return "字迹不清，把握不大" if trace.uncertain else "原件中没有可靠的位置"


def hits(one: Inspected) -> dict[str, str]:
    """Anchors the broken sums speak of: b for stated totals, a for the rest."""
    return {figure_anchor(address): mark.kind for address, mark in marks_of(one.causes).items()}
