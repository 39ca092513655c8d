"""Relations of a form: what must hold, parsed and typed once, and instantiated over its sets."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gongkai.forms.form import Cell
from gongkai.forms.language import Compare, Context, Node, OneOf, Parser, Type, Value, leaves

Scope = Literal["in_table", "cross_year", "narrative", "document", "hierarchy", "register"]
Severity = Literal["error", "warning", "note"]

APPLICANTS = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_org",
              "legal_service_org", "other_org")  # fmt: skip
CLAIMS = (
    "requests_received", *(f"received_by.{a}" for a in APPLICANTS), "carried_in", "requests_completed",
    "carried_forward", "granted", "partially_granted", "denied", "unable", "not_processed", "review_cases",
    "litigation_cases", "normative_documents_issued", "published_items", "published_q1", "published_q2",
    "published_q3", "published_q4", "fee_yuan", "fee_notices",
)  # fmt: skip
FACTS: dict[str, Type] = {
    **{f"claim.{name}": "number" for name in CLAIMS},
    **{f"section.s{n}": "text" for n in range(1, 7)},
    "report.year": "number",
    "report.published": "date",
    "report.deadline": "date",
    "report.period_start": "date",
    "report.period_end": "date",
    "report.sections_missing": "number",
    "report.sections_misplaced": "number",
    "report.sections_empty": "number",
    "report.children_filed": "number",
    "report.children_registered": "number",
    "ledger.repealed.rules": "number",
    "ledger.repealed.normative_documents": "number",
    "ledger.severed_counted_elsewhere": "number",
    "ledger.requests_with_several_outcomes": "number",
}


@dataclass(frozen=True, slots=True)
class Instance:
    """One relation at one place: ``at`` is the loop variables, ``labels`` their official words."""

    relation: Relation
    at: dict[str, str]
    labels: dict[str, str]
    node: Node
    addresses: tuple[str, ...]

    def holds(self, ctx: Context) -> bool | None:
        """True, False, or None when an operand is not known."""
        result = self.node.eval(ctx)
        return None if result is None else bool(result)

    def sides(self, ctx: Context) -> tuple[Value, Value]:
        """What stands left and right of the comparison; of ``in``, the first option."""
        match self.node:
            case Compare():
                return self.node.left.eval(ctx), self.node.right.eval(ctx)
            case OneOf():
                return self.node.left.eval(ctx), self.node.options[0].eval(ctx)
        return None, None


@dataclass(frozen=True, slots=True)
class Relation:
    """A rule of the form; ``message`` is the official wording with places for the values."""

    id: str
    scope: Scope
    severity: Severity
    basis: str
    source: str
    message: str
    formula: str
    instances: tuple[Instance, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure another form prints and this one does not, as a sum of this form's figures."""

    address: str
    node: Node


def build_relations(rows: list[dict[str, Any]], form: str, sets: Mapping[str, tuple[str, ...]],
                    cells: Mapping[str, Cell]) -> tuple[Relation, ...]:  # fmt: skip
    """The relations of one form. Raises FormulaError for a formula that does not parse or names nothing."""
    parser = Parser(sets, FACTS, frozenset(cells))
    words = _labels(cells)
    out = []
    for row in rows:
        if row.get("only", form) != form:
            continue
        relation = Relation(row["id"], row["scope"], row["severity"], row["basis"], row["source"], row["message"],
                            row["formula"], ())  # fmt: skip
        found = []
        for at in _places(row.get("each", {}), sets):
            node = parser.parse(_fill(row["formula"], at))
            addresses = tuple(dict.fromkeys(_name(leaf) for leaf in leaves(node)))
            labels = {k: words.get(v, v) for k, v in at.items()}
            found.append(Instance(relation, at, labels, node, addresses))
        object.__setattr__(relation, "instances", tuple(found))  # instances point back: the circle is closed once
        out.append(relation)
    return tuple(out)


def build_derived(rows: list[dict[str, Any]], sets: Mapping[str, tuple[str, ...]],
                  cells: Mapping[str, Cell]) -> tuple[Derived, ...]:  # fmt: skip
    parser = Parser(sets, FACTS, frozenset(cells))
    return tuple(
        Derived(_fill(row["address"], at), _left(parser.parse(_fill(row["formula"], at) + " == 0")))
        for row in rows
        for at in _places(row.get("each", {}), sets)
    )


def _left(node: Node) -> Node:
    assert isinstance(node, Compare)
    return node.left


def _name(leaf: Any) -> str:
    if hasattr(leaf, "address"):
        return f"{leaf.source}.{leaf.address}" if leaf.source else str(leaf.address)
    return str(leaf.name)


def _places(each: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    for members in itertools.product(*(sets[name] for name in each.values())):
        yield dict(zip(each, members, strict=True))


def _fill(formula: str, at: Mapping[str, str]) -> str:
    for key, value in at.items():
        formula = formula.replace("{" + key + "}", value)
    return formula


def _labels(cells: Mapping[str, Cell]) -> dict[str, str]:
    out: dict[str, str] = {}
    for address, cell in cells.items():
        out[address] = cell.label
        out.setdefault(cell.row.key, cell.row.label)
        out.setdefault(cell.column.key, cell.column.label)
    return out
