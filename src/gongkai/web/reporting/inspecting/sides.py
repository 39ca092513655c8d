"""The two sides of a broken relation, with the figures that stand on each: what a finding shows beside its words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from gongkai.checking.facts import Facts
from gongkai.checking.wording import spell
from gongkai.forms import Instance, Value, form
from gongkai.forms.nodes import Compare, FactRef, FigureRef, Node, Number, OneOf, Plus, Total
from gongkai.report import Finding, Report

from .claim_words import CLAIM_WORDS
from .original import figure_anchor

_SIGNS = {"==": "≠", "<=": "＞", ">=": "＜", "<": "≥", ">": "≤", "!=": "＝"}
MOST_TERMS = 8
"""Terms written out as a sum; zeros of a longer sum are left out."""


class Term(msgspec.Struct, omit_defaults=True):
    """A figure or claim on one side; ``sign`` is ＋ or −."""

    words: str
    value: str
    sign: str = "＋"
    address: str = ""
    anchor: str = ""


class Side(msgspec.Struct, omit_defaults=True):
    """One side: what it is, its value, and the terms it is the sum of (none for a single figure)."""

    label: str
    value: str
    terms: list[Term] = []


class Sides(msgspec.Struct, omit_defaults=True):
    """``added`` ≠ ``stated``; ``sign`` is the sign between them as they stand, ``apart`` how far."""

    added: Side
    stated: Side
    sign: str
    apart: str = ""

    @property
    def plain(self) -> bool:
        """Whether the sides show more than two bare numbers."""
        return len(self.added.terms) > 1 or len(self.stated.terms) > 1


def sides_of(finding: Finding, report: Report) -> Sides | None:
    """The sides of a finding that compares two numbers; None for one of another make (a missing word, a late date)."""
    instance = _instance(finding, report)
    if instance is None:
        return None
    facts = Facts(report)
    match instance.comparison(facts):
        case Compare(op=op, left=left, right=right) if left.type == right.type == "number":
            pass
        case OneOf(left=left, options=(right, *_)) if left.type == right.type == "number":
            op = "=="
        case _:
            return None
    added, stated = _side(left, facts, report), _side(right, facts, report)
    if not all(term.words for side in (added, stated) for term in side.terms):
        return None
    # the sum stands left and the printed figure right, whichever way the relation is written
    if op == "==" and len(stated.terms) > len(added.terms):
        added, stated = stated, added
    a, b = left.eval(facts), right.eval(facts)
    return Sides(added, stated, _SIGNS[op], _apart(a, b))


def _instance(finding: Finding, report: Report) -> Instance | None:
    for relation in form(str(report.form)).relations:
        if relation.id == finding.rule:
            return next((i for i in relation.instances if i.at == finding.at), None)
    return None


def _side(node: Node, facts: Facts, report: Report) -> Side:
    terms = list(_terms(node, 1, facts, report))
    value = spell(node.eval(facts))
    if len(terms) == 1:
        return Side(terms[0].words, value, terms)
    return Side(_together(terms), value, terms)


def _terms(node: Node, sign: int, facts: Facts, report: Report) -> Iterator[Term]:
    words = form(str(report.form)).words
    mark = "＋" if sign > 0 else "−"
    match node:
        case FigureRef(source="", address=address):
            yield Term(words[address], spell(node.eval(facts)), mark, address, figure_anchor(address))
        case FigureRef(address=address):
            yield Term(words[address], spell(node.eval(facts)), mark)
        case FactRef(name=name):
            key = name.removeprefix("claim.")
            told = f"正文所述{CLAIM_WORDS[key]}" if key in CLAIM_WORDS else ""
            yield Term(told, spell(node.eval(facts)), mark, anchor=_claim(key, report))
        case Total(parts=parts):
            for part in parts:
                yield from _terms(part, sign, facts, report)
        case Plus(left=left, right=right):
            yield from _terms(left, sign, facts, report)
            yield from _terms(right, sign * node.sign, facts, report)
        case Number():
            yield Term("", spell(node.eval(facts)), mark)


def _claim(name: str, report: Report) -> str:
    return next((f"claim-{n}" for n, claim in enumerate(report.claims) if claim.name == name), "")


def _together(terms: list[Term]) -> str:
    """What a sum is of: 六类申请人之和, 各项办理结果之和, or its two terms by name."""
    rows = {term.address.split(".")[1] for term in terms if term.address}
    columns = {term.address.split(".")[2] for term in terms if term.address}
    if len(terms) <= 2:
        same = len(columns) == 1 and all(term.address for term in terms)
        return "加".join(term.words.split("·")[0] if same else term.words for term in terms)
    if len(rows) == 1:
        table = terms[0].address.split(".")[0]
        return "六类申请人之和" if table == "requests" else "各类结果之和"
    return "各项办理结果之和" if len(columns) == 1 else "各项之和"


def _apart(a: Value, b: Value) -> str:
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
        return spell(abs(Decimal(a) - Decimal(b)))
    return ""
