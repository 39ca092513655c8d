"""Writing judged rows, many at a time. Runs inside the transaction of the verb."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from gongkai.web.accounts.models import User
from gongkai.web.catalogue.files.accepting import accepted_type, plain_name
from gongkai.web.catalogue.files.storing import store
from gongkai.web.catalogue.models import Attachment, Attribute, Item, ItemVersion, OldAddress, Stage
from gongkai.web.catalogue.numbering import number_items
from gongkai.web.catalogue.versions import FIELDS

from .judging import item_of
from .models import Origin
from .row import ItemRow

_PIECE = 200


def save(rows: list[ItemRow], source: str, publish: bool, by: User | None, verb: str) -> list[Item]:
    """The items of `rows`, each with its number, files, old addresses, first version and origin."""
    items = [_item(row, publish, by) for row in rows]
    number_items(items)
    Item.objects.bulk_create(items, batch_size=_PIECE)
    attached = _attach(rows, items, by)
    _point_at_files(rows, items, attached)
    OldAddress.objects.bulk_create(
        OldAddress(path=path, item=item)
        for row, item in zip(rows, items, strict=True)
        for path in row.old_paths
    )
    Origin.objects.bulk_create(
        (
            Origin(source=source, key=row.identity, content_hash=row.content_hash, item=item)
            for row, item in zip(rows, items, strict=True)
        ),
        batch_size=_PIECE,
    )
    ItemVersion.objects.bulk_create(
        (
            ItemVersion(item=item, version=1, by=by, verb=verb, content=_content(item, files))
            for item, files in zip(items, attached, strict=True)
        ),
        batch_size=_PIECE,
    )
    return items


def _item(row: ItemRow, publish: bool, by: User | None) -> Item:
    item = item_of(row)
    item.created_by = by
    if publish and item.attribute == Attribute.PROACTIVE:
        item.stage, item.published_at = Stage.PUBLISHED, row.published_at
        # What is published already waits for nothing.
        item.embargo_until = None
    elif publish:
        item.stage = Stage.KEPT
    item.prepare()
    return item


def _attach(rows: list[ItemRow], items: list[Item], by: User | None) -> list[list[Attachment]]:
    found: list[list[Attachment]] = []
    for row, item in zip(rows, items, strict=True):
        mine = []
        for position, file in enumerate(row.files, start=1):
            name = plain_name(file.name)
            with file.path.open("rb") as content:
                stored = store(content, file.path.stat().st_size, accepted_type(name))
            mine.append(
                Attachment(
                    item=item, file=stored, name=name, title=file.heading, position=position, added_by=by
                )
            )
        found.append(mine)
    Attachment.objects.bulk_create((one for mine in found for one in mine), batch_size=_PIECE)
    return found


def _point_at_files(rows: list[ItemRow], items: list[Item], attached: list[list[Attachment]]) -> None:
    """Where a body points at one of its files, it now points at the attachment."""
    changed = []
    for row, item, mine in zip(rows, items, attached, strict=True):
        body = item.body
        for file, attachment in zip(row.files, mine, strict=True):
            if file.token:
                body = body.replace(f'"{file.token}"', f'"/info/{item.number}/files/{attachment.pk}"')
        if body != item.body:
            item.body = body
            changed.append(item)
    if changed:
        Item.objects.bulk_update(changed, ["body"])


def _content(item: Item, files: Iterable[Attachment]) -> dict[str, Any]:
    """As catalogue.versions keeps it; a test holds the two equal."""
    found: dict[str, Any] = {field.name: getattr(item, field.attname) for field in FIELDS}
    found["joint_organs"] = []
    found["attachments"] = [{"sha256": one.file_id, "name": one.name, "title": one.title} for one in files]
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain
