"""``gongkai check``: what in the reports does not hold."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from gongkai.checking import check, to_sarif, to_text
from gongkai.cli.inputs import PATHS, read_reports, reading_options
from gongkai.report import Finding, Report

_OTHER = click.Path(path_type=Path, exists=True)


@click.command("check")
@PATHS
@click.option("--last-year", type=_OTHER, help="上年报告，或放上年报告的文件夹，按机关对应。Last year's report, or a folder of them.")
@click.option("--children", type=_OTHER, multiple=True,
              help="所属单位的报告或文件夹，可多次给出。Reports of the organs below; may be repeated.")
@click.option("--own", type=_OTHER, help="本级自身的报告，与--children合用。The region's own report, with --children.")
@click.option("--registered", type=click.IntRange(0), help="应报送的单位数。How many organs must file.")
@click.option("--format", "to", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True,
              help="输出格式。Output format.")
@reading_options
def check_command(paths: tuple[Path, ...], last_year: Path | None, children: tuple[Path, ...], own: Path | None,
                  registered: int | None, to: str, jobs: int, seconds: float, memory: int, others: dict[str, int]) -> None:  # fmt: skip
    """核对年度报告：表内勾稽、正文与表格、与上年衔接、上下级汇总、期限与各部分是否齐全。

    Check annual reports: sums in the tables, prose against tables, last year, the organs below, dates and sections.
    PATH可以是文件、文件夹，或 gongkai read 得到的JSON。Paths may be documents, folders, or JSON from `gongkai read`.

    \b
    gongkai check 报告.html
    gongkai check 2024年/ --last-year 2023年/
    gongkai check 全市汇总.docx --children 各单位/ --format json
    """
    limits = (jobs, seconds, memory, others)
    before = list(read_reports((last_year,), *limits)) if last_year else []
    below = list(read_reports(children, *limits)) if children else None
    selves = list(read_reports((own,), *limits)) if own else []
    if len(selves) > 1:
        raise click.UsageError("--own 只能是一份报告。/ --own takes one report.")
    troubled = False

    def checked() -> Iterator[tuple[Report, list[Finding]]]:
        nonlocal troubled
        for report in read_reports(paths, *limits):
            findings = check(report, last_year=_of_last_year(report, before), own=selves[0] if selves else None,
                             children=below, registered=registered)  # fmt: skip
            troubled = troubled or bool(findings or report.problems)
            yield report, findings

    if to == "sarif":
        click.echo(json.dumps(to_sarif(checked()), ensure_ascii=False, indent=1))
    for report, findings in checked() if to != "sarif" else ():
        click.echo(to_text(report, findings) if to == "text" else _line(report, findings))
    sys.exit(1 if troubled else 0)


def _of_last_year(report: Report, candidates: list[Report]) -> Report | None:
    """The same organ's report of the year before; a sole candidate is taken at the caller's word."""
    if len(candidates) == 1 and (report.year is None or candidates[0].year in (None, report.year - 1)):
        return candidates[0]
    if report.organ is None or report.year is None:
        return None
    same = [c for c in candidates if c.organ == report.organ and c.year == report.year - 1]
    return same[0] if len(same) == 1 else None


def _line(report: Report, findings: list[Finding]) -> str:
    plain = {"source": report.source, "findings": [msgspec.to_builtins(f) for f in findings],
             "problems": [msgspec.to_builtins(p) for p in report.problems]}  # fmt: skip
    return json.dumps(plain, ensure_ascii=False)
