"""Who stands behind what an item says: read off its versions and rounds, kept nowhere (ADR 0103).

An item's words are not out until it is published, and after that they cannot be edited: so everybody who ever wrote any of
them counts, whichever round came between.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.catalogue.models import Attribute, Item, ItemVersion
from gongkai.web.catalogue.versions import HANDLING, changed_fields
from gongkai.web.house.events import VERBS

from .models import Act, AttributeChange, ReviewMark, ReviewRound

LISTED = 3


def written_by(user: User, item: str = "pk") -> Q:
    """The condition that `user` wrote of, or handed in, the item that `item` leads to."""
    versions = ItemVersion.objects.filter(item=OuterRef(item), by=user).exclude(verb__in=HANDLING)
    rounds = ReviewRound.objects.filter(item=OuterRef(item), submitted_by=user)
    begun = Item.objects.filter(pk=OuterRef(item)).filter(Q(created_by=user) | Q(submitted_by=user))
    return Q(Exists(versions)) | Q(Exists(rounds)) | Q(Exists(begun))


def authors_of(item: Item) -> set[int]:
    """The ids of all of them. What the machine brought in is nobody's."""
    versions = item.versions.exclude(verb__in=HANDLING).order_by().values_list("by", flat=True)
    rounds = item.rounds.order_by().values_list("submitted_by", flat=True)
    return {pk for pk in (item.created_by_id, item.submitted_by_id, *versions, *rounds) if pk is not None}


def writings(item: Item, user: User) -> list[str]:
    """What `user` did for it, version by version, then round by round."""
    found = [_version(one) for one in item.versions.filter(by=user).exclude(verb__in=HANDLING).order_by("version")]
    if not found and item.created_by_id == user.pk:
        found = [f"{_when(item.created_at)}起草"]
    handed = item.rounds.filter(submitted_by=user).order_by("number")
    return found + [f"{_when(one.submitted_at)}提交（第{one.number}次审核）" for one in handed]


def _version(version: ItemVersion) -> str:
    older = ItemVersion.objects.filter(item=version.item_id, version=version.version - 1).first()
    what = f"：{'、'.join(changed_fields(version, older)[:LISTED])}" if older is not None else ""
    return f"{_when(version.at)}{VERBS.get(version.verb, '修改')}（第{version.version}版{what}）"


def _when(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def opener_of(item: Item) -> int | None:
    """Who last decided by himself to open what was proposed or kept as withheld: by a change, or by signing otherwise."""
    change = AttributeChange.objects.filter(item=item, new=Attribute.PROACTIVE).exclude(old=Attribute.PROACTIVE).first()
    signed = ReviewMark.objects.filter(round__item=item, act=Act.APPROVE, differs=True, attribute=Attribute.PROACTIVE).last()
    last = max((one for one in (change, signed) if one is not None), key=lambda one: one.at, default=None)
    return last.by_id if last is not None else None
