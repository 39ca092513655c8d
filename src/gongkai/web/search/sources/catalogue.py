"""Information items and their attachments.

An item that interprets a policy is an item of a reading kind; the links between policies and readings are no documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, Item, StoredFile
from gongkai.web.catalogue.taxonomy import KINDS
from gongkai.web.organs.models import Organ, Within
from gongkai.web.search.document import Kind, SearchDocument, id_of

from . import Watch, register


def register_all() -> None:
    """Called once, when the platform starts."""
    joint = Item.joint_organs.through
    register(
        Item,
        item_documents,
        watches=(
            Watch(Organ, "id", _items_below, ("parent_id",)),
            Watch(joint, "item_id", list),
        ),
        due=item_times,
    )
    register(
        Attachment,
        attachment_documents,
        watches=(
            Watch(Item, "id", lambda keys: Attachment.objects.filter(item__in=keys).values_list("pk", flat=True)),
            Watch(Organ, "id", lambda keys: Attachment.objects.filter(item__in=_items_below(keys)).values_list("pk", flat=True), ("parent_id",)),
            Watch(StoredFile, "sha256", lambda keys: Attachment.objects.filter(file__in=keys).values_list("pk", flat=True), ("text",)),
        ),
    )  # fmt: skip


def _items_below(organs: Sequence[str]) -> Iterable[object]:
    return list(Item.objects.filter(organ__below__high__in=organs).values_list("pk", flat=True))


def item_documents(items: Sequence[Item]) -> list[SearchDocument]:
    """One document an item."""
    lines = _lines(items)
    return [_of_item(item, *lines[item.pk]) for item in items]


def _of_item(item: Item, name: str, line: tuple[int, ...]) -> SearchDocument:
    kind = KINDS.get(item.kind)
    assert item.published_at is not None  # the public sees no item without: a constraint of the table
    return SearchDocument(
        id=id_of("catalogue.item", item.pk),
        kind=Kind.INTERPRETATION if kind is not None and kind.reads else Kind.ITEM,
        title=item.title,
        body="\n".join(part for part in (item.summary, item.keywords, item.text) if part),
        organ=item.organ_id,
        organs=line,
        organ_name=name,
        document_number=item.document_number,
        art20=item.art20,
        theme=item.theme,
        validity=str(item.validity_on()),
        moment=item.published_at,
        url=item.get_absolute_url(),
    )


def attachment_documents(attachments: Sequence[Attachment]) -> list[SearchDocument]:
    """One document an attachment, dated and classified as its item, on whose page it hangs."""
    files = {one.pk: one for one in Attachment.objects.filter(pk__in=[one.pk for one in attachments]).select_related("item", "file")}
    found = [files[one.pk] for one in attachments if one.pk in files]
    lines = _lines([one.item for one in found])
    return [_of_attachment(one, *lines[one.item_id]) for one in found]


def _of_attachment(one: Attachment, name: str, line: tuple[int, ...]) -> SearchDocument:
    item = one.item
    assert item.published_at is not None  # as above
    return SearchDocument(
        id=id_of("catalogue.attachment", one.pk),
        kind=Kind.ATTACHMENT,
        title=one.title or one.name,
        body=f"{one.name}\n{one.file.text}" if one.title else one.file.text,
        organ=item.organ_id,
        organs=line,
        organ_name=name,
        art20=item.art20,
        theme=item.theme,
        moment=item.published_at,
        url=f"{item.get_absolute_url()}#files",
    )


def _lines(items: Sequence[Item]) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Of each item: its organ's name, and its organ and joint organs with all above them."""
    joint: dict[int, list[int]] = {}
    for item, organ in Item.joint_organs.through.objects.filter(item__in=[one.pk for one in items]).values_list("item_id", "organ_id"):
        joint.setdefault(item, []).append(organ)
    wanted = {one.organ_id for one in items} | {organ for organs in joint.values() for organ in organs}
    above: dict[int, set[int]] = {}
    for low, high in Within.objects.filter(low__in=wanted).values_list("low_id", "high_id"):
        above.setdefault(low, set()).add(high)
    names = dict(Organ.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {
        one.pk: (
            names[one.organ_id],
            tuple(sorted({high for organ in (one.organ_id, *joint.get(one.pk, ())) for high in (organ, *above.get(organ, ()))})),
        )
        for one in items
    }


def item_times(keys: Sequence[str]) -> list[tuple[object, datetime]]:
    """When an embargo ends, and the day after a document's term."""
    now = timezone.now()
    found: list[tuple[object, datetime]] = []
    rows = Item.objects.filter(pk__in=keys, released=True).values_list("pk", "published_at", "expires_on")
    for key, published_at, expires_on in rows:
        if published_at is not None and published_at > now:
            found.append((key, published_at))
        if expires_on is not None:
            ended = timezone.make_aware(datetime.combine(expires_on + timedelta(days=1), time()))
            found += [(key, ended)] if ended > now else []
    return found
