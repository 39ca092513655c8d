"""Which route an organ's items take."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from gongkai.web.organs.models import Organ

from .duties import APPROVAL, BY_KEY, DUTIES, NEEDED
from .models import OverdueRule, ReadingRule, ReviewRoute


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: its name and the keys of its duties."""

    name: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A route as rounds take it. `organ` is whose it is, None for the default."""

    steps: tuple[StepPlan, ...]
    distinct_people: bool = True
    emergency_days: int = 3
    reading_rule: ReadingRule = ReadingRule.WARN
    near_days: int = 3
    reassess_months: int = 12
    overdue_rule: OverdueRule = OverdueRule.ESCALATE
    organ: Organ | None = field(default=None, compare=False)


# Each duty a step, as the model regulations have it: unit, secrecy, office, leader.
DEFAULT = Plan(tuple(StepPlan(duty.title, (duty.key,)) for duty in DUTIES))


def plan_for(organ: Organ) -> Plan:
    """The route of `organ`, of the nearest organ above that has one, or the default."""
    route = (
        ReviewRoute.objects.filter(organ__above__low=organ)
        .order_by("organ__above__depth").select_related("organ").prefetch_related("steps").first()
    )  # fmt: skip
    if route is None:
        return DEFAULT
    steps = tuple(StepPlan(step.name, tuple(duty.key for duty in step.duties)) for step in route.steps.all())
    return Plan(
        steps, route.distinct_people, route.emergency_days, ReadingRule(route.reading_rule), route.near_days,
        route.reassess_months, OverdueRule(route.overdue_rule), route.organ,
    )


def next_look(organ: Organ, day: date) -> date:
    """When what is withheld on `day` is looked at again where nobody set a day (Art. 18 wants it periodically)."""
    months = day.year * 12 + day.month - 1 + plan_for(organ).reassess_months
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def faults(steps: tuple[StepPlan, ...]) -> list[str]:
    """What is wrong with steps somebody wants; [] when a round could take them."""
    found = []
    held = [key for step in steps for key in step.duties]
    order = [duty.key for duty in DUTIES]
    for number, step in enumerate(steps, 1):
        if not step.name.strip():
            found.append(f"第{number}个环节没有名称。请填写。")
        if not step.duties:
            found.append(f"第{number}个环节没有职责。请至少选择一项。")
    for key in order:
        if held.count(key) > 1:
            found.append(f"“{BY_KEY[key].title}”出现在两个环节。请只放在一个环节。")
    for key in NEEDED:
        if key not in held:
            found.append(f"流程中没有“{BY_KEY[key].title}”。先审查、后公开，这一环节不能省略（《条例》第十七条）。")
    if steps and APPROVAL in held and APPROVAL not in steps[-1].duties:
        found.append("“审签”应在最后一个环节。请调整顺序。")
    return found
