"""The tables of an empty database as they were at a backup."""

from __future__ import annotations

import os

from .fault import DatabaseFault


def migrate_to(applied: list[list[str]]) -> None:
    """Run exactly the migrations in `applied` ([app, name]), in the database
    that GONGKAI_DATABASE_URL names. Raises DatabaseFault."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    wanted = {(app, name) for app, name in applied}
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    newer = sorted(wanted - known)
    if newer:
        raise DatabaseFault(f"备份来自更新的版本（{'.'.join(newer[0])}）。请先升级程序再恢复。")
    if wanted == known:
        call_command("migrate", interactive=False, verbosity=0)
    else:
        executor.migrate(sorted(wanted))
    connection.close()
