"""The grass-roots standard catalogue (基层政务公开标准目录, 国办发〔2019〕54号) in its official columns."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue import taxonomy
from gongkai.web.organs.models import Organ

from .item import Item


class CatalogueEntry(models.Model):
    """One row of the table. Belongs to the region or organ whose catalogue it is; `responsible` is its column 6.

    `carriers` holds keys of taxonomy.CARRIERS. `fresh_days`, where set, is how old the newest item may be; without
    it the time limit's own words decide (coverage.py).
    """

    organ = models.ForeignKey(
        Organ, models.PROTECT, related_name="catalogue_entries", verbose_name="所属地区或机关"
    )
    field = models.CharField("试点领域", max_length=40, choices=taxonomy.field_choices)
    seq = models.PositiveIntegerField("序号")
    item_level1 = models.CharField("一级事项", max_length=200)
    item_level2 = models.CharField("二级事项", max_length=200, blank=True)
    content_elements = models.TextField("公开内容（要素）")
    legal_basis = models.TextField("公开依据", blank=True)
    time_limit = models.CharField("公开时限", max_length=500, blank=True)
    fresh_days = models.PositiveIntegerField("更新周期（天）", null=True, blank=True)
    responsible_body = models.CharField("公开主体", max_length=200, blank=True)
    responsible = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开主体（机关）"
    )
    carriers = models.JSONField("公开渠道和载体", default=list, blank=True)
    audience_all = models.BooleanField("全社会", default=False)
    audience_specific = models.CharField("特定群体", max_length=200, blank=True)
    mode_proactive = models.BooleanField("主动", default=False)
    mode_on_request = models.BooleanField("依申请", default=False)
    level_county = models.BooleanField("县级", default=False)
    level_township = models.BooleanField("乡级", default=False)
    level_village = models.BooleanField("村级", default=False)
    ended_on = models.DateField("停用日期", null=True, blank=True)
    items = models.ManyToManyField(Item, blank=True, related_name="entries")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "标准目录事项"
        ordering = ("field", "seq", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organ", "field", "item_level1", "item_level2"], condition=Q(ended_on=None),
                name="entry_matter_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.item_level2 or self.item_level1
