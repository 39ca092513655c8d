"""What belongs to a document, as far as the public may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, CatalogueEntry, ChannelUse, Interpretation, Item
from gongkai.web.catalogue.published import published_items
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ

from .column import PUBLIC
from .pairing import Pair, policies_of, readings_of


@dataclass(frozen=True, slots=True)
class Linked:
    """`readings` interpret it, `policies` are what it interprets; `ended` are documents it changed or ended."""

    joint: list[Organ]
    files: list[Attachment]
    readings: list[Pair]
    policies: list[Pair]
    ended_by: Item | None
    ended: list[Item]
    channels: list[ChannelUse]
    entries: list[CatalogueEntry]


def hanging(items: QuerySet[Item]) -> QuerySet[Item]:
    """`items`, each of which then says whether anything of a kind hangs at it, seen or not: most have nothing."""
    own = OuterRef("pk")
    return items.annotate(
        hangs_joint=Exists(Item.joint_organs.through.objects.filter(item=own)),
        hangs_files=Exists(Attachment.objects.filter(item=own)),
        hangs_readings=Exists(Interpretation.objects.filter(policy=own)),
        hangs_policies=Exists(Interpretation.objects.filter(reading=own)),
        hangs_ended=Exists(Item.objects.filter(validity_by=own)),
        hangs_channels=Exists(ChannelUse.objects.filter(item=own)),
        hangs_entries=Exists(CatalogueEntry.items.through.objects.filter(item=own)),
    )


def linked(item: Item) -> Linked:
    """At most one query a kind, however much hangs at it, and none for what it says to have none of (`hanging`).

    `item` is public, so what is seen with it is too.
    """

    def has(kind: str) -> bool:
        return bool(getattr(item, f"hangs_{kind}", True))

    return Linked(
        joint=list(visible(Organ, PUBLIC).filter(joint_items=item)) if has("joint") else [],
        files=list(item.attachments.select_related("file").defer("file__text")) if has("files") else [],
        readings=readings_of(item) if has("readings") else [],
        policies=policies_of(item) if has("policies") else [],
        ended_by=published_items().filter(pk=item.validity_by_id).first() if item.validity_by_id else None,
        ended=list(published_items().filter(validity_by=item)[:50]) if has("ended") else [],
        channels=list(item.channel_uses.all()) if has("channels") else [],
        entries=list(visible(CatalogueEntry, PUBLIC).filter(items=item).select_related("organ")) if has("entries") else [],
    )


def publisher_of(item: Item) -> str:
    """The name its organ had when it published."""
    day = item.written_on or (timezone.localdate(item.published_at) if item.published_at else None)
    return item.organ.name_at(day) if day else item.organ.name
