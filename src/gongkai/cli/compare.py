"""``gongkai compare``: two years or two organs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.checking import Comparison, compare
from gongkai.cli.inputs import read_reports, reading_options

_DOCUMENT = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("compare")
@click.argument("a", type=_DOCUMENT)
@click.argument("b", type=_DOCUMENT)
@click.option("--format", "to", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="没有变化的也列出。List what did not change, too.")
@reading_options
def compare_command(a: Path, b: Path, to: str, everything: bool, jobs: int, seconds: float, memory: int, others: dict[str, int]) -> None:
    """比较两份报告：同一机关两年，或两个机关。数字逐项对比，正文雷同部分列出。

    Compare two reports: two years of an organ, or two organs; figure by figure, and prose used again.

    \b
    gongkai compare 2023年.html 2024年.html
    """
    reports = list(read_reports((a, b), jobs, seconds, memory, others))
    if len(reports) != 2:
        raise click.UsageError("请给出两份报告，每个文件一份。/ Give two documents with one report each.")
    try:
        result = compare(reports[0], reports[1])
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(json.dumps(result.to_plain(), ensure_ascii=False) if to == "json" else "\n".join(_lines(result, everything)))
    sys.exit(1 if any(r.problems for r in reports) else 0)


def _lines(result: Comparison, everything: bool) -> Iterator[str]:
    yield f"{result.a} → {result.b}"
    for change in result.figures:
        if not change.comparable:
            if everything:
                yield f"  {change.label}：不作比较。{change.reason or ''}"
        elif change.change or everything:
            percent = f"，{change.percent:+f}%" if change.percent is not None and change.change else ""
            yield f"  {change.label}：{change.a} → {change.b}{change.unit}（{change.change:+}{percent}）"
    prose = result.prose
    yield f"  正文雷同：{prose.share:.0%}"
    for passage in prose.passages:
        yield f"    {passage.text[:60]}{'…' if len(passage.text) > 60 else ''}"
