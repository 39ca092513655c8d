"""On which channels an item was published, so that shares can be counted."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.web.catalogue import taxonomy

from .item import Item


class ChannelUse(models.Model):
    """`address` for what is online, `place` for halls, reading places and printed issues."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="channel_uses")
    channel = models.CharField("渠道", max_length=20, choices=taxonomy.channel_choices)
    on = models.DateField("日期")
    address = models.URLField("网址", max_length=500, blank=True)
    place = models.CharField("地点或期号", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "发布渠道"
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["item", "channel", "address", "place"], name="channel_use_once"),
        )
        indexes = (models.Index(fields=["channel", "on"], name="channel_by_day"),)

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on}"
