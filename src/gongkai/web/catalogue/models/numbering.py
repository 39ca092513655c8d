"""The counters behind index numbers and permanent addresses."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """The last number given in a series and year. Take numbers with `take`, inside the transaction that uses them."""

    series = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = (models.UniqueConstraint(fields=["series", "year"], name="counter_once"),)

    @classmethod
    def take(cls, series: str, year: int, count: int = 1) -> int:
        """Reserve `count` numbers and give the first. The row stays locked until the transaction ends, so numbers
        are given once, also to two writers at the same moment."""
        cls.objects.get_or_create(series=series, year=year)
        row = cls.objects.select_for_update().get(series=series, year=year)
        first = row.last + 1
        row.last += count
        row.save(update_fields=["last"])
        return first
