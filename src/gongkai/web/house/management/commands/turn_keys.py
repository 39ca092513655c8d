"""`turn_keys`: put a new encryption key in front and seal every encrypted field again."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, models, transaction

from gongkai.web import keys
from gongkai.web.house import events
from gongkai.web.house.actor import Actor
from gongkai.web.house.encrypted import EncryptedTextField, seal, sealed_with_old_key, unseal

events.name("house.turn_keys", "更换加密密钥")


class Command(BaseCommand):
    """Restart the servers after it: they read the ring at start-up. Old keys stay in the ring for backups."""

    help = "更换加密密钥，并用新密钥重新加密全部个人信息。完成后请重启服务。"

    def add_arguments(self, parser: CommandParser) -> None:
        """--no-new"""
        parser.add_argument(
            "--no-new", action="store_true", help="不造新密钥，只把旧密钥加密的内容换成最新密钥"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn the ring, then every field."""
        settings.KEYS.demand_kept()
        if not options["no_new"]:
            settings.KEYS = keys.turn_ring(settings.ENV.data)
        with transaction.atomic():
            count = sum(_turn(model, field) for model, field in _fields())
            subject = events.Subject("house.keys", "", "加密密钥")
            events.record(Actor.operator(), "house.turn_keys", subject, details={"values": count})
        self.stdout.write(f"已用新密钥重新加密{count}项。请重启服务。")


def _fields() -> list[tuple[type[models.Model], EncryptedTextField]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def _turn(model: type[models.Model], field: EncryptedTextField) -> int:
    """Read and write the sealed text itself, past the field, so that only this column changes."""
    quote = connection.ops.quote_name
    table, column, key = (
        quote(model._meta.db_table),
        quote(str(field.column)),
        quote(str(model._meta.pk.column)),
    )
    place, turned = f"{model._meta.label_lower}.{field.name}", 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table}")  # noqa: S608 - names of our own models
        for pk, stored in cursor.fetchall():
            if stored and sealed_with_old_key(stored):
                update = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"  # noqa: S608
                cursor.execute(update, [seal(unseal(stored, place), place), pk])
                turned += 1
    return turned
