"""What a formula is made of: typed nodes that evaluate themselves, three-valued, over a :class:`Context`.

Evaluation is three-valued: a relation with an operand that is not known (a blank, a lost cell, a claim the prose does
not make) is neither kept nor broken; its value is ``None``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

Value = int | Decimal | date | str | bool | None
Type = Literal["number", "date", "text", "truth"]


class Context(Protocol):
    """Where a formula finds its values."""

    def figure(self, source: str, address: str) -> int | Decimal | None:
        """The figure at ``address``; ``source`` is "" for this report, else one of FIGURE_SOURCES."""

    def children(self, address: str) -> list[int | Decimal | None]:
        """The figure of every child, in their order."""

    def fact(self, name: str) -> Value:
        """A fact by its whole name, as ``claim.requests_received`` or ``report.year``."""


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    type: Type = "number"
    plain: Value = field(init=False, repr=False, compare=False)
    """The value as figures have it: an int where it is whole."""

    def __post_init__(self) -> None:
        whole = self.value == self.value.to_integral_value()
        object.__setattr__(self, "plain", int(self.value) if whole else self.value)

    def eval(self, ctx: Context) -> Value:
        return self.plain


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    type: Type = "text"

    def eval(self, ctx: Context) -> Value:
        return self.value


@dataclass(frozen=True, slots=True)
class FigureRef:
    source: str
    address: str
    type: Type = "number"

    def eval(self, ctx: Context) -> Value:
        return ctx.figure(self.source, self.address)


@dataclass(frozen=True, slots=True)
class FactRef:
    name: str
    type: Type

    def eval(self, ctx: Context) -> Value:
        return ctx.fact(self.name)


@dataclass(frozen=True, slots=True)
class Total:
    """``sum(...)``: of several figures, or of one figure over all children."""

    parts: tuple[FigureRef, ...]
    type: Type = "number"
    single: tuple[tuple[str, ...], tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """Sources and addresses of the parts that are one figure each."""
    children: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Addresses of the parts that stand for the figures of all children."""

    def __post_init__(self) -> None:
        single = [p for p in self.parts if p.source != "children"]
        object.__setattr__(self, "single", (tuple(p.source for p in single), tuple(p.address for p in single)))
        object.__setattr__(self, "children", tuple(p.address for p in self.parts if p.source == "children"))

    def eval(self, ctx: Context) -> Value:
        values = list(map(ctx.figure, *self.single))
        for address in self.children:
            values += ctx.children(address)
        known = [v for v in values if v is not None]
        return sum(known) if len(known) == len(values) else None


@dataclass(frozen=True, slots=True)
class Plus:
    left: Node
    right: Node
    sign: int
    type: Type = "number"

    def eval(self, ctx: Context) -> Value:
        a, b = self.left.eval(ctx), self.right.eval(ctx)
        if a is None or b is None:
            return None
        return a + b if self.sign > 0 else a - b  # type: ignore[operator, return-value]  # typed at parsing: both are numbers


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {  # same type on both sides: checked at parsing
    "==": operator.eq, "!=": operator.ne, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compare:
    op: str
    left: Node
    right: Node
    type: Type = "truth"

    def eval(self, ctx: Context) -> Value:
        a = self.left.eval(ctx)
        if a is None:
            return None
        b = self.right.eval(ctx)
        return None if b is None else COMPARISONS[self.op](a, b)


@dataclass(frozen=True, slots=True)
class OneOf:
    left: Node
    options: tuple[Node, ...]
    type: Type = "truth"

    def eval(self, ctx: Context) -> Value:
        a = self.left.eval(ctx)
        options = [o.eval(ctx) for o in self.options]
        if a is not None and any(a == o for o in options):
            return True
        return None if a is None or None in options else False


@dataclass(frozen=True, slots=True)
class Logic:
    op: str  # and, or, implies
    left: Node
    right: Node
    type: Type = "truth"

    def eval(self, ctx: Context) -> Value:
        a, b = self.left.eval(ctx), self.right.eval(ctx)
        if self.op == "implies":
            a, op = (None if a is None else not a), "or"
        else:
            op = self.op
        decisive = op == "or"
        if a is decisive or b is decisive:
            return decisive
        return None if a is None or b is None else not decisive


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple[Node, ...]
    type: Type

    def eval(self, ctx: Context) -> Value:
        values = [a.eval(ctx) for a in self.args]
        return None if None in values else FUNCTIONS[self.name][2](*values)


Node = Number | Text | FigureRef | FactRef | Total | Plus | Compare | OneOf | Logic | Call

FUNCTIONS: dict[str, tuple[tuple[Type, ...], Type, Callable[..., Value]]] = {
    "contains": (("text", "text"), "truth", lambda text, word: word in text),
    "date": (("number", "number", "number"), "date", lambda y, m, d: date(int(y), int(m), int(d))),
}


def leaves(node: Node) -> Iterator[FigureRef | FactRef]:
    """Every figure and fact a formula speaks of, in its order."""
    match node:
        case FigureRef() | FactRef():
            yield node
        case Total():
            yield from node.parts
        case Plus() | Compare() | Logic():
            yield from leaves(node.left)
            yield from leaves(node.right)
        case OneOf():
            yield from leaves(node.left)
            for option in node.options:
                yield from leaves(option)
        case Call():
            for arg in node.args:
                yield from leaves(arg)
        case _:
            return
