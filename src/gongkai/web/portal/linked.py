"""What belongs to a document, as far as the public may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, CatalogueEntry, ChannelUse, Item
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


def linked(item: Item) -> Linked:
    """A fixed number of queries, however much hangs at it. `item` is public, so what is seen with it is too."""
    return Linked(
        joint=list(visible(Organ, PUBLIC).filter(joint_items=item)),
        files=list(item.attachments.select_related("file").defer("file__text")),
        readings=readings_of(item),
        policies=policies_of(item),
        ended_by=published_items().filter(pk=item.validity_by_id).first() if item.validity_by_id else None,
        ended=list(published_items().filter(validity_by=item)[:50]),
        channels=list(item.channel_uses.all()),
        entries=list(visible(CatalogueEntry, PUBLIC).filter(items=item).select_related("organ")),
    )


def publisher_of(item: Item) -> str:
    """The name its organ had when it published."""
    day = item.written_on or (timezone.localdate(item.published_at) if item.published_at else None)
    return item.organ.name_at(day) if day else item.organ.name
