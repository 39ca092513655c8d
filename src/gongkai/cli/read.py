"""``gongkai read``: documents in, reports out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.cli.inputs import PATHS, read_reports, reading_options
from gongkai.report import Report
from gongkai.writing import CannotWrite, write_many


@click.command("read")
@PATHS
@click.option("--format", "to", type=click.Choice(["json", "csv", "parquet"]), default="json", show_default=True,
              help="json每份报告一行，csv和parquet每个数字一行。One report a line, or one figure a row.")
@click.option("--traces", is_flag=True, help="带上每个数字在文件中的位置。With the place of every figure.")
@click.option("--explain", is_flag=True, help="逐个文件说明如何判断、为什么。Tell what was decided and why.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
              help="写入文件（parquet必需）。Write to a file (needed for parquet).")
@reading_options
def read_command(paths: tuple[Path, ...], to: str, traces: bool, explain: bool, output: Path | None, jobs: int,
                 seconds: float, memory: int, others: dict[str, int]) -> None:  # fmt: skip
    """读取年度报告：网页、文本、Word、Excel、PDF、OFD、扫描件及其压缩包，文件或文件夹。

    Read annual reports of any shape (HTML, TXT, MD, DOCX, DOC, XLSX, XLS, PDF, OFD, scans, ZIP) from files and folders.
    空白不会当作0，读不清的数字为null并说明问题。A blank is never 0; what cannot be read is null, with a problem.

    \b
    gongkai read 报告.html
    gongkai read --explain 报告.docx
    gongkai read --traces 报送材料/ > 全部.jsonl
    gongkai read --format csv -o 全部.csv 报送材料/ 补报.zip
    """
    if explain:
        sys.exit(_explain(paths))
    if to == "parquet" and output is None:
        raise click.UsageError("输出parquet请用 -o 指定文件。/ parquet needs -o FILE.")
    troubled = 0

    def counted(reports: Iterator[Report]) -> Iterator[Report]:
        nonlocal troubled
        for report in reports:
            troubled += bool(report.problems)
            yield report

    reports = counted(read_reports(paths, jobs, seconds, memory, others))
    options = {"traces": traces} if to == "json" else {"bom": output is not None} if to == "csv" else {}
    try:
        if output is None:
            write_many(reports, to, sys.stdout.buffer, **options)
        else:
            with output.open("wb") as file:
                write_many(reports, to, file, **options)
    except CannotWrite as error:
        raise click.UsageError(str(error)) from error
    sys.exit(1 if troubled else 0)


def _explain(paths: tuple[Path, ...]) -> int:
    from gongkai.reading.explain import explain  # noqa: PLC0415  # only here
    from gongkai.reading.pipeline import explain_bytes  # noqa: PLC0415
    from gongkai.reading.sources import find_documents  # noqa: PLC0415

    troubled = 0
    for path in find_documents(paths):
        if not path.exists():
            raise click.UsageError(f"找不到“{path}”。请核对路径。/ No such file or folder: {path}")
        for steps in explain_bytes(path.read_bytes(), str(path)):
            click.echo(explain(steps))
            click.echo()
            troubled += bool((steps if isinstance(steps, Report) else steps.report).problems)
    return 1 if troubled else 0
