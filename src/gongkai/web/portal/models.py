"""What the portal keeps beside the catalogue: marks by which finished pages are known to be still right. Triggers write them."""

from django.db import models
from django.utils import timezone


class Edition(models.Model):
    """The edition of all public content (ADR 0080). `stamp` is random: an edition that was rolled back never comes again."""

    stamp = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "公开内容版次"

    def __str__(self) -> str:
        return self.stamp


class ItemStamp(models.Model):
    """Changes of what the page of an item shows; the sum of its rows is the item's stamp (ADR 0083). Old rows are folded (folding.py).

    No foreign key: the stamps of a deleted item stay, so that nothing made for it can ever be right again.
    """

    item = models.PositiveBigIntegerField()
    stamp = models.BigIntegerField()

    class Meta:
        verbose_name = "信息页面版次"
        indexes = (models.Index(fields=["item", "stamp"], name="item_stamp"),)

    def __str__(self) -> str:
        return f"{self.item} {self.stamp}"


class OrgansStamp(models.Model):
    """The sum is the stamp of all organs' tables; none while the triggers are lifted, and then nothing is kept."""

    stamp = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "机关页面版次"

    def __str__(self) -> str:
        return str(self.stamp)
