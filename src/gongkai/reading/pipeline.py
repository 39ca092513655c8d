"""From bytes to reports: open, take the form from the labels, match twice, resolve, read the prose."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

from gongkai.forms import Form, form
from gongkai.reading.blocks import Document, Grid
from gongkai.reading.cleaning import squeeze
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.matching.figures import Resolved
from gongkai.reading.matching.geometry import Geometry, Reading
from gongkai.reading.matching.grids import Table, tables_of
from gongkai.reading.matching.labels import form_votes, label
from gongkai.reading.matching.numbers import is_value
from gongkai.reading.matching.plans import PLANS, shape_of
from gongkai.reading.matching.resolve import Resolver
from gongkai.reading.matching.sequence import Sequence, SequenceMatcher
from gongkai.reading.opening import open_document
from gongkai.reading.prose import read_prose
from gongkai.reading.prose.verdict import is_report
from gongkai.report import Identity, Problem, Report

_FEW = 3


@dataclass
class Steps:
    """Every step of reading one document, for ``--explain``."""

    document: Document
    form: Form | None
    votes: dict[str, int]
    report: Report

    @cached_property
    def readings(self) -> tuple[Reading, Sequence]:
        """What the two matchers find, each by itself: told when asked, because most documents are never explained."""
        return _match(self.form, _grids(self.document))[:2] if self.form else (Reading(), Sequence())

    @property
    def geometry(self) -> Reading:
        return self.readings[0]

    @property
    def sequence(self) -> Sequence:
        return self.readings[1]


def read_bytes(data: bytes, source: str, limits: Limits | None = None) -> list[Report]:
    """The reports in a file: one, or one a member of an archive. A file that cannot be read gives a report with a
    problem and no figures; no exception leaves this function for a document's sake."""
    return [steps.report if isinstance(steps, Steps) else steps for steps in explain_bytes(data, source, limits)]


def explain_bytes(data: bytes, source: str, limits: Limits | None = None) -> list[Steps | Report]:
    """Like :func:`read_bytes`, with every step; a plain Report where there was nothing to step through."""
    limits = limits or Limits()
    try:
        documents = open_document(data, source, limits)
    except CannotRead as error:
        return [failed(source, error.code, error.message)]
    except (MemoryError, RecursionError):
        return [failed(source, "too_large", "文件过大或结构过深，超出读取上限。请拆分文件再试。")]
    return [_stepped(d) if d.blocks else Report(d.source, problems=tuple(d.problems)) for d in documents]


def _stepped(document: Document) -> Steps | Report:
    try:
        return read_document(document)
    except (MemoryError, RecursionError):
        return failed(document.source, "too_large", "文件过大或结构过深，超出读取上限。请拆分文件再试。")


def failed(source: str, code: str, message: str) -> Report:
    """A report of a document that could not be read."""
    return Report(source, problems=(Problem(code, message),))


def read_document(document: Document) -> Steps:
    """The report in an opened document."""
    chosen, votes, weight, resolved = _figures(document)
    found = weight > 0
    prose = read_prose(document, name=document.source)
    verdict = is_report(document, found)
    if 0 < weight < _FEW and (strange := is_report(document, False)) and strange.code == "not_a_report":
        found, verdict = False, strange  # a few words of table two are in many tables
    if found and prose.year is None:
        undated = [Problem("year_unknown", "页面没有写明是哪一年度的报告。请在标题和统计期限中写明。")]
    else:
        undated = []
    problems = [*document.problems, *prose.problems, *undated, *([verdict] if verdict else []), *(resolved.problems if found else [])]
    evidence = [*prose.evidence, Identity("form", chosen.key if found and chosen else None, _evidence(votes))]
    report = Report(
        source=document.source,
        organ=prose.organ,
        year=prose.year,
        form=chosen.key if found and chosen else None,
        title=prose.title,
        period=prose.period,
        published=prose.published,
        figures=resolved.figures if found else {},
        claims=prose.claims,
        sections=prose.sections,
        problems=tuple(problems),
        evidence=tuple(evidence),
    )
    return Steps(document, chosen, votes, report)


def _figures(document: Document) -> tuple[Form | None, dict[str, int], int, Resolved]:
    """The form with its votes, how much of its rows is on the page (0: nothing), and the figures."""
    grids = _grids(document)
    shape = shape_of(grids)
    if (plan := PLANS.of(shape)) is not None:
        return plan.form, plan.votes, _FEW, plan.read(document, grids)
    votes = form_votes(_texts(grids))
    chosen = _form(votes, grids)
    if chosen is None:
        return None, votes, 0, Resolved()
    geometry, sequence, tables = _match(chosen, grids)
    if (plan := PLANS.learn(shape, chosen, votes, tables, grids, geometry, sequence)) is not None:
        return chosen, votes, _FEW, plan.read(document, grids)
    resolved = Resolver(chosen, document, geometry, sequence).resolve()
    return chosen, votes, _weight(geometry.rows | sequence.rows), resolved


def _match(chosen: Form, grids: list[Grid]) -> tuple[Reading, Sequence, list[Table]]:
    tables = tables_of(grids)
    geometry, sequence = Geometry(chosen).read(tables), SequenceMatcher(chosen).read(tables)
    for reading in (geometry, sequence):
        reading.give_back(tables)
    return geometry, sequence, tables


def _grids(document: Document) -> list[Grid]:
    return [b for b in document.blocks if isinstance(b, Grid)]


def _texts(grids: list[Grid]) -> set[str]:
    """What stands in cells, and in two neighbouring cells together where a head may have been cut."""
    texts: set[str] = set()
    for grid in grids:
        texts.update(c.text for c in grid.cells)
        if not grid.exact:
            texts.update(a.text + b.text for a, b in itertools.pairwise(grid.cells))
    return texts


def _form(votes: dict[str, int], grids: list[Grid]) -> Form | None:
    """The form most of the labels belong to. Where none tells, row （六）: figures behind it mean the form of 2019."""
    best = max(votes, key=lambda key: votes[key])
    if votes[best] > max((v for key, v in votes.items() if key != best), default=0):
        return form(best)
    if votes[best]:
        return None
    for grid in grids:
        cells = grid.cells
        for i, cell in enumerate(cells):
            found = label(cell.text)
            if found and found.key_is("other_disposition") and i + 1 < len(cells):
                following = squeeze(cells[i + 1].text)
                return form("2019") if following and is_value(following) else None
    return None


def _weight(rows: set[str]) -> int:
    """How much the rows met say that these are the tables of the form: one or two of table two may stand in any budget."""
    return len(rows) if all(row.startswith("disclosure.") for row in rows) else max(len(rows), _FEW)


def _evidence(votes: dict[str, int]) -> str:
    return "，".join(f"{key}年格式特有的表头与行名{count}个" for key, count in votes.items())
