"""The relation language: a small typed language for what must hold between figures.

One formula is one sentence about figures, for instance::

    requests.new_received.total + requests.carried_in.total == requests.results_total.total
    sum(requests.@outcomes.total) == requests.results_total.total
    claim.requests_received in [requests.new_received.total, requests.new_received.total + 3]
    (disclosure.procurement.projects == 0) == (disclosure.procurement.amount == 0)

Grammar (all operators left-associative, lowest first)::

    truth      := junction ["implies" junction]
    junction   := comparison {("and" | "or") comparison}
    comparison := sum [("==" | "!=" | "<=" | ">=" | "<" | ">") sum | "in" "[" sum {"," sum} "]"]
    sum        := atom {("+" | "-") atom}
    atom       := NUMBER | TEXT | reference | call | "(" truth ")"
    call       := NAME "(" [argument {"," argument}] ")"

A reference is dotted. Its first word says where the value comes from:

    disclosure, requests, remedies   a figure of this report; ``@set`` for a named set of rows or columns
    prev.  prev2019.                 the same organ's report of the year before (of any form, of the 2019 form)
    own.   children.                 the organ's own figures; those of every child (only inside ``sum``)
    claim.                           a number the prose states
    report.  section.  ledger.       facts: of the document, the text of a section, of the request register

Evaluation is three-valued: a relation with an operand that is not known (a blank, a lost cell, a claim the
prose does not make) is neither kept nor broken; its value is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

Value = int | Decimal | date | str | bool | None
Type = Literal["number", "date", "text", "truth"]
TABLES = frozenset({"disclosure", "requests", "remedies"})
FIGURE_SOURCES = frozenset({"prev", "prev2019", "own", "children"})
FACT_SOURCES = frozenset({"claim", "report", "section", "ledger"})


class FormulaError(ValueError):
    """A formula that is not a sentence of the language; the message shows it and the place."""


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

    def eval(self, ctx: Context) -> Value:
        return int(self.value) if self.value == self.value.to_integral_value() else self.value


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

    def eval(self, ctx: Context) -> Value:
        values: list[int | Decimal | None] = []
        for part in self.parts:
            if part.source == "children":
                values += ctx.children(part.address)
            else:
                values.append(ctx.figure(part.source, part.address))
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


_COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<=": lambda a, b: a <= b,  # type: ignore[operator]  # same type on both sides: checked at parsing
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
    "<": lambda a, b: a < b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
}


@dataclass(frozen=True, slots=True)
class Compare:
    op: str
    left: Node
    right: Node
    type: Type = "truth"

    def eval(self, ctx: Context) -> Value:
        a, b = self.left.eval(ctx), self.right.eval(ctx)
        return None if a is None or b is None else _COMPARE[self.op](a, b)


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
        return None if None in values else _FUNCTIONS[self.name][2](*values)


Node = Number | Text | FigureRef | FactRef | Total | Plus | Compare | OneOf | Logic | Call

_FUNCTIONS: dict[str, tuple[tuple[Type, ...], Type, Callable[..., Value]]] = {
    "contains": (("text", "text"), "truth", lambda text, word: word in text),
    "date": (("number", "number", "number"), "date", lambda y, m, d: date(int(y), int(m), int(d))),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|'(?P<text>[^']*)'|(?P<name>[A-Za-z_][\w]*(?:\.@?\w+)*)"
    r"|(?P<op>==|!=|<=|>=|[<>+\-(),\[\]]))"
)


class Parser:
    """Parses one formula. ``sets`` gives the members of ``@name``; ``facts`` the type of every fact."""

    def __init__(self, sets: Mapping[str, tuple[str, ...]], facts: Mapping[str, Type], addresses: frozenset[str]):
        self._sets, self._facts, self._addresses = sets, facts, addresses

    def parse(self, formula: str) -> Node:
        self._formula, self._at = formula, 0
        self._tokens = list(self._tokenise(formula))
        node = self._truth()
        if self._at < len(self._tokens):
            raise self._error(f"unexpected {self._tokens[self._at][1]!r}")
        if node.type != "truth":
            raise self._error("a relation must be true or false")
        return node

    def _tokenise(self, formula: str) -> Iterator[tuple[str, str]]:
        place = 0
        while place < len(formula.rstrip()):
            match = _TOKEN.match(formula, place)
            if match is None:
                raise self._error(f"cannot read {formula[place:place + 10]!r}")
            place = match.end()
            kind = str(match.lastgroup)
            yield kind, match[kind]

    def _error(self, what: str) -> FormulaError:
        return FormulaError(f"{what} in formula {self._formula!r}")

    def _peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def _take(self, *wanted: str) -> str | None:
        word = self._peek()
        if word in wanted and self._tokens[self._at][0] != "text":
            self._at += 1
            return word
        return None

    def _expect(self, word: str) -> None:
        if not self._take(word):
            raise self._error(f"expected {word!r}")

    def _need(self, node: Node, wanted: Type) -> Node:
        if node.type != wanted:
            raise self._error(f"expected a {wanted}, found a {node.type}")
        return node

    def _truth(self) -> Node:
        left = self._junction()
        if self._take("implies"):
            return Logic("implies", self._need(left, "truth"), self._need(self._junction(), "truth"))
        return left

    def _junction(self) -> Node:
        left = self._comparison()
        while op := self._take("and", "or"):
            left = Logic(op, self._need(left, "truth"), self._need(self._comparison(), "truth"))
        return left

    def _comparison(self) -> Node:
        left = self._sum()
        if op := self._take(*_COMPARE):
            return Compare(op, left, self._need(self._sum(), left.type))
        if self._take("in"):
            self._expect("[")
            options = [self._need(self._sum(), left.type)]
            while self._take(","):
                options.append(self._need(self._sum(), left.type))
            self._expect("]")
            return OneOf(left, tuple(options))
        return left

    def _sum(self) -> Node:
        left = self._atom()
        while op := self._take("+", "-"):
            right = self._need(self._atom(), "number")
            left = Plus(self._need(left, "number"), right, 1 if op == "+" else -1)
        return left

    def _atom(self) -> Node:
        if self._at >= len(self._tokens):
            raise self._error("unexpected end")
        kind, word = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Number(Decimal(word))
        if kind == "text":
            return Text(word)
        if kind == "op":
            if word != "(":
                raise self._error(f"unexpected {word!r}")
            node = self._truth()
            self._expect(")")
            return node
        if self._take("("):
            return self._call(word)
        return self._reference(word)

    def _call(self, name: str) -> Node:
        if name == "sum":
            parts = self._expand(self._tokens[self._at][1] if self._peek() else "")
            self._at += 1
            self._expect(")")
            return Total(tuple(parts))
        if name not in _FUNCTIONS:
            raise self._error(f"unknown function {name!r}")
        wanted, result, _ = _FUNCTIONS[name]
        args: list[Node] = []
        for i, type_ in enumerate(wanted):
            if i:
                self._expect(",")
            args.append(self._need(self._sum(), type_))
        self._expect(")")
        return Call(name, tuple(args), result)

    def _reference(self, word: str) -> Node:
        if word.split(".", maxsplit=1)[0] in FACT_SOURCES:
            if word not in self._facts:
                raise self._error(f"unknown fact {word!r}")
            return FactRef(word, self._facts[word])
        parts = self._expand(word)
        if len(parts) != 1 or parts[0].source == "children":
            raise self._error(f"{word!r} stands for several figures: use sum()")
        return parts[0]

    def _expand(self, word: str) -> list[FigureRef]:
        source, parts = "", word.split(".")
        if parts[0] in FIGURE_SOURCES:
            source, parts = parts[0], parts[1:]
        if parts[0] not in TABLES or len(parts) != 3:
            raise self._error(f"unknown reference {word!r}")
        paths = [[parts[0]]]
        for part in parts[1:]:
            names = self._sets.get(f"{parts[0]}.{part[1:]}", ()) if part.startswith("@") else (part,)
            paths = [[*path, name] for path in paths for name in names]
        refs = [FigureRef(source, ".".join(path)) for path in paths]
        # the other form's addresses are allowed for a report of the year before, which may stand on that form
        for ref in refs:
            if not source.startswith("prev") and ref.address not in self._addresses:
                raise self._error(f"unknown figure {ref.address!r}")
        if not refs:
            raise self._error(f"{word!r} names no figure")
        return refs


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
