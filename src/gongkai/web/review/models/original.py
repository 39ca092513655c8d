"""The document that an item passes on (转发), and what its maker decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.catalogue.taxonomy import reason_choices
from gongkai.web.house.titles import quoted


class Original(models.Model):
    """Who makes information decides about it (Art. 10), so what is passed on follows its original. `attribute` and
    `decided` are as they were when the original was named, a trace that stays; empty: not decided, or not known.

    `source` is the original where it is on the platform; the other fields repeat what names it, for it may go.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="original")
    source = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="passed_on")
    maker = models.CharField("制作机关", max_length=200)
    title = models.CharField("原件标题", max_length=300)
    number = models.CharField("原件文号", max_length=80, blank=True)
    attribute = models.CharField("原件公开属性", max_length=12, blank=True, choices=Attribute.choices)
    withheld_under = models.CharField("原件不主动公开的理由", max_length=40, blank=True, choices=reason_choices)
    decided = models.CharField("认定情况", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "转发原件"
        constraints = (models.CheckConstraint(condition=~Q(title="") & ~Q(maker=""), name="original_is_named"),)

    def __str__(self) -> str:
        return f"{quoted(self.title)}"
