"""The standing pages of a column: the guide (Art. 12) and the rules (制度)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue.sanitised import sanitise
from gongkai.web.organs.models import Organ

from .item import Item


class PageKind(models.TextChoices):
    """Two of the four parts of the column (国办公开办函〔2019〕61号)."""

    GUIDE = "guide", "政府信息公开指南"
    RULE = "rule", "政府信息公开制度"


class StandingPage(models.Model):
    """One guide an organ; any number of rules.

    The guide's contact data are the organ's Office, printed from there and kept once. A rule that is itself an
    information item of the organ may point to it instead of repeating its text.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="standing_pages")
    kind = models.CharField("栏目", max_length=8, choices=PageKind.choices)
    title = models.CharField("标题", max_length=200)
    position = models.PositiveSmallIntegerField("顺序", default=100)
    # the guide: what Art. 12 wants beside the office's data
    classification = models.TextField("信息的分类", blank=True)
    arrangement = models.TextField("编排体系", blank=True)
    obtaining = models.TextField("获取方式", blank=True)
    requesting = models.TextField("依申请公开办理", blank=True)
    remedies = models.TextField("监督和救济", blank=True)
    # a rule, or what the guide says besides
    body = models.TextField("正文", blank=True)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应信息"
    )
    published = models.BooleanField("已发布", default=False)
    revised_on = models.DateField("更新日期", default=timezone.localdate)
    revised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "指南和制度"
        ordering = ("kind", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["organ"], condition=Q(kind="guide"), name="guide_once"),
            models.UniqueConstraint(fields=["organ", "kind", "title"], name="standing_title_once"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The body is made harmless."""
        self.body = sanitise(self.body)
        super().save(*args, **kwargs)
