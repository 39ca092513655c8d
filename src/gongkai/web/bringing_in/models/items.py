"""Where items came from, and tables waiting for a decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.organs.models import Organ


class Origin(models.Model):
    """What makes a second run change nothing: in `source` the thing `key` is this item, with that content."""

    source = models.CharField("来源", max_length=100)
    key = models.CharField("来源编号", max_length=500)
    content_hash = models.CharField(max_length=64)
    item = models.OneToOneField(Item, models.CASCADE, related_name="origin")
    brought_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "信息来源"
        constraints = (models.UniqueConstraint(fields=["source", "key"], name="origin_once"),)

    def __str__(self) -> str:
        return f"{self.source}：{self.key}"


class UploadedTable(models.Model):
    """A table as uploaded, with its attachments in a ZIP where there are any; belongs to who uploaded it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    files = models.BinaryField(default=b"")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "待导入信息表"

    def __str__(self) -> str:
        return self.name
