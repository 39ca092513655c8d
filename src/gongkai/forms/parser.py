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

What the sentences mean stands in :mod:`gongkai.forms.nodes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongkai.forms.nodes import (
    COMPARISONS,
    FUNCTIONS,
    Call,
    Compare,
    FactRef,
    FigureRef,
    Logic,
    Node,
    Number,
    OneOf,
    Plus,
    Text,
    Total,
    Type,
)  # fmt: skip

TABLES = frozenset({"disclosure", "requests", "remedies"})
FIGURE_SOURCES = frozenset({"prev", "prev2019", "own", "children"})
FACT_SOURCES = frozenset({"claim", "report", "section", "ledger"})


class FormulaError(ValueError):
    """A formula that is not a sentence of the language; the message shows it and the place."""


_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|'(?P<text>[^']*)'|(?P<name>[A-Za-z_][\w]*(?:\.@?\w+)*)"
    r"|(?P<op>==|!=|<=|>=|[<>+\-(),\[\]]))"
)


class Parser:
    """Parses one formula of one form.

    ``sets`` gives the members of ``@name``; ``facts`` the type of every fact; ``addresses`` the figures of the form;
    ``before`` those a report of the year before may have, by source ("prev", "prev2019").
    """

    def __init__(self, sets: Mapping[str, tuple[str, ...]], facts: Mapping[str, Type], addresses: frozenset[str],
                 before: Mapping[str, frozenset[str]]):  # fmt: skip
        self._sets, self._facts, self._addresses, self._before = sets, facts, addresses, before

    def parse(self, formula: str) -> Node:
        """The formula as a node of type truth. Raises FormulaError."""
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
        if op := self._take(*COMPARISONS):
            if op not in ("==", "!=") and left.type not in ("number", "date"):
                raise self._error(f"{op} cannot order a {left.type}")
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
            kind, word = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
            if kind != "name":
                raise self._error("sum() takes one reference to figures")
            parts = self._expand(word)
            self._at += 1
            self._expect(")")
            return Total(tuple(parts))
        if name not in FUNCTIONS:
            raise self._error(f"unknown function {name!r}")
        wanted, result, _ = FUNCTIONS[name]
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
        # a report of the year before may stand on the other form, and then has that form's figures
        known = self._before.get(source, self._addresses)
        for ref in refs:
            if ref.address not in known:
                raise self._error(f"unknown figure {ref.address!r}")
        if not refs:
            raise self._error(f"{word!r} names no figure")
        return refs
