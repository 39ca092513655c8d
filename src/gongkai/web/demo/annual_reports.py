"""Six years of annual reports, entered as documents that were really read; a few with sums that do not hold."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from gongkai.reading.limits import Limits
from gongkai.report import Figure, Report
from gongkai.web.accounts.models import User
from gongkai.web.catalogue.models import Validity
from gongkai.web.house.actor import Actor, Via
from gongkai.web.organs.models import Organ, Type
from gongkai.web.reporting.actions.publish_report import PublishReport, family_of
from gongkai.web.reporting.actions.upload_report import UploadReport
from gongkai.web.reporting.files import put_away
from gongkai.web.reporting.inspecting.inspection import Inspected, inspect_document
from gongkai.web.reporting.models import AnnualReport
from gongkai.web.reporting.reading import chosen
from gongkai.web.review.checks.contents import keep_look
from gongkai.web.review.checks.inspection import LIMITS, look
from gongkai.writing import to_bytes

from .annual_figures import make_report
from .authors import Author
from .planning import Paper

YEARS = 6
# What a clerk does wrong: the address and by how much. One report in so many has it.
SLIPS = (
    ("requests.granted.total", 3), ("requests.new_received.natural_person", -2), ("requests.results_total.total", 10),
    ("remedies.review.total", 1), ("requests.carried_forward.total", 1),
)  # fmt: skip
ONE_IN = 14


def enter_reports(authors: list[Author], papers: list[Paper], today: date) -> int:
    """Write, read back, upload and publish; how many."""
    random = Random("年度报告")  # noqa: S311 - an invented city
    issued, repealed = _documents(papers)
    # Two people of the supervising office: who uploads may not publish.
    signers = (User.objects.get(username="zhuguan"), User.objects.get(username="fuhe"))
    count = 0
    for author in authors:
        if not _reports(author.organ):
            continue
        before: Report | None = None
        size = random.choice((4, 9, 16, 30)) * (6 if author.organ.type == Type.GOVERNMENT else 1)
        for year in range(today.year - YEARS, today.year):
            key = (author.organ.pk, year)
            before = make_report(author.organ.name, year, size, issued[key], repealed[key], before)
            count += 1
            _enter(author.organ, year, _slipped(before, count, random), signers)
    return count


def _reports(organ: Organ) -> bool:
    """Governments, and the departments of the city."""
    return organ.type == Type.GOVERNMENT or (
        organ.type == Type.DEPARTMENT and organ.slug.startswith("wangjin-")
    )


def _documents(papers: list[Paper]) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    """Normative documents issued, and ended by later ones, by organ and year: what the catalogue shows."""
    issued: Counter[tuple[int, int]] = Counter()
    repealed: Counter[tuple[int, int]] = Counter()
    for paper in papers:
        organ = paper.author.organ.pk
        if paper.shape is not None and paper.shape.kind == "normative":
            issued[organ, paper.written.year] += 1
        if (
            paper.validity == Validity.REPEALED
            and paper.changed_by is not None
            and paper.changed_by.effective
        ):
            repealed[organ, paper.changed_by.effective.year] += 1
    return issued, repealed


def _slipped(report: Report, count: int, random: Random) -> Report:
    if count % ONE_IN:
        return report
    figures = dict(report.figures)
    address, by = random.choice(SLIPS)
    figures[address] = Figure.of(max(0, int(report.value(address) or 0) + by))
    return Report(
        source=report.source, organ=report.organ, year=report.year, form=report.form, title=report.title, period=report.period,
        published=report.published, figures=figures, sections=report.sections,
    )  # fmt: skip


def _enter(organ: Organ, year: int, report: Report, signers: tuple[User, User]) -> None:
    kind = "docx" if year % 6 == 3 else "html"
    name, content = f"{report.title}.{kind}", to_bytes(report, kind)
    # Our own document: read in this process, as the upload would read it in a worker.
    found = [one for one in inspect_document(content, name, Limits()) if isinstance(one, Inspected)]
    taken = chosen(name, content, found)
    uploader, publisher = (Actor(user, Via.CLI) for user in signers)
    draft = UploadReport(
        actor=uploader,
        organ=organ,
        year=year,
        taken=taken,
        file=put_away(content, taken.kind),
        published_on=report.published,
    ).perform()
    _look_into(content, name, draft)
    # The writer puts the organ's name and the title into the document's properties.
    PublishReport(actor=publisher, report=draft, reason_for_all="文档属性只有机关名称和标题。").perform()


def _look_into(content: bytes, name: str, draft: AnnualReport) -> None:
    """What the worker of the checks would find, found in this process as above."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{draft.file.kind}"
        path.write_bytes(content)
        keep_look(draft.file.sha256, look(str(path), path.name, family_of(draft.file.kind, name), LIMITS))
