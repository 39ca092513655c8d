"""For every relation of a form, values under which it holds and values under which it does not, found from its formula.

No example is written by hand: the formula's own figures and facts are given values from small domains until both
answers have been seen. A relation that cannot be made to hold, or cannot be broken, says nothing and must not pass.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from gongkai.forms import Instance, Value
from gongkai.forms.nodes import (
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
    leaves,
)

TRIES = 4000
DATES = tuple(date(year, month, day) for year in (2020, 2021) for month, day in ((1, 1), (1, 31), (12, 31)))


class Assignment:
    """Values by leaf, as a Context; the figures of two children for every address asked of children."""

    def __init__(self, figures: dict[tuple[str, str], int], facts: dict[str, Value]):
        self.figures, self.facts = figures, facts

    def figure(self, source: str, address: str) -> int | Decimal | None:
        return self.figures.get((source, address))

    def children(self, address: str) -> list[int | Decimal | None]:
        return [self.figures.get((f"children{n}", address)) for n in (1, 2)]

    def fact(self, name: str) -> Value:
        return self.facts.get(name)


def texts(node: Node) -> list[str]:
    """The texts a formula quotes."""
    match node:
        case Text(value=value):
            return [value]
        case Compare() | Logic() | Plus():
            return texts(node.left) + texts(node.right)
        case Call(args=args):
            return [t for arg in args for t in texts(arg)]
        case Number() | FigureRef() | FactRef() | Total() | OneOf():
            return []


def example(instance: Instance, holds: bool) -> Assignment | None:
    """Values under which the instance holds (or does not); None when none were found."""
    rnd = Random(f"{instance.relation.id} {instance.at} {holds}")
    words = ["无。", *texts(instance.node)]
    for _ in range(TRIES):
        figures: dict[tuple[str, str], int] = {}
        facts: dict[str, Value] = {}
        for leaf in leaves(instance.node):
            number = rnd.choice((0, 0, 0, 1, 2)) if rnd.random() < 0.9 else rnd.choice((-1, 5))
            if isinstance(leaf, FactRef):
                facts[leaf.name] = {
                    "number": rnd.choice((2020, 2021)) if leaf.name == "report.year" else number,
                    "date": rnd.choice(DATES),
                    "text": rnd.choice(words),
                    "truth": None,
                }[leaf.type]
            elif leaf.source == "children":
                figures["children1", leaf.address], figures["children2", leaf.address] = number, rnd.choice((0, 1))
            else:
                figures[leaf.source, leaf.address] = number
        found = Assignment(figures, facts)
        if instance.holds(found) is holds:
            return found
    return None
