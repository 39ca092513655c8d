"""Sums against the eye: in a scan, a sum that does not hold may be a misreading, so its figures are marked uncertain.

The figures stay as read. In a document with text a broken sum is the publisher's; in a scan nobody can tell before
looking, and that is what the mark says.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from gongkai.forms import Form, Instance, Value
from gongkai.report import Figure, Problem


class _Values:
    """The figures as a context for relations; there is nothing else to ask here."""

    def __init__(self, figures: dict[str, Figure]):
        self._figures = figures

    def figure(self, source: str, address: str) -> int | Decimal | None:
        return None if source else self._figures[address].value

    def children(self, address: str) -> list[int | Decimal | None]:
        return []

    def fact(self, name: str) -> Value:
        return None


def doubt_by_sums(form: Form, figures: dict[str, Figure]) -> list[Problem]:
    """Mark, in ``figures``, what OCR read and a broken sum puts in doubt; a problem a sum."""
    if not any(f.trace is not None and f.trace.confidence is not None for f in figures.values()):
        return []
    context, problems = _Values(figures), []
    broken = [
        instance for relation in form.relations if relation.scope == "in_table" and relation.severity == "error"
        for instance in relation.instances if instance.holds(context) is False
    ]  # fmt: skip
    for instance in broken:
        seen = [a for a in instance.addresses if (trace := figures[a].trace) and trace.confidence is not None]
        for address in seen:
            figure = figures[address]
            if figure.trace is not None and not figure.trace.uncertain:
                figures[address] = msgspec.structs.replace(
                    figure, trace=msgspec.structs.replace(figure.trace, uncertain=True))  # fmt: skip
        if seen:
            problems.append(Problem("uncertain", _words(instance), None))
    return problems


def _words(instance: Instance) -> str:
    where = "、".join(f"“{label}”" for label in instance.labels.values()) or instance.relation.source
    return f"扫描件中{where}的合计不相符，可能是识别有误，有关数字把握不大。请对照原件。"
