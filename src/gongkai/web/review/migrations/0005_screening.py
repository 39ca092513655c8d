"""Checks before publication reach whatever goes out; what was found in files is kept by content, with their links.

File checks are made again: their edition was raised."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_OF_SOMETHING = models.Q(("item__isnull", False), ("subject", "")) | models.Q(("item", None), ("organ__isnull", False)) & ~models.Q(("subject", ""))


def _things(model):
    return [
        migrations.AddField(model, "subject", models.CharField(blank=True, default="", max_length=80), preserve_default=False),
        migrations.AddField(
            model, "organ",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organs.organ"),
        ),
        migrations.AlterField(
            model, "item",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, to="catalogue.item",
                related_name="check_runs" if model == "checkrun" else "passed_over",
            ),
        ),
    ]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_changed_by"),
        ("organs", "0001_initial"),
        ("review", "0004_joint_opinion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("FileCheck"),
        migrations.CreateModel(
            name="FileCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.CharField(max_length=64, unique=True)),
                ("edition", models.PositiveSmallIntegerField()),
                ("findings", models.JSONField(default=list)),
                ("links", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"verbose_name": "文件检查结果"},
        ),
        *_things("checkrun"),
        *_things("passedover"),
        migrations.AddConstraint("checkrun", models.CheckConstraint(condition=_OF_SOMETHING, name="check_run_of_something")),
        migrations.AddIndex(
            "checkrun", models.Index(condition=~models.Q(("subject", "")), fields=["subject"], name="check_run_subject")
        ),
        migrations.AddConstraint(
            "passedover",
            models.UniqueConstraint(condition=~models.Q(("subject", "")), fields=("subject", "print"), name="passed_over_once_of"),
        ),
        migrations.AddConstraint("passedover", models.CheckConstraint(condition=_OF_SOMETHING, name="passed_over_of_something")),
    ]
