"""Triggers against UPDATE, DELETE and TRUNCATE. There is no way back: the guard is never lifted by a migration."""

from typing import Any

from django.db import migrations

from gongkai.web.audit import guard


def lay(apps: Any, schema_editor: Any) -> None:
    guard.lay(schema_editor)


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(lay),)
