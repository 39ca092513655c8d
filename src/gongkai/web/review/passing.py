"""What the checks say to an act: blocked, to be explained, or free; and the record of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refusal

from .checks.examine import Finding, unexamined
from .models import CheckRun, PassedOver

LONGEST = 300


def check_problems(item: Item, found: list[Finding], reasons: Mapping[str, str]) -> Iterable[Refusal]:
    """Why the findings stand in the way. `reasons` are by the finding's print; a blocking one can't be passed."""
    for attachment in unexamined(item):
        yield Refusal("unexamined", f"附件“{attachment.name}”还没有检查完。请稍后再试。")
    for one in found:
        if one.blocks:
            words = f"{one.place}：{one.message}{f'（{one.excerpt}）' if one.excerpt else ''}。{one.check.remedy}"
            yield Refusal(f"check_{one.check.key}", words, one.check.basis)
        elif one.waits:
            reason = reasons.get(one.print, "").strip()
            if not reason:
                yield Refusal(
                    f"check_{one.check.key}", f"{one.place}：{one.message}。请改正，或写明放行的理由。", one.check.basis,
                    field=field_of(one),
                )  # fmt: skip
            elif len(reason) > LONGEST:
                yield Refusal("long", f"放行理由超过{LONGEST}字。请精简。", field=field_of(one))


def field_of(one: Finding) -> str:
    """The name of the form field for the reason."""
    return f"pass_{one.print[:24]}"


def keep(item: Item, actor: Actor, verb: str, found: list[Finding], reasons: Mapping[str, str]) -> list[str]:
    """Record the run, and each warning let pass with its reason. Gives the keys of the checks let pass now."""
    now = [one for one in found if one.waits]
    for one in now:
        PassedOver.objects.create(
            item=item, print=one.print, check_key=one.check.key, message=f"{one.place}：{one.message}"[:500],
            reason=reasons[one.print].strip(), by=actor.user,
        )  # fmt: skip
    rows = [one.plain() | {"passed": not one.blocks} for one in found]
    CheckRun.objects.create(item=item, by=actor.user, verb=verb, findings=rows)
    return [one.check.key for one in now]
