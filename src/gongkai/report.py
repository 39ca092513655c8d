"""The one vocabulary of the core: Report, Figure, Trace, Finding, and their JSON.

A :class:`Report` holds every figure of its form by address, each in one of five states that stay distinct from the
page to the export. Counts are ``int``, amounts ``Decimal`` in 万元 exactly as converted, never floats.

Figures, traces and claims hold nothing that could refer back to them, so the garbage collector need not watch them
(``gc=False``): a report has hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import msgspec

from gongkai.forms import Severity, form

Place = tuple[float, float, float, float]


class State(StrEnum):
    """What a cell says. Only NUMBER and ZERO carry a value; nothing ever turns another state into 0."""

    NUMBER = "number"
    ZERO = "zero"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


_NUMBER, _ZERO = State.NUMBER, State.ZERO


class Trace(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Where a figure, claim or problem stands in the document it was read from.

    ``file`` is the document (a member of an archive as ``a.zip!b.docx``); ``page`` counts from 1; ``table``, ``row``
    and ``column`` count from 1 in the document's own grid, where its columns are real; ``line`` counts from 1 in a text;
    ``start`` and ``end`` are character offsets into the document's text as decoded; ``box`` is (left, top, right, bottom) on the page in points, from the top left.
    ``raw`` is the cell as printed. ``query`` lists the cases of a figure compiled from the ledger.
    """

    status: Literal["read", "inferred", "unreadable"] = "read"
    file: str | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    box: Place | None = None
    raw: str | None = None
    reason: str | None = None
    confidence: float | None = None
    uncertain: bool = False
    query: str | None = None


class Figure(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One cell of a report. ``value`` is None unless the state is NUMBER or ZERO."""

    state: State
    value: int | Decimal | None = None
    trace: Trace | None = None

    def __post_init__(self) -> None:
        state, value = self.state, self.value
        fits = state is not _NUMBER and state is not _ZERO if value is None else state is _NUMBER or (state is _ZERO and value == 0)
        if not fits:
            raise ValueError(f"a figure in state {self.state.value!r} cannot have the value {self.value!r}")

    @classmethod
    def of(cls, value: int | Decimal | None, trace: Trace | None = None) -> Figure:
        """A figure from a bare value: a number, zero, or (None) blank."""
        if value is None:
            return cls(State.BLANK, None, trace)
        return cls(State.ZERO if value == 0 else State.NUMBER, value, trace)


class Claim(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A number the prose states; ``name`` is one of :data:`gongkai.forms.CLAIMS`."""

    name: str
    value: int | Decimal
    trace: Trace | None = None


class Section(msgspec.Struct, frozen=True):
    """A numbered section as printed, without its table."""

    number: int
    title: str
    text: str = ""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something the reader must say: a code, where (an address, a row, a table, or None for the document)."""

    code: str
    message: str
    address: str | None = None
    trace: Trace | None = None


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A relation that does not hold, in words a clerk can act on, with the traces of the figures on both sides."""

    rule: str
    severity: Severity
    addresses: tuple[str, ...]
    expected: str | None
    actual: str | None
    message: str
    basis: str
    at: dict[str, str] = {}
    traces: dict[str, Trace] = {}


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """How organ, year or form was decided: the candidates with their evidence, best first."""

    field: str
    value: str | None
    evidence: str
    trace: Trace | None = None


class Report(msgspec.Struct, omit_defaults=True):
    """One annual report. ``form`` is None when no table could be told; then ``figures`` is empty."""

    source: str
    organ: str | None = None
    year: int | None = None
    form: str | None = None
    title: str | None = None
    period: tuple[date, date] | None = None
    published: date | None = None
    figures: dict[str, Figure] = {}
    claims: tuple[Claim, ...] = ()
    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()
    evidence: tuple[Identity, ...] = ()

    def value(self, address: str) -> int | Decimal | None:
        """The value at an address; None for every state but number and zero. KeyError for no such figure."""
        return self.figures[address].value

    def claim(self, name: str) -> int | Decimal | None:
        """What the prose says under this name; None when it says nothing, or two different things."""
        values = {c.value for c in self.claims if c.name == name}
        return values.pop() if len(values) == 1 else None

    def section(self, number: int) -> Section | None:
        return next((s for s in self.sections if s.number == number), None)


def to_plain(report: Report, *, traces: bool = False) -> dict[str, Any]:
    """The JSON object of a report: keys and order of docs/report.schema.json; amounts are decimal strings."""
    plain: dict[str, Any] = {
        "source": report.source,
        "organ": report.organ,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "period": [d.isoformat() for d in report.period] if report.period else None,
        "published": report.published.isoformat() if report.published else None,
        "figures": nest({a: _number(f.value) for a, f in report.figures.items()}),
        "states": {a: f.state.value for a, f in report.figures.items()
                   if f.state in (State.NOT_APPLICABLE, State.UNREADABLE)},
        "claims": {c.name: _number(report.claim(c.name)) for c in report.claims},
        "sections": [msgspec.to_builtins(s) for s in report.sections],
        "problems": [_problem(p) for p in report.problems],
    }  # fmt: skip
    if traces:
        plain["traces"] = {a: {"state": f.state.value, **_trace(f.trace)} for a, f in report.figures.items()}
        plain["claim_traces"] = [
            {"name": c.name, "value": _number(c.value), **_trace(c.trace)} for c in report.claims
        ]
        plain["evidence"] = [msgspec.to_builtins(e) for e in report.evidence]
    return plain


def from_plain(plain: dict[str, Any]) -> Report:
    """A report from its JSON object. Raises ValueError that names what does not fit the form."""
    key = plain.get("form")
    figures: dict[str, Figure] = {}
    if key is not None:
        cells = form(str(key)).cells
        given = flatten(plain.get("figures") or {})
        if unknown := sorted(set(given) - set(cells)):
            raise ValueError(f"form {key} has no figure {unknown[0]!r}")
        states, traces = plain.get("states") or {}, plain.get("traces") or {}
        for address, cell in cells.items():
            value = _value(address, given.get(address), cell.column.kind)
            trace = _read_trace(traces.get(address))
            state = states.get(address)
            figures[address] = Figure(State(state), None, trace) if state else Figure.of(value, trace)
    period = plain.get("period")
    published = plain.get("published")
    return Report(
        source=str(plain.get("source") or ""),
        organ=plain.get("organ"),
        year=plain.get("year"),
        form=key,
        title=plain.get("title"),
        period=(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        published=date.fromisoformat(published) if published else None,
        figures=figures,
        claims=tuple(_claims(plain)),
        sections=tuple(msgspec.convert(plain.get("sections") or [], list[Section])),
        problems=tuple(msgspec.convert(plain.get("problems") or [], list[Problem])),
        evidence=tuple(msgspec.convert(plain.get("evidence") or [], list[Identity])),
    )


def nest(flat: dict[str, Any]) -> dict[str, Any]:
    """``{"a.b.c": 1}`` as ``{"a": {"b": {"c": 1}}}``."""
    out: dict[str, Any] = {}
    for address, value in flat.items():
        table, row, column = address.split(".")
        out.setdefault(table, {}).setdefault(row, {})[column] = value
    return out


def flatten(figures: dict[str, Any]) -> dict[str, Any]:
    """The reverse of :func:`nest`."""
    return {f"{t}.{r}.{c}": v for t, rows in figures.items() for r, cols in rows.items() for c, v in cols.items()}


def _number(value: int | Decimal | None) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _trace(trace: Trace | None) -> dict[str, Any]:
    return {"status": trace.status, **msgspec.to_builtins(trace)} if trace else {}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "address": problem.address, "message": problem.message,
            "trace": _trace(problem.trace) or None}  # fmt: skip


def _read_trace(plain: dict[str, Any] | None) -> Trace | None:
    rest = {k: v for k, v in (plain or {}).items() if k != "state"}
    return msgspec.convert(rest, Trace) if rest else None


def _value(address: str, value: Any, kind: str) -> int | Decimal | None:
    if value is None:
        return None
    if kind == "decimal" and isinstance(value, str | int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"{address}: {value!r} is no {'decimal string' if kind == 'decimal' else 'whole number'}")


def _claims(plain: dict[str, Any]) -> Iterable[Claim]:
    if "claim_traces" in plain:
        for raw in plain["claim_traces"]:
            rest = {k: v for k, v in raw.items() if k not in ("name", "value")}
            yield Claim(raw["name"], _plain_number(raw["value"]), msgspec.convert(rest, Trace) if rest else None)
        return
    for name, value in (plain.get("claims") or {}).items():
        if value is not None:
            yield Claim(name, _plain_number(value))


def _plain_number(value: int | str) -> int | Decimal:
    return Decimal(value) if isinstance(value, str) else value
