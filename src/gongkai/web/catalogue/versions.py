"""Append-only versions of items: a full copy of what an item says after each verb (ADR 0060)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Max

from gongkai.web.house.actor import Actor

from .models import Item, ItemVersion

# What changes by itself or says nothing about the content.
_LEFT_OUT = {"id", "updated_at", "created_at", "released", "number_issuer", "number_year", "number_serial"}
FIELDS = tuple(field for field in Item._meta.concrete_fields if field.name not in _LEFT_OUT)
# The verbs that say of themselves that they write nothing (ItemAction.writes): every other version has an author.
HANDLING: set[str] = set()
_parts: dict[str, tuple[str, Callable[[Item], Any]]] = {}


def add_part(name: str, title: str, part: Callable[[Item], Any]) -> None:
    """A room says what it keeps beside the item that belongs to what the item says. Nothing (None, "") is left out, so that
    versions kept before the room did so stay equal."""
    _parts[name] = (title, part)


def keep_version(item: Item, actor: Actor, verb: str) -> ItemVersion:
    """Append the present state of `item` unless it equals the last version. Inside the verb's transaction, under the
    lock on the item, so that version numbers run without gaps."""
    item = Item._base_manager.get(pk=item.pk)
    content = _content(item)
    last = item.versions.first()
    if last is not None and last.content == content:
        return last
    highest = item.versions.aggregate(highest=Max("version"))["highest"] or 0
    return ItemVersion.objects.create(
        item=item, version=highest + 1, by=actor.user, verb=verb, content=content
    )


def _content(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {field.name: getattr(item, field.attname) for field in FIELDS}
    found["joint_organs"] = sorted(item.joint_organs.values_list("pk", flat=True))
    found["attachments"] = [
        {"sha256": one.file_id, "name": one.name, "title": one.title} for one in item.attachments.all()
    ]
    found |= {name: kept for name, (_, part) in _parts.items() if (kept := part(item))}
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def changed_fields(newer: ItemVersion, older: ItemVersion | None) -> list[str]:
    """The names of what differs between two versions, as people read them."""
    names = {field.name: str(field.verbose_name) for field in FIELDS}
    names |= {"joint_organs": "联合发文机关", "attachments": "附件"} | {name: title for name, (title, _) in _parts.items()}
    before = older.content if older else {}
    # In the order of the form: PostgreSQL keeps the keys of JSON in an order of its own.
    return [title for key, title in names.items() if newer.content.get(key) != before.get(key)]
