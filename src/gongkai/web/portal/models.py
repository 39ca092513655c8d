"""The edition of what the public sees: changes with every change of it (ADR 0080)."""

from django.db import models
from django.utils import timezone


class Edition(models.Model):
    """Written by triggers only. `stamp` is random: an edition that was rolled back never comes again."""

    stamp = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "公开内容版次"

    def __str__(self) -> str:
        return self.stamp
