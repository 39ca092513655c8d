"""Relations of a form: what must hold, parsed and typed once, and instantiated over its sets."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gongkai.forms.nodes import (
    Compare,
    Context,
    FactRef,
    FigureRef,
    Logic,
    Node,
    Number,
    OneOf,
    Type,
    Value,
    leaves,
)
from gongkai.forms.parser import FormulaError, Parser
from gongkai.forms.parts import Table, words_of

Scope = Literal["in_table", "cross_year", "narrative", "document", "hierarchy", "register"]
Severity = Literal["error", "warning", "note"]

APPLICANTS = ("natural_person", "commercial_enterprise", "research_institution", "public_welfare_org",
              "legal_service_org", "other_org")  # fmt: skip
# all_completed and outcomes_exceed_received are sentences, not numbers: their value is 1 where the prose says that
# every request was completed, or that a letter may hold several requests so that outcomes outnumber receipts
CLAIMS = (
    "requests_received", *(f"received_by.{a}" for a in APPLICANTS), "carried_in", "requests_completed",
    "carried_forward", "granted", "partially_granted", "denied", "unable", "not_processed", "review_cases",
    "litigation_cases", "normative_documents_issued", "published_items", "published_q1", "published_q2",
    "published_q3", "published_q4", "fee_yuan", "fee_notices", "all_completed", "outcomes_exceed_received",
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

    def comparison(self, ctx: Context) -> Compare | OneOf | None:
        """The comparison that decides a broken relation: inside ``implies`` what follows, inside ``and`` the first
        that does not hold; None for a relation of another make, as ``contains(...)``."""
        node: Node = self.node
        while isinstance(node, Logic):
            node = node.right if node.op != "and" or node.left.eval(ctx) is not False else node.left
        return node if isinstance(node, Compare | OneOf) else None

    def sides(self, ctx: Context) -> tuple[Value, tuple[Value, ...]]:
        """What stands left, and what right, of the deciding comparison; of ``in``, all options."""
        match self.comparison(ctx):
            case Compare(left=left, right=right):
                return left.eval(ctx), (right.eval(ctx),)
            case OneOf(left=left, options=options):
                return left.eval(ctx), tuple(dict.fromkeys(option.eval(ctx) for option in options))
        return None, (None,)


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
    floor: bool = False
    """Whether all it says is that single figures of this report are not below zero: told for all of them at once."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure another form prints and this one does not, as a sum of this form's figures."""

    address: str
    node: Node


def build_relations(rows: list[dict[str, Any]], form: str, sets: Mapping[str, tuple[str, ...]],
                    tables: Mapping[str, Table], parser: Parser) -> tuple[Relation, ...]:  # fmt: skip
    """The relations of one form. Raises FormulaError for a formula that does not parse or names nothing."""
    words = words_of(tables)
    out = []
    for row in rows:
        if row.get("only", form) != form:
            continue
        relation = Relation(row["id"], row["scope"], row["severity"], row["basis"], row["source"], row["message"],
                            row["formula"], ())  # fmt: skip
        found = []
        for at in places(row.get("each", {}), sets):
            node = parser.parse(fill(row["formula"], at))
            addresses = tuple(dict.fromkeys(name_of(leaf) for leaf in leaves(node)))
            found.append(Instance(relation, at, {k: words[v] for k, v in at.items()}, node, addresses))
        object.__setattr__(relation, "instances", tuple(found))  # instances point back: the circle is closed once
        object.__setattr__(relation, "floor", all(_is_floor(instance.node) for instance in found))
        out.append(relation)
    return tuple(out)


def _is_floor(node: Node) -> bool:
    match node:
        case Compare(op=">=", left=FigureRef(source=""), right=Number(plain=0)):
            return True
    return False


def build_derived(
    rows: list[dict[str, Any]], sets: Mapping[str, tuple[str, ...]], parser: Parser
) -> tuple[Derived, ...]:
    """The derived figures of one form. Raises FormulaError for a formula that is no sum of figures."""
    out = []
    for row in rows:
        for at in places(row.get("each", {}), sets):
            node = parser.parse(fill(row["formula"], at) + " == 0")
            if not isinstance(node, Compare):
                raise FormulaError(f"{row['formula']!r} is no sum of figures")
            out.append(Derived(fill(row["address"], at), node.left))
    return tuple(out)


def name_of(leaf: FigureRef | FactRef) -> str:
    """The name a leaf goes by in findings: an address with its source before it, or a fact's name."""
    if isinstance(leaf, FactRef):
        return leaf.name
    return f"{leaf.source}.{leaf.address}" if leaf.source else leaf.address


def places(each: Mapping[str, str], sets: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """The values of the loop variables, one dict for every combination."""
    for members in itertools.product(*(sets[name] for name in each.values())):
        yield dict(zip(each, members, strict=True))


def fill(formula: str, at: Mapping[str, str]) -> str:
    """A formula or address with the loop variables put in."""
    for key, value in at.items():
        formula = formula.replace("{" + key + "}", value)
    return formula
