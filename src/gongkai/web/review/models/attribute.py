"""Changes of the attribute after approval, and re-assessments that changed nothing (Art. 18)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.catalogue.taxonomy import reason_choices


class AttributeChange(models.Model):
    """`old` equal to `new` is a re-assessment after which the information stays as it is until `next_on`."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="attribute_changes")
    old = models.CharField("原属性", max_length=12, choices=Attribute.choices)
    old_reason = models.CharField("原理由", max_length=40, blank=True, choices=reason_choices)
    new = models.CharField("现属性", max_length=12, choices=Attribute.choices)
    new_reason = models.CharField("现理由", max_length=40, blank=True, choices=reason_choices)
    why = models.CharField("评估意见", max_length=500)
    next_on = models.DateField("下次评估", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "公开属性变更"
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="attribute_change_with_reason"),)
        indexes = (models.Index(fields=["new", "at"], name="attribute_change_new"),)

    def __str__(self) -> str:
        return f"{self.get_old_display()} → {self.get_new_display()}"

    @property
    def converts(self) -> bool:
        """Whether it opened what was withheld."""
        return self.old != Attribute.PROACTIVE and self.new == Attribute.PROACTIVE
