"""What the other organs of a joint document hold; the lead organ decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.organs.models import Organ

from .round import ReviewRound


class Stand(models.TextChoices):
    """On the attribute that the lead organ proposes."""

    AGREES = "agrees", "同意"
    DIFFERS = "differs", "有不同意见"


class JointOpinion(models.Model):
    """Recorded by the lead organ. The newest of an organ in a round counts; the older ones stay. A new round asks again."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="joint_opinions")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="联合发文机关")
    stand = models.CharField("意见", max_length=8, choices=Stand.choices)
    text = models.TextField("意见内容", max_length=1000, blank=True)
    given_on = models.DateField("意见日期")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "联合发文机关意见"
        ordering = ("recorded_at", "pk")
        constraints = (models.CheckConstraint(condition=Q(stand="agrees") | ~Q(text=""), name="joint_difference_in_words"),)

    def __str__(self) -> str:
        return f"{self.organ}{self.get_stand_display()}"
