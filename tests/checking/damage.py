"""Reports for the tests of checking: with figures changed on purpose, and the founding documents' own figures."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from gongkai.report import Claim, Figure, Report, Trace, from_plain

CORPUS = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
APPLICANT_COLUMNS = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_org",
                     "legal_service_org", "other_org", "total")  # fmt: skip


def damaged(report: Report, changes: dict[str, int | Decimal | None]) -> Report:
    """A copy of the report with these figures instead."""
    figures = {a: Figure.of(v, report.figures[a].trace) for a, v in changes.items()}
    return msgspec.structs.replace(report, figures={**report.figures, **figures})


def traced(report: Report, **special: str) -> Report:
    """A copy whose figures and claims have traces; ``special`` gives a reason to those inferred, by address with __."""
    inferred = {name.replace("__", "."): reason for name, reason in special.items()}

    def trace(n: int, name: str) -> Trace:
        status = "inferred" if name in inferred else "read"
        return Trace(status, file=report.source, table=1, row=n // 7 + 1, column=n % 7 + 1, start=10 * n, end=10 * n + 3,
                     raw="7", reason=inferred.get(name))  # fmt: skip

    figures = {a: msgspec.structs.replace(f, trace=trace(n, a)) for n, (a, f) in enumerate(report.figures.items())}
    claims = tuple(Claim(c.name, c.value, trace(500 + n, f"claim.{c.name}")) for n, c in enumerate(report.claims))
    return msgspec.structs.replace(report, figures=figures, claims=claims)


def row_of(report: Report, row: str) -> list[int | Decimal | None]:
    """A row of table three in printing order."""
    return [report.value(f"requests.{row}.{c}") for c in APPLICANT_COLUMNS]


def with_row(row: str, values: list[int | Decimal | None]) -> dict[str, int | Decimal | None]:
    """Changes that make a row of table three read ``values``."""
    return {f"requests.{row}.{c}": v for c, v in zip(APPLICANT_COLUMNS, values, strict=True)}


def founding(number: str, claims: dict[str, int] | None = None) -> Report:
    """A founding document's figures as read by eye; skips the test where the corpus is not at hand."""
    found = sorted((CORPUS / "founding").glob(f"{number}_*.json"))
    if not found:
        pytest.skip(f"the founding documents are not here: {CORPUS / 'founding'}")
    truth = json.loads(found[0].read_text("utf-8"))
    keys = ("organ", "year", "form", "figures")
    return from_plain({"source": truth["file"], "claims": claims or {}, **{k: truth[k] for k in keys}})


def violations(number: str) -> list[dict]:
    """The broken sums of a founding document as its truth tells them."""
    found = sorted((CORPUS / "founding").glob(f"{number}_*.json"))
    return json.loads(found[0].read_text("utf-8"))["violations"]
