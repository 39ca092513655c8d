"""The state of a site being read, address by address."""

from __future__ import annotations

from django.db import models

from gongkai.web.catalogue.models import Item

from .runs import SiteRun


class PageState(models.TextChoices):
    """What became of an address."""

    WAITING = "waiting", "待读取"
    DONE = "done", "已导入"
    SAME = "same", "无变化"
    SKIPPED = "skipped", "未导入"
    FAILED = "failed", "读取失败"


class SitePage(models.Model):
    """One address of a site. A killed run leaves every page either waiting or finished: its item and its state are
    saved in one transaction. `tries` counts begun readings, also those that never ended."""

    run = models.ForeignKey(SiteRun, models.CASCADE, null=True, related_name="pages")
    source = models.CharField("来源", max_length=100)
    address = models.CharField("网址", max_length=500)
    state = models.CharField(max_length=8, choices=PageState.choices, default=PageState.WAITING)
    reason = models.CharField("原因", max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "待导入网页"
        constraints = (models.UniqueConstraint(fields=["source", "address"], name="site_page_once"),)
        indexes = (
            models.Index(fields=["source", "state"], name="site_page_state"),
            models.Index(fields=["run", "state", "tries"], name="site_page_next"),
        )

    def __str__(self) -> str:
        return self.address


class VisitedSite(models.Model):
    """What is remembered of a site between processes, for the sake of politeness: when it was last asked, and its rules."""

    site = models.CharField(max_length=300, unique=True)
    asked_at = models.FloatField(default=0)
    robots = models.TextField(default="")
    robots_at = models.FloatField(default=0)

    class Meta:
        verbose_name = "访问过的网站"

    def __str__(self) -> str:
        return self.site
