"""A site being brought in from the staff pages: what was asked for, and how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from gongkai.web.organs.models import Organ


class RunState(models.TextChoices):
    """Where it stands. Only `looking` and `running` have work in the background."""

    LOOKING = "looking", "正在查看"
    READY = "ready", "待开始"
    RUNNING = "running", "正在导入"
    PAUSED = "paused", "已暂停"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已停止"
    FAILED = "failed", "查看失败"


AT_WORK = (RunState.LOOKING, RunState.RUNNING)
OPEN = (RunState.LOOKING, RunState.READY, RunState.RUNNING, RunState.PAUSED)


class SiteRun(models.Model):
    """`turn` says which background task may work on it: each hands over to the next by adding one, so that one that comes
    late, or twice, does nothing. `taken` bytes and `since` are counted from the last time a person started it."""

    organ = models.ForeignKey(Organ, models.PROTECT, verbose_name="发布机构", related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="+")
    name = models.CharField("名称", max_length=120)
    sitemap = models.CharField("站点地图", max_length=500, blank=True)
    kind = models.CharField("网页未写明时的信息类别", max_length=40)
    seconds = models.PositiveSmallIntegerField("两次访问的间隔", default=1)
    state = models.CharField("状态", max_length=8, choices=RunState.choices, default=RunState.LOOKING)
    note = models.CharField("说明", max_length=500, blank=True)
    turn = models.PositiveIntegerField(default=0)
    task = models.CharField(max_length=64, blank=True)
    stumbles = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveBigIntegerField(default=0)
    since = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "网站导入"
        indexes = (models.Index(fields=["organ", "state"], name="site_run_organ"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("bringing_in:site", args=[self.pk])

    @property
    def source(self) -> str:
        """One organ's web pages are one source: an address is brought in once, whichever run names it."""
        return f"site:{self.organ.slug}"

    @property
    def list_name(self) -> str:
        """Its own list of addresses."""
        return f"site-run:{self.pk}"


class SiteHost(models.Model):
    """One web site of a run, as it was when somebody looked before starting. `pause`: seconds between two requests."""

    run = models.ForeignKey(SiteRun, models.CASCADE, related_name="hosts")
    site = models.CharField("网站", max_length=300)
    addresses = models.PositiveIntegerField("网址")
    forbidden = models.PositiveIntegerField("robots.txt不允许")
    pause = models.FloatField("间隔秒数")
    rules = models.CharField("robots.txt", max_length=200)
    readable = models.BooleanField(default=True)

    class Meta:
        verbose_name = "待导入网站"
        constraints = (models.UniqueConstraint(fields=["run", "site"], name="site_host_once"),)

    def __str__(self) -> str:
        return self.site
