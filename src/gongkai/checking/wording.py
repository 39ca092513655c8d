"""A broken relation as a Finding: what was expected, what stands there, and a sentence a clerk can act on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.checking.facts import Facts
from gongkai.forms import Instance, Value, form
from gongkai.forms.nodes import Call, Compare, FactRef, FigureRef, OneOf, Text
from gongkai.report import Claim, Figure, Finding, Trace

_BASIS = {"official": "法定要求", "derived": "计算关系", "practice": "核查惯例"}
_AT_LEAST = {"==": "", "!=": "不等于", "<=": "不超过", ">=": "不少于", "<": "少于", ">": "多于"}
_NAMED = 3  # a message names so many doubtful readings, and counts the rest


def word_finding(instance: Instance, facts: Facts) -> Finding:
    """The finding of an instance that does not hold."""
    relation = instance.relation
    left, right = instance.sides(facts)
    sources = [pair for name in instance.addresses for pair in facts.sources(name)]
    expected, actual = _expectation(instance, facts)
    message = relation.message.format(
        left=spell(left),
        right="或".join(spell(value) for value in right),
        difference=_difference(left, right),
        year=facts.report.year or "本",
        fact=_Spelled(facts),
        **instance.labels,
    )
    return Finding(
        rule=relation.id,
        severity=relation.severity,
        addresses=instance.addresses,
        expected=expected,
        actual=actual,
        message=message + _doubt(sources, facts),
        basis=f"{relation.source}（{_BASIS[relation.basis]}）",
        at=instance.at,
        traces={name: source.trace for name, source in sources if source.trace is not None},
    )


class _Spelled(dict[str, str]):
    """Facts by name, in words, for the places of a message."""

    def __init__(self, facts: Facts):
        super().__init__()
        self._facts = facts

    def __missing__(self, name: str) -> str:
        return spell(self._facts.fact(name))


def spell(value: Value) -> str:
    """A value as a reader expects it: plain decimals, a date in words, nothing in binary."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value.normalize() if value else Decimal(0), "f")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def _difference(left: Value, right: tuple[Value, ...]) -> str:
    """How far apart the sides are, never negative; of several options, from the nearest; of dates, in days."""
    if isinstance(left, date) and isinstance(right[0], date):
        return f"{abs((left - right[0]).days)}天"
    if isinstance(left, int | Decimal):
        apart = [abs(Decimal(left) - r) for r in right if isinstance(r, int | Decimal)]
        return spell(min(apart)) if apart else ""
    return ""


def _expectation(instance: Instance, facts: Facts) -> tuple[str | None, str | None]:
    """Expected and actual. A printed figure is the actual side against a sum; a claim against the tables."""
    match instance.comparison(facts):
        case OneOf(left=left, options=options):
            return "或".join(dict.fromkeys(spell(o.eval(facts)) for o in options)), spell(left.eval(facts))
        case Compare(left=left, type="truth") if left.type == "truth":
            words = form(facts.report.form or "").words
            named = (f"{words.get(n, n)}{spell(facts.figure('', n))}" for n in instance.addresses)
            return None, "，".join(named)
        case Compare(op="==", left=left, right=FigureRef() | FactRef() as right) if not isinstance(
            left, FigureRef | FactRef
        ):
            return spell(left.eval(facts)), spell(right.eval(facts))
        case Compare(op=op, left=left, right=right):
            return _AT_LEAST[op] + spell(right.eval(facts)), spell(left.eval(facts))
    if isinstance(instance.node, Call):
        wanted = "".join(f"“{arg.value}”" for arg in instance.node.args if isinstance(arg, Text))
        return f"写明{wanted}", "未写明"
    return None, None


def _doubt(sources: list[tuple[str, Figure | Claim]], facts: Facts) -> str:
    """A sentence when figures that take part were inferred or are uncertain: the fault may lie in the reading."""
    words = form(facts.report.form or "").words
    named = []
    for name, source in sources:
        if _is_doubtful(source.trace):
            label = words.get(name, "正文数字" if isinstance(source, Claim) else name)
            named.append(f"“{label}”")
    if not named:
        return ""
    rest = f"等{len(named)}处" if len(named) > _NAMED else ""
    return f"其中{'、'.join(named[:_NAMED])}{rest}为推断读数，请先对照原件。"


def _is_doubtful(trace: Trace | None) -> bool:
    return trace is not None and (trace.status == "inferred" or trace.uncertain)
