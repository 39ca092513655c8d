"""What an item said at each time: append-only versions (ADR 0060)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .item import Item


class ItemVersion(models.Model):
    """A full copy of the item's fields and the hashes of its files after an act, in `content`."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField("版本")
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField("操作", max_length=60)
    content = models.JSONField("内容")

    class Meta:
        verbose_name = "历史版本"
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["item", "version"], name="item_version_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} 第{self.version}版"
