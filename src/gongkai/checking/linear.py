"""The in-table error relations of a form as linear sums: what a repair has to satisfy.

They are taken from the relations themselves, so a relation added to the form binds repairs without a line here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.forms import Form, Instance, form
from gongkai.forms.nodes import Compare, FigureRef, Node, Number, Plus, Total

Amount = int | Decimal
Values = dict[str, Amount | None]

_HOLDS: dict[str, Callable[[Amount, int], bool]] = {
    "==": operator.eq, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum:
    """``sum(coefficient * figure) + constant  op  0``."""

    instance: Instance
    terms: dict[str, int]
    constant: Amount
    op: str

    def residual(self, values: Mapping[str, Amount | None]) -> Amount | None:
        """What stands left of ``op 0``; None when a figure is not known."""
        total = self.constant
        for address, factor in self.terms.items():
            value = values.get(address)
            if value is None:
                return None
            total += factor * value
        return total

    def allows(self, residual: Amount | None) -> bool:
        """True also when the residual is not known: a relation with an unknown operand is not broken."""
        return residual is None or _HOLDS[self.op](residual, 0)


@dataclass(frozen=True)
class Model:
    """The sums of a form; ``of`` gives those a figure takes part in; ``part`` the group of figures sums tie together."""

    form: Form
    sums: tuple[Sum, ...]
    of: dict[str, tuple[int, ...]]
    part: dict[str, int]


@cache
def model(key: str) -> Model:
    """The model of a form, made once."""
    the = form(key)
    sums = tuple(_sums(the))
    of: dict[str, list[int]] = {address: [] for address in the.cells}
    for number, each in enumerate(sums):
        for address in each.terms:
            of[address].append(number)
    return Model(the, sums, {a: tuple(n) for a, n in of.items()}, _parts(the.cells, sums))


def _sums(the: Form) -> Iterable[Sum]:
    for relation in the.relations:
        if relation.scope == "in_table" and relation.severity == "error":
            for instance in relation.instances:
                node = instance.node
                if not isinstance(node, Compare) or node.op not in _HOLDS:
                    continue
                left, right = linear(node.left), linear(node.right)
                if left is not None and right is not None:
                    terms = dict(left[0])
                    for address, factor in right[0].items():
                        terms[address] = terms.get(address, 0) - factor
                    yield Sum(instance, terms, left[1] - right[1], node.op)


def linear(node: Node) -> tuple[dict[str, int], Amount] | None:
    """A node as coefficients by address and a constant; None when it is no sum of figures of this report."""
    match node:
        case Number(value=value):
            return {}, int(value) if value == value.to_integral_value() else value
        case FigureRef(source="", address=address):
            return {address: 1}, 0
        case Total(parts=parts) if all(not part.source for part in parts):
            return {part.address: 1 for part in parts}, 0
        case Plus(left=left, right=right, sign=sign):
            a, b = linear(left), linear(right)
            if a is None or b is None:
                return None
            terms = dict(a[0])
            for address, factor in b[0].items():
                terms[address] = terms.get(address, 0) + sign * factor
            return terms, a[1] + sign * b[1]
    return None


def _parts(addresses: Iterable[str], sums: tuple[Sum, ...]) -> dict[str, int]:
    """A number for every figure, the same for figures that sums tie together, directly or through others."""
    part = {address: number for number, address in enumerate(addresses)}
    for each in sums:
        numbers = {part[a] for a in each.terms}
        low = min(numbers)
        if len(numbers) > 1:
            part = {a: low if n in numbers else n for a, n in part.items()}
    return part
