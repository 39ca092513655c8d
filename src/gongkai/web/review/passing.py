"""What the checks say to an act: blocked, to be explained, or free; and the record of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.web.catalogue.models import Item
from gongkai.web.house.actor import Actor
from gongkai.web.house.publishing import LONGEST, Publication, field_of
from gongkai.web.house.rule import Refusal

from .checks.contents import unexamined
from .checks.examine import Finding, thing_of
from .models import CheckRun, PassedOver


def check_problems(item: Item, found: list[Finding], reasons: Mapping[str, str]) -> Iterable[Refusal]:
    """Why the findings of an item stand in its way; files not looked at besides."""
    for attachment in unexamined(item):
        yield Refusal("unexamined", f"附件“{attachment.name}”还没有检查完。请稍后再试。")
    yield from finding_problems(found, reasons)


def finding_problems(found: Sequence[Finding], reasons: Mapping[str, str]) -> Iterable[Refusal]:
    """Why findings stand in the way. `reasons` are by the finding's print; a blocking one can't be passed."""
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


def keep(item: Item, actor: Actor, verb: str, found: list[Finding], reasons: Mapping[str, str]) -> list[str]:
    """Record the run of an item's act, and each warning let pass with its reason. Gives the keys of the checks let pass
    now."""
    return _keep({"item": item}, actor, verb, found, reasons)


def keep_of(publication: Publication, actor: Actor, verb: str, found: Sequence[Finding], reasons: Mapping[str, str]) -> list[str]:
    """The same for whatever else goes out. A run that found nothing leaves no row: the log has the act, and tables bring
    in thousands."""
    if not found:
        return []
    return _keep(thing_of(publication), actor, verb, found, reasons)


def _keep(thing: Mapping[str, Any], actor: Actor, verb: str, found: Sequence[Finding], reasons: Mapping[str, str]) -> list[str]:
    now = [one for one in found if one.waits]
    for one in now:
        # A person may have said so of the same thing under another act meanwhile: the first reason stands.
        PassedOver.objects.get_or_create(
            **thing, print=one.print,
            defaults={
                "check_key": one.check.key, "message": f"{one.place}：{one.message}"[:500], "reason": reasons[one.print].strip(),
                "by": actor.user,
            },
        )  # fmt: skip
    rows = [one.plain() | {"passed": not one.blocks} for one in found]
    CheckRun.objects.create(**thing, by=actor.user, verb=verb, findings=rows)
    return [one.check.key for one in now]
