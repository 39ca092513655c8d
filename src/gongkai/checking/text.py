"""The findings and repairs of one document as text for a terminal, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.checking.repair import Repairs
from gongkai.report import Finding, Report, State, Trace

_SEVERITY = {"error": "错误", "warning": "提示", "note": "参考"}
_ORDER = ("error", "warning", "note")
_PLACES = 4  # a finding names so many places; the rest are in the JSON


def to_text(report: Report, findings: Sequence[Finding], repairs: Repairs | None = None) -> str:
    """What a clerk reads: the document, the problems of reading it, every finding with its places, the likely repair."""
    return "\n".join(_lines(report, findings, repairs)) + "\n"


def _lines(report: Report, findings: Sequence[Finding], repairs: Repairs | None) -> Iterator[str]:
    name = " ".join(filter(None, (report.organ, f"{report.year}年度" if report.year else None)))
    yield f"{report.source}　{name or '（机关、年度不明）'}"
    for problem in report.problems:
        yield f"  [读取] {problem.message}"
    for severity in _ORDER:
        for finding in findings:
            if finding.severity == severity:
                yield f"  [{_SEVERITY[severity]}] {finding.message}"
                yield f"      依据：{finding.basis}　规则：{finding.rule}"
                if where := _places(finding):
                    yield f"      位置：{where}"
    yield _summary(report, findings)
    if repairs and repairs.parts:
        yield from repair_lines(repairs)


def repair_lines(repairs: Repairs) -> Iterator[str]:
    """The proposals, a block for every group of figures that belong together."""
    yield "  可能的改法（仅供核对，原报告不作改动）："
    for part in repairs.parts:
        yield f"    {part.words}"
        for number, proposal in enumerate(part.proposals, 1):
            yield f"    {number}. {proposal.words}"
            for evidence in proposal.evidence:
                yield f"       · {evidence}"


def _places(finding: Finding) -> str:
    places = list(dict.fromkeys(filter(None, map(_place, finding.traces.values()))))
    more = f"等{len(places)}处" if len(places) > _PLACES else ""
    return "；".join(places[:_PLACES]) + more


def _place(trace: Trace) -> str:
    words = []
    if trace.page:
        words.append(f"第{trace.page}页")
    if trace.sheet:
        words.append(f"工作表“{trace.sheet}”")
    if trace.table:
        words.append(f"第{trace.table}个表")
    if trace.line:
        return f"第{trace.line}行"
    if trace.row and trace.column:
        words.append(f"第{trace.row}行第{trace.column}列")
    elif trace.start is not None:
        words.append(f"第{trace.start}字起")
    return "".join(words)


def _summary(report: Report, findings: Sequence[Finding]) -> str:
    if report.form is None:
        return "  未能识别报告格式，没有核对。"
    if not findings:
        blank = sum(figure.state is State.BLANK for figure in report.figures.values())
        if blank:
            return f"  能够核对的关系均成立；有{blank}格空白，没有参加核对。没有发生的请填0。"
        return "  各项关系均成立。" if not report.problems else "  能够核对的关系均成立。"
    counts = ((word, sum(f.severity == s for f in findings)) for s, word in _SEVERITY.items())
    return f"  共{len(findings)}条：" + "、".join(f"{word}{n}条" for word, n in counts if n) + "。"
