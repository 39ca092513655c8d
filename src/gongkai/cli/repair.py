"""``gongkai repair``: the smallest changes that would make the sums hold, as proposals."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.checking import Repairs, repair
from gongkai.cli.inputs import PATHS, read_reports, reading_options
from gongkai.forms import form
from gongkai.report import Report


@click.command("repair")
@PATHS
@click.option("--proposals", "limit", metavar="N", type=click.IntRange(1), default=5, show_default=True, help="最多列几种改法。Proposals at most.")
@click.option("--format", "to", type=click.Choice(["text", "json"]), default="text", show_default=True)
@reading_options
def repair_command(paths: tuple[Path, ...], limit: int, to: str, jobs: int, seconds: float, memory: int, others: dict[str, int]) -> None:
    """合计对不上时，推算改动最少、最可能的改法。只提建议，不改报告。

    Where sums fail, propose the smallest and likeliest changes. Nothing is changed: a person decides.

    \b
    gongkai repair 报告.html
    gongkai repair --format json 报告.html
    """
    broken = False
    for report in read_reports(paths, jobs, seconds, memory, others):
        repairs = repair(report, limit)
        broken = broken or bool(repairs.parts or report.problems)
        if to == "json":
            click.echo(json.dumps(repairs.to_plain(), ensure_ascii=False, default=str))
        else:
            click.echo("\n".join(_lines(report, repairs)))
    sys.exit(1 if broken else 0)


def _lines(report: Report, repairs: Repairs) -> Iterator[str]:
    yield report.source
    if report.form is None:
        yield "  没有读到表格，无从推算。" + "".join(p.message for p in report.problems[:1])
        return
    if not repairs.parts:
        yield "  各项合计都相符，不需要改动。"
    cells = form(report.form).cells
    for part in repairs.parts:
        yield f"  {part.words}"
        for number, proposal in enumerate(part.proposals, 1):
            yield f"  {number}. {proposal.words}"
            for change in proposal.changes:
                yield f"     {cells[change.address].label}：{_shown(change.old)} → {_shown(change.new)}"
            for evidence in proposal.evidence:
                yield f"     依据：{evidence}"
    if repairs.parts:
        yield "  以上只是建议，报告没有改动；请对照原始材料后决定。"


def _shown(value: object) -> str:
    return "空白" if value is None else str(value)
