"""What stands against letting an item out before its review is done, and who let it go out all the same (ADR 0104)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.catalogue.versions import HANDLING

from .models import Act, Answer, EmergencyConsent, Referral, ReviewMark

_OUT = (Stage.PUBLISHED, Stage.WITHDRAWN, Stage.KEPT)


@dataclass(frozen=True, slots=True)
class Objection:
    """One, as people say it."""

    at: datetime
    words: str


def objections(item: Item) -> list[Objection]:
    """What secrecy returned, or held against disclosing it, and what was asked of others without an answer that allows it.

    A secrecy review that was passed since has settled all of it; a return, or another text, has not.
    """
    marks = ReviewMark.objects.filter(round__item=item, step__secrecy=True).select_related("by")
    passed = marks.filter(act__in=(Act.PASS, Act.APPROVE)).last()
    found = [_returned(one) for one in marks.filter(act=Act.RETURN)]
    found += [_asked(one) for one in Referral.objects.filter(round__item=item) if one.recorded_at is None or one.answer == Answer.PARTLY]
    standing = [one for one in found if passed is None or one.at > passed.at]
    if passed is not None and passed.act == Act.PASS and passed.attribute != Attribute.PROACTIVE and not _signed(item, passed):
        standing.append(Objection(passed.at, f"{_day(passed.at)}{passed.by.name}保密审查认为应{passed.get_attribute_display()}"))
    return sorted(standing, key=lambda one: one.at)


def consent_to(item: Item, against: list[Objection]) -> EmergencyConsent | None:
    """The newest consent, when it is to the words as they are and to all that stands against them."""
    last = item.emergency_consents.select_related("by").first()
    if last is None or last.version != written(item) or any(one.at > last.at for one in against):
        return None
    return last


def standing_against(item: Item) -> dict[str, Any]:
    """The same for a page, while the item could still go out first."""
    against = objections(item) if item.stage not in _OUT else []
    return {"objections": against, "consent": consent_to(item, against) if against else None}


def written(item: Item) -> int:
    """The number of the newest version that somebody wrote."""
    return item.versions.exclude(verb__in=HANDLING).aggregate(newest=Max("version"))["newest"] or 0


def _signed(item: Item, mark: ReviewMark) -> bool:
    return ReviewMark.objects.filter(round=mark.round_id, act=Act.APPROVE, at__gt=mark.at).exists()


def _returned(mark: ReviewMark) -> Objection:
    why = mark.comment.rstrip("。；;.")
    return Objection(mark.at, f"{_day(mark.at)}{mark.by.name}在保密审查中退回：{why}")


def _asked(referral: Referral) -> Objection:
    if referral.recorded_at is not None:
        return Objection(referral.recorded_at, f"{referral.body}{referral.answered_on}答复：{referral.get_answer_display()}，尚未重新保密审查")
    return Objection(referral.at, f"{_day(referral.at)}报请{referral.body}确定，尚未答复")


def _day(moment: datetime) -> str:
    return str(timezone.localtime(moment).date())
