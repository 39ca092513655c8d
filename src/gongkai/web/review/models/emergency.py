"""Emergency publications and their review afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.web.catalogue.models import Item


class EmergencyReview(models.Model):
    """Published first, reviewed by another person by `due_on` (inclusive)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="emergency_reviews")
    reason = models.CharField("应急理由", max_length=300)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("发布时间", default=timezone.now)
    due_on = models.DateField("审查期限")
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
        )

    def __str__(self) -> str:
        return f"{self.item}事后审查"
