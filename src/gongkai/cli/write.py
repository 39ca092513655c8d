"""``gongkai write``: a report as JSON into a document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.cli.inputs import load_reports
from gongkai.writing import FORMATS, CannotWrite, write, write_many


@click.command("write")
@click.argument("report", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", type=click.Choice(list(FORMATS)), required=True, help="输出格式。The format to write.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="写到哪个文件。The file to write.")
def write_command(report: Path, to: str, output: Path) -> None:
    """把 gongkai read 得到的JSON写成法定格式的网页、Word、PDF、Excel或数据文件。

    Write the JSON of a report (as `gongkai read` prints it) as HTML, DOCX, PDF, XLSX, JSON, CSV or Parquet.

    \b
    gongkai read 报告.html > 报告.json
    gongkai write 报告.json --to docx -o 报告.docx
    """
    reports = load_reports(report)
    try:
        if len(reports) == 1:
            write(reports[0], to, output)
        else:
            with output.open("wb") as file:
                write_many(reports, to, file)
    except CannotWrite as error:
        raise click.UsageError(str(error)) from error
    sys.exit(0)
