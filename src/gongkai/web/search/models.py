"""What the search keeps in the database: changes the index does not know yet, and what was asked."""

from __future__ import annotations

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


class PastQuery(models.Model):
    """What was asked in public, how often, without who: only words that stand in public titles are kept."""

    text = models.CharField("检索词", max_length=30, unique=True)
    times = models.PositiveIntegerField("次数", default=0)
    last_on = models.DateField("最近", default=timezone.localdate)

    class Meta:
        verbose_name = "检索记录"

    def __str__(self) -> str:
        return self.text
