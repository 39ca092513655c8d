"""What may stand under what."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.house.rule import Refusal

from .models import Kind, Organ


def cannot_stand_under(organ: Organ, parent: Organ) -> Iterable[Refusal]:
    """Refusals when `organ` may not be a child of `parent`: by kind, and by level."""
    kind, above = Kind(organ.kind), Kind(parent.kind)
    if above not in kind.may_stand_under:
        allowed = "或".join(one.label for one in kind.may_stand_under)
        yield Refusal(
            "wrong_parent",
            f"{kind.label}的上级应是{allowed}，“{parent.name}”是{above.label}。请另选上级。",
            field="parent",
        )
    if organ.level < parent.level:
        yield Refusal(
            "wrong_level",
            f"“{organ.name}”的层级（{organ.get_level_display()}）不能高于上级“{parent.name}”（{parent.get_level_display()}）。",
            field="level",
        )
