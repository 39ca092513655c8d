"""A node of the tree, and the closure of the tree (ADR 0050)."""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from gongkai.web.organs.codes import check_credit_code, check_division_code

from .kinds import Kind, Level, Type

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "机关代号用小写字母、数字和横线，例如qh-zjj。")


class Organ(models.Model):
    """Never deleted: an abolished organ keeps its page, and its documents keep their organ.

    `name` is the name in force, kept equal to the newest OrganName by the verbs.
    """

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    type = models.CharField("类型", max_length=20, choices=Type.choices, default=Type.NONE, blank=True)
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices)
    slug = models.CharField("代号", max_length=60, unique=True, validators=[SLUG])
    name = models.CharField("名称", max_length=200)
    short_name = models.CharField("简称", max_length=60, blank=True)
    division_code = models.CharField(
        "行政区划代码", max_length=6, blank=True, validators=[check_division_code]
    )
    credit_code = models.CharField(
        "统一社会信用代码", max_length=18, blank=True, validators=[check_credit_code]
    )
    listed = models.BooleanField("在公开栏目中列出", default=True)
    order = models.PositiveIntegerField("排序", default=100)
    founded_on = models.DateField("成立日期", null=True, blank=True)
    closed_on = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = "机关"
        ordering = ("order", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="credit_code_once"
            ),
            models.UniqueConstraint(
                fields=["division_code"],
                condition=Q(kind="region") & ~Q(division_code=""),
                name="division_code_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def name_at(self, day: date) -> str:
        """The name that was in force on `day` (before the first known name: the first one)."""
        names = list(self.names.all())
        if not names:
            return self.name
        in_force = [one for one in names if one.since is None or one.since <= day]
        return in_force[-1].name if in_force else names[0].name

    def open_on(self, day: date) -> bool:
        """Whether the organ existed on `day`."""
        return (self.founded_on is None or self.founded_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )

    def line(self) -> list[Organ]:
        """Its ancestors from the root down, itself last."""
        return list(Organ.objects.filter(above__low=self).order_by("-above__depth"))


class Within(models.Model):
    """`low` lies in the subtree of `high` at `depth` (0: itself). One index look-up answers any scope."""

    high = models.ForeignKey(Organ, models.CASCADE, related_name="above")
    low = models.ForeignKey(Organ, models.CASCADE, related_name="below")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "隶属"
        constraints = (models.UniqueConstraint(fields=["high", "low"], name="within_once"),)
        indexes = (models.Index(fields=["low", "high"], name="within_low"),)
