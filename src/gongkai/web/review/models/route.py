"""How an organ reviews: its steps in their order, and how strict its checks are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.web.organs.models import Organ
from gongkai.web.review.duties import DUTIES, Duty


class ReadingRule(models.TextChoices):
    """What happens when a policy marked as needing an interpretation goes out without one."""

    OFF = "off", "不检查"
    WARN = "warn", "提醒，说明理由后可以发布"
    BLOCK = "block", "解读就绪前不得发布"


class OverdueRule(models.TextChoices):
    """What happens when an emergency publication is not reviewed in time."""

    ESCALATE = "escalate", "报上级督办"
    WITHDRAW = "withdraw", "报上级督办，并自动撤下信息"


class ReviewRoute(models.Model):
    """The review of `organ`, and of the organs below that have none of their own.

    `distinct_people`: nobody takes two steps of one round. Whatever it says, no author takes a step (ADR 0103).
    """

    organ = models.OneToOneField(Organ, models.PROTECT, related_name="review_route", verbose_name="机关")
    distinct_people = models.BooleanField("同一人不得办理两个环节", default=True)
    emergency_days = models.PositiveSmallIntegerField("应急发布事后审查期限（工作日）", default=3)
    overdue_rule = models.CharField(
        "应急发布逾期未审查", max_length=8, choices=OverdueRule.choices, default=OverdueRule.ESCALATE
    )
    reading_rule = models.CharField(
        "政策解读同步", max_length=8, choices=ReadingRule.choices, default=ReadingRule.WARN
    )
    reassess_months = models.PositiveSmallIntegerField("不主动公开信息重新评估周期（月）", default=12)
    near_days = models.PositiveSmallIntegerField("临近公开期限提醒（工作日）", default=3)

    class Meta:
        verbose_name = "审核流程"

    def __str__(self) -> str:
        return f"{self.organ}审核流程"


class Duties(models.Model):
    """One step's duties; several where a small organ merges them."""

    position = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("环节", max_length=40)
    unit = models.BooleanField("科室审核", default=False)
    secrecy = models.BooleanField("保密审查", default=False)
    office = models.BooleanField("公开机构审核", default=False)
    approval = models.BooleanField("审签", default=False)

    class Meta:
        abstract = True

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duties in their order."""
        return tuple(duty for duty in DUTIES if getattr(self, duty.key))


SOME_DUTY = Q(unit=True) | Q(secrecy=True) | Q(office=True) | Q(approval=True)


class RouteStep(Duties):
    """One step of a route."""

    route = models.ForeignKey(ReviewRoute, models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = "审核环节"
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["route", "position"], name="route_step_once"),
            models.CheckConstraint(condition=SOME_DUTY, name="route_step_with_duty"),
        )

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """What a finding of a check does."""

    BLOCK = "block", "不得通过"
    WARN = "warn", "提醒"
    OFF = "off", "不检查"


class CheckLevel(models.Model):
    """An organ's own level for one check; the nearest organ above that has one decides, else the check's default."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="check_levels")
    check_key = models.CharField("检查项", max_length=40)
    level = models.CharField("处理", max_length=8, choices=Level.choices)

    class Meta:
        verbose_name = "检查设置"
        constraints = (models.UniqueConstraint(fields=["organ", "check_key"], name="check_level_once"),)

    def __str__(self) -> str:
        return f"{self.check_key}：{self.get_level_display()}"
