"""The yearly clean-up of normative documents (规范性文件清理)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.organs.models import Organ

from .item import Item


class Verdict(models.TextChoices):
    """清理结果."""

    OPEN = "", "未定"
    CONTINUE = "continue", "继续有效"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    EXPIRE = "expire", "宣布失效"


class CleanupRound(models.Model):
    """One round of one organ: its normative documents in force on `cutoff`. Closing it carries out the verdicts."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="cleanup_rounds")
    year = models.PositiveSmallIntegerField("年度")
    cutoff = models.DateField("清理截止日")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("公布时间", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    announcement = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="+", verbose_name="清理结果公告"
    )

    class Meta:
        verbose_name = "规范性文件清理"
        ordering = ("-year", "-pk")
        constraints = (models.UniqueConstraint(fields=["organ", "year"], name="cleanup_round_once"),)

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年规范性文件清理"


class CleanupTask(models.Model):
    """One document of a round and what becomes of it."""

    round = models.ForeignKey(CleanupRound, models.CASCADE, related_name="tasks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="cleanup_tasks")
    verdict = models.CharField("清理结果", max_length=10, blank=True, choices=Verdict.choices)
    basis = models.CharField("依据和理由", max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "清理文件"
        ordering = ("item__written_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["round", "item"], name="cleanup_task_once"),
            models.CheckConstraint(condition=Q(verdict="") | ~Q(basis=""), name="cleanup_verdict_with_basis"),
        )

    def __str__(self) -> str:
        return f"{self.item}：{self.get_verdict_display()}"
