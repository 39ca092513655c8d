"""What the search keeps in the database: changes the index does not know yet, and approved words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class SearchChange(models.Model):
    """A row that changed: written by a trigger in the transaction of the change itself (ADR 0067).

    `model` is the label of the table's model, `key` the value that finds what is affected. `due_at` is None for at
    once, or the time at which something becomes public or ends by itself.
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "待更新索引"
        indexes = (models.Index(fields=["due_at", "id"], name="search_change_due"),)

    def __str__(self) -> str:
        return f"{self.model}:{self.key}"


class ApprovedWord(models.Model):
    """What the office of the site approved to be suggested (ADR 0115). What people type is never kept."""

    text = models.CharField("检索词", max_length=20, unique=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="核准人", related_name="+")
    approved_at = models.DateTimeField("核准时间", default=timezone.now)

    class Meta:
        verbose_name = "推荐检索词"
        ordering = ("approved_at", "pk")

    def __str__(self) -> str:
        return self.text
