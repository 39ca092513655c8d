"""Names in time, and other names an organ is found by."""

from django.db import models

from .organ import Organ


class OrganName(models.Model):
    """A name and the day from which it was in force (null: from the beginning)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=200)
    since = models.DateField("启用日期", null=True)

    class Meta:
        verbose_name = "历史名称"
        # NULL sorts first on SQLite and last on PostgreSQL: say which.
        ordering = (models.F("since").asc(nulls_first=True),)
        constraints = (
            models.UniqueConstraint(fields=["organ", "since"], name="name_day_once"),
            models.UniqueConstraint(fields=["organ"], condition=models.Q(since=None), name="first_name_once"),
        )


class Alias(models.Model):
    """Another name in use: an abbreviation in headings, a signboard, a common spelling."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="aliases")
    text = models.CharField("别名", max_length=200)

    class Meta:
        verbose_name = "别名"
        ordering = ("text",)
        constraints = (models.UniqueConstraint(fields=["organ", "text"], name="alias_once"),)
