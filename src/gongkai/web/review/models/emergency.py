"""Emergency publications: confirmed where secrecy or a question stands against them, and reviewed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.web.catalogue.models import Item


class EmergencyConsent(models.Model):
    """A secrecy reviewer lets an item go out first although secrecy returned it, or others were asked and have not answered.

    It holds for the words of `version` (the newest that somebody wrote), and against nothing that was said after it.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="emergency_consents")
    version = models.PositiveIntegerField("版本")
    objections = models.TextField("未了结的意见")
    reason = models.CharField("确认理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("确认时间", default=timezone.now)

    class Meta:
        verbose_name = "应急发布确认"
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="emergency_consent_with_reason"),)

    def __str__(self) -> str:
        return f"{self.item}应急发布确认"


class EmergencyReview(models.Model):
    """Published first, reviewed by another person by `due_on` (inclusive). `confirmed_by`: who let it go out besides, where
    that took two. `escalated_at`: when the organ above was told that nobody had reviewed it in time."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="emergency_reviews")
    reason = models.CharField("应急理由", max_length=300)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("发布时间", default=timezone.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("审查期限")
    escalated_at = models.DateTimeField("报上级时间", null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("审查时间", null=True)
    kept = models.BooleanField("维持公开", null=True)
    comment = models.CharField("审查意见", max_length=500, blank=True)

    class Meta:
        verbose_name = "应急发布事后审查"
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["item"], condition=Q(reviewed_at=None), name="emergency_one_open_review"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("published_by")), name="emergency_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | ~Q(confirmed_by=F("published_by")) & (Q(reviewed_by=None) | ~Q(confirmed_by=F("reviewed_by"))),
                name="emergency_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item}事后审查"
