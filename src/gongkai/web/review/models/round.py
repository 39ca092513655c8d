"""One round of review of one item: its steps as they were when it began, and who did what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.catalogue.taxonomy import reason_choices

from .route import SOME_DUTY, Duties


class RoundState(models.TextChoices):
    """How a round stands."""

    OPEN = "open", "审核中"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "审签同意"
    OVERTAKEN = "overtaken", "应急发布，转事后审查"


class ReviewRound(models.Model):
    """The steps are copied from the route: changing the route changes no round under way (ADR 0075)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField("轮次")
    state = models.CharField("状态", max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    distinct_people = models.BooleanField(default=True)
    needs_reading = models.BooleanField("须同步解读", default=False)
    note = models.TextField("提交说明", max_length=1000, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提交时间", default=timezone.now)
    proposed_attribute = models.CharField("拟定属性", max_length=12, choices=Attribute.choices)
    proposed_reason = models.CharField("拟定理由", max_length=40, blank=True, choices=reason_choices)
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "审核"
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["item", "number"], name="review_round_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="open"), name="review_one_open_round"),
        )

    def __str__(self) -> str:
        return f"{self.item}第{self.number}次审核"

    def here(self) -> RoundStep | None:
        """The step that holds the item now."""
        return self.steps.filter(state=StepState.HERE).first()


class StepState(models.TextChoices):
    """Where a step stands."""

    WAITING = "waiting", "未到"
    HERE = "here", "办理中"
    DONE = "done", "已办"


class RoundStep(Duties):
    """One step of one round."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=StepState.choices, default=StepState.WAITING)
    since = models.DateTimeField("到达时间", null=True)

    class Meta:
        verbose_name = "审核环节记录"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["round", "position"], name="round_step_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="here"), name="round_one_step_here"),
            models.CheckConstraint(condition=SOME_DUTY, name="round_step_with_duty"),
        )
        indexes = (models.Index(fields=["since"], condition=Q(state="here"), name="round_step_here"),)

    def __str__(self) -> str:
        return self.name


class Act(models.TextChoices):
    """What a person did in a round."""

    SUBMIT = "submit", "提交"
    PASS = "pass", "同意"
    RETURN = "return", "退回"
    APPROVE = "approve", "审签同意"


class Opinion(models.Model):
    """What a person holds the attribute should be."""

    attribute = models.CharField("公开属性意见", max_length=12, choices=Attribute.choices)
    withheld_under = models.CharField("理由", max_length=40, blank=True, choices=reason_choices)

    class Meta:
        abstract = True


class ReviewMark(Opinion):
    """One signature. `step` is None for the submission, and for a return of what was approved."""

    round = models.ForeignKey(ReviewRound, models.CASCADE, related_name="marks")
    step = models.ForeignKey(RoundStep, models.CASCADE, null=True, related_name="marks")
    act = models.CharField("意见", max_length=8, choices=Act.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)
    comment = models.TextField("说明", max_length=1000, blank=True)
    differs = models.BooleanField("与拟定属性不同", default=False)

    class Meta:
        verbose_name = "审核意见"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.by}{self.get_act_display()}"
