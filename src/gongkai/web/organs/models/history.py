"""What happened to organs: dated, with the document it rests on."""

from django.db import models

from .organ import Organ


class ChangeKind(models.TextChoices):
    """The changes that the verbs record."""

    FOUNDED = "founded", "成立"
    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    SPLIT = "split", "分设"
    MOVED = "moved", "隶属调整"
    ABOLISHED = "abolished", "撤销"


class Change(models.Model):
    """One change of one organ; `parties` are the other organs in it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="changes")
    kind = models.CharField("变更", max_length=12, choices=ChangeKind.choices)
    on = models.DateField("日期", null=True)
    basis = models.CharField("依据文件", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "沿革"
        ordering = (models.F("on").asc(nulls_first=True), "pk")


class ChangeParty(models.Model):
    """Another organ in a change: where it went (successor) or what it came from."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="parties")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="changes_as_party")

    class Meta:
        verbose_name = "沿革相关机关"
        constraints = (models.UniqueConstraint(fields=["change", "organ"], name="party_once"),)
