"""Policies and what interprets them, linked both ways."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .item import Item


class Form(models.TextChoices):
    """解读形式."""

    TEXT = "text", "文字"
    PICTURE = "picture", "图解"
    VIDEO = "video", "视频"
    PRESS_CONFERENCE = "press_conference", "新闻发布会"
    EXPERT = "expert", "专家解读"


class Interpretation(models.Model):
    """`reading` interprets `policy`. `policy.readings` and `reading.read_policies` are the two ways."""

    policy = models.ForeignKey(Item, models.CASCADE, related_name="readings", verbose_name="政策文件")
    reading = models.ForeignKey(Item, models.CASCADE, related_name="read_policies", verbose_name="解读材料")
    form = models.CharField("解读形式", max_length=20, choices=Form.choices)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "政策解读关联"
        ordering = ("form", "pk")
        constraints = (
            models.UniqueConstraint(fields=["policy", "reading"], name="interpretation_once"),
            models.CheckConstraint(condition=~Q(policy=F("reading")), name="interpretation_of_another"),
        )

    def __str__(self) -> str:
        return f"{self.reading} → {self.policy}"


class ProposedInterpretation(models.Model):
    """A link to another organ's policy that waits for that organ's word. Not a link yet: no page, list or count knows it."""

    policy = models.ForeignKey(Item, models.CASCADE, related_name="proposed_readings", verbose_name="政策文件")
    reading = models.ForeignKey(Item, models.CASCADE, related_name="proposed_policies", verbose_name="解读材料")
    form = models.CharField("解读形式", max_length=20, choices=Form.choices)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "待同意的政策解读关联"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["policy", "reading"], name="interpretation_proposed_once"),)

    def __str__(self) -> str:
        return f"{self.reading} → {self.policy}"
