"""gongkai (公开): read, check, repair, write and compare annual reports of government information disclosure.

>>> import gongkai
>>> report = gongkai.read("report.html")            # doctest: +SKIP
>>> findings = gongkai.check(report)                # doctest: +SKIP
>>> gongkai.write(report, "docx", Path("out.docx")) # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gongkai.report import Claim, Figure, Finding, Problem, Report, Section, State, Trace

if TYPE_CHECKING:
    from gongkai.checking import Comparison, Repairs
    from gongkai.reading.limits import Limits

__all__ = [
    "Claim", "Figure", "Finding", "Problem", "Report", "Section", "State", "Trace",
    "check", "compare", "read", "read_all", "read_many", "repair", "write",
]  # fmt: skip
__version__ = "0.1.0"


def read(path: str | Path, limits: Limits | None = None) -> Report:
    """The report in one document. What cannot be read is said in ``problems``; only a missing file raises (OSError).

    Reads in this process: sizes are limited, time and memory are not; :func:`read_many` reads in workers that limit
    them too. ValueError for an archive with several documents: use :func:`read_all`.
    """
    reports = read_all(path, limits)
    if len(reports) != 1:
        raise ValueError(f"“{path}”里有{len(reports)}个文件，请用read_all逐个读取。")
    return reports[0]


def read_all(path: str | Path, limits: Limits | None = None) -> list[Report]:
    """All reports in one file: one, or for a zip one a member."""
    from gongkai.reading.pipeline import read_bytes  # noqa: PLC0415  # so that importing gongkai stays cheap

    return read_bytes(Path(path).read_bytes(), str(path), limits)


def read_many(paths: Iterable[str | Path], jobs: int = 1, limits: Limits | None = None) -> Iterator[Report]:
    """The reports in files and folders, each document in a worker process under limits of time and memory."""
    from gongkai.reading.limits import Limits  # noqa: PLC0415
    from gongkai.reading.sources import find_documents  # noqa: PLC0415
    from gongkai.reading.worker import read_many as run  # noqa: PLC0415

    return run(find_documents(map(Path, paths)), jobs=jobs, limits=limits or Limits())


def check(report: Report, **others: Any) -> list[Finding]:
    """Everything in a report that does not hold; ``others`` as in :func:`gongkai.checking.check`."""
    from gongkai.checking import check as run  # noqa: PLC0415

    return run(report, **others)


def repair(report: Report, limit: int = 5) -> Repairs:
    """The smallest changes that would make every sum hold, likeliest first; the report stays as it is."""
    from gongkai.checking import repair as run  # noqa: PLC0415

    return run(report, limit)


def write(report: Report, to: str, out: str | Path | BinaryIO, **options: Any) -> None:
    """Write a report as html, docx, pdf, xlsx, json, csv or parquet to a path or an open binary file."""
    from gongkai.writing import write as run  # noqa: PLC0415

    run(report, to, Path(out) if isinstance(out, str | Path) else out, **options)


def compare(a: Report, b: Report) -> Comparison:
    """Two years or two organs: figures side by side, and prose used again."""
    from gongkai.checking import compare as run  # noqa: PLC0415

    return run(a, b)
