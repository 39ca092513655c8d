"""What commands share about their inputs: documents from paths, limits from options, reports from JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import click

from gongkai.reading.limits import Limits
from gongkai.reading.sources import find_documents
from gongkai.reading.worker import read_many
from gongkai.report import Report, from_plain

F = TypeVar("F", bound=Callable[..., Any])

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


_BY_NAME = tuple(f.name for f in fields(Limits) if f.name not in ("seconds", "memory"))  # these have options


def _limits(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, int]:
    """``pages=500`` as a limit by name; wrong usage names the limits there are."""
    out = {}
    for one in given:
        name, _, number = one.partition("=")
        if name not in _BY_NAME or not number.isdecimal():
            raise click.BadParameter(f"“{one}”应写成 名称=数字，名称为{'、'.join(_BY_NAME)}之一。/ NAME=NUMBER")
        out[name] = int(number)
    return out


def reading_options(command: F) -> F:
    """--jobs and the limits of one document, for every command that reads documents."""
    for option in (
        click.option("--limit", "others", metavar="NAME=N", multiple=True, callback=_limits,
                     help=f"其他上限：{'、'.join(_BY_NAME)}。Other limits, see docs/limits.md."),
        click.option("--memory", "memory", metavar="MB", type=click.IntRange(128), default=1024, show_default=True,
                     help="每个文件的内存上限。Memory limit a document."),
        click.option("--timeout", "seconds", metavar="SECONDS", type=click.FloatRange(0.1), default=30.0, show_default=True,
                     help="每个文件的时间上限。Time limit a document."),
        click.option("--jobs", "-j", metavar="N", type=click.IntRange(1), default=os.cpu_count() or 1,
                     show_default="全部核心 all cores", help="同时读取的文件数。Documents read at a time."),
    ):  # fmt: skip
        command = option(command)
    return command


def read_reports(paths: tuple[Path, ...], jobs: int, seconds: float, memory: int,
                 others: dict[str, int]) -> Iterator[Report]:  # fmt: skip
    """The reports in the documents at these paths, in their order; with a progress bar on a terminal."""
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"找不到“{path}”。请核对路径。/ No such file or folder: {path}")
    found = list(find_documents(paths))
    saved = [p for p in found if is_saved_report(p)]
    limits = Limits(seconds=seconds, memory=memory << 20, **others)
    documents = [p for p in found if p not in saved]
    reports = read_many(documents, jobs=min(jobs, max(1, len(documents))), limits=limits)
    if not (sys.stderr.isatty() and len(documents) > 1):
        yield from (r for p in saved for r in load_reports(p))
        yield from reports
        return
    yield from (r for p in saved for r in load_reports(p))
    with click.progressbar(length=len(documents), label="读取 reading", file=sys.stderr, show_pos=True) as bar:
        seen: set[str] = set()
        for report in reports:
            if (name := report.source.split("!")[0]) not in seen:
                seen.add(name)
                bar.update(1)
            yield report


def is_saved_report(path: Path) -> bool:
    """Whether a file is a report as JSON (one, or one a line), as `gongkai read` prints it."""
    return path.suffix.lower() in (".json", ".jsonl")


def load_reports(path: Path) -> list[Report]:
    """The reports in a JSON or JSON Lines file. UsageError names the file and what does not fit."""
    try:
        text = path.read_text("utf-8")
        try:
            whole = json.loads(text)
            plain = whole if isinstance(whole, list) else [whole]
        except ValueError:
            plain = [json.loads(line) for line in text.splitlines() if line.strip()]
        return [from_plain(one) for one in plain]
    except (OSError, UnicodeDecodeError, ValueError, AttributeError, TypeError, KeyError) as error:
        remedy = "请先用 gongkai read 读出报告，把输出存成JSON文件。/ Not the JSON of a report: make it with gongkai read."
        raise click.UsageError(f"“{path}”不是报告的JSON（{error}）。{remedy}") from error


def emit(text: str, out: Path | None = None) -> None:
    """Print a line, or write it to a file."""
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", "utf-8")
