"""All relations of a form over a report, and what they find, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.checking.facts import Facts
from gongkai.checking.wording import word_finding
from gongkai.forms import Scope, form
from gongkai.report import Finding, Report


def check(
    report: Report,
    *,
    last_year: Report | None = None,
    own: Report | None = None,
    children: Sequence[Report] | None = None,
    registered: int | None = None,
    ledger: Mapping[str, int] | None = None,
) -> list[Finding]:
    """Everything in ``report`` that breaks a relation of its form, in the order of the form.

    ``last_year`` is the same organ's report of the year before; ``own`` the region's own report and ``children`` those
    of the organs below it, when ``report`` is their roll-up (children without ``own`` are all who file);
    ``registered`` how many organs must file; ``ledger`` facts of the request register, as
    ``{"requests_with_several_outcomes": 0}``. Relations whose operands are not all known are left out. A report
    without a form has no findings: its problems say why it could not be read.

    Raises ValueError when ``last_year`` is a report of another year than the one before.
    """
    if report.form is None:
        return []
    if last_year and report.year and last_year.year and last_year.year != report.year - 1:
        raise ValueError(f"上年报告应为{report.year - 1}年度，给出的是{last_year.year}年度：{last_year.source}")
    facts = Facts(report, last_year=last_year, own=own, children=children, registered=registered, ledger=ledger)
    idle: set[Scope] = set()
    if last_year is None:
        idle.add("cross_year")
    if children is None:
        idle.add("hierarchy")
    if not ledger:
        idle.add("register")
    return [
        word_finding(instance, facts)
        for relation in form(report.form).relations
        if relation.scope not in idle and not (relation.floor and not facts.below_zero)
        for instance in relation.instances
        if instance.holds(facts) is False
    ]
