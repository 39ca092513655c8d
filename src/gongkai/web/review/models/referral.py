"""A question put to the body that decides, when the reviewer is not sure (Art. 17, third paragraph)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .round import ReviewRound, RoundStep


class ReferredTo(models.TextChoices):
    """Whom the Regulation names."""

    AUTHORITY = "authority", "有关主管部门"
    SECRECY = "secrecy", "保密行政管理部门"


class Answer(models.TextChoices):
    """What was determined."""

    OPEN = "open", "可以公开"
    PARTLY = "partly", "部分可以公开"
    CLOSED = "closed", "不得公开"


AWAITED = Q(recorded_at=None, ended_at=None)
_ANSWERED = ~Q(answer="") & ~Q(answer_text="") & Q(answered_on__isnull=False, recorded_by__isnull=False)


class Referral(models.Model):
    """While it is awaited its step is halted. `ended_at`: the round ended (returned, overtaken) before an answer came."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="referrals")
    step = models.ForeignKey(RoundStep, models.CASCADE, related_name="referrals")
    to = models.CharField("报请对象", max_length=10, choices=ReferredTo.choices)
    body = models.CharField("报请机关名称", max_length=100)
    question = models.TextField("报请确定的问题", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("报请时间", default=timezone.now)
    answer = models.CharField("答复结论", max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answer_text = models.TextField("答复内容", max_length=1000, blank=True)
    answer_number = models.CharField("答复文号", max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间", null=True)
    ended_at = models.DateTimeField("终止时间", null=True)

    class Meta:
        verbose_name = "报请确定"
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["round"], condition=AWAITED, name="referral_one_awaited"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(question=""), name="referral_with_question"),
            models.CheckConstraint(condition=Q(recorded_at=None) | _ANSWERED, name="referral_answer_whole"),
            models.CheckConstraint(condition=Q(recorded_at=None) | Q(ended_at=None), name="referral_answered_or_ended"),
        )

    def __str__(self) -> str:
        return f"报请{self.body}确定"

    @property
    def awaited(self) -> bool:
        """Whether the answer is still to come."""
        return self.recorded_at is None and self.ended_at is None
