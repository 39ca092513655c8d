"""The tables of django-axes, which counted sign-ins before (ADR 0117): names and addresses that nobody would sweep any more."""

from typing import ClassVar

from django.db import migrations

TABLES = ("axes_accessattemptexpiration", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_attempts")]
    operations: ClassVar = [migrations.RunSQL([f"DROP TABLE IF EXISTS {table}" for table in TABLES], migrations.RunSQL.noop)]
