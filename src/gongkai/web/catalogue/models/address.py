"""Addresses items had on the sites they came from: they keep leading to the item."""

from django.db import models
from django.utils import timezone

from .item import Item


class OldAddress(models.Model):
    """`path` is the path with its query, as the old site had it: /zwgk/2019/t20190304_1.shtml."""

    path = models.CharField("旧地址", max_length=500, unique=True)
    item = models.ForeignKey(Item, models.CASCADE, related_name="old_addresses")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "旧地址"

    def __str__(self) -> str:
        return self.path
