"""An annual report of an organ for a year, as read from its document (Art. 49 and 50 of the Regulation)."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.report import Report, from_plain
from gongkai.web.organs.models import Organ

from .file import ReportFile


class Status(models.TextChoices):
    """A report is prepared, published, and may be taken back; it is never published without a second person."""

    DRAFT = "draft", "待公开"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤下"


class Source(models.TextChoices):
    """Where the document came from."""

    UPLOADED = "uploaded", "上传文件"
    PAGE = "page", "已有网页"


class AnnualReport(models.Model):
    """`content` is the Report as JSON with traces, exactly as read: nothing in it is ever corrected.

    `form` is empty when no statutory table could be read. One report of an organ and year may be a draft and one
    published at a time; withdrawn ones stay for the record.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="annual_reports", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("格式", max_length=4, blank=True)
    title = models.CharField("标题", max_length=300)
    published_on = models.DateField("公布日期", null=True, blank=True)
    content = models.TextField()
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    problems = models.PositiveIntegerField("读取问题", default=0)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.UPLOADED)
    source_address = models.URLField("原网址", max_length=500, blank=True)
    file = models.ForeignKey(ReportFile, models.PROTECT, related_name="reports", verbose_name="原件")
    file_name = models.CharField("文件名", max_length=200)
    read_at = models.DateTimeField("读取时间", default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("公开时间", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_because = models.CharField("撤下理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "年度报告"
        ordering = ("-year", "organ", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organ", "year"], condition=models.Q(status="published"), name="report_published_once"
            ),
            models.UniqueConstraint(
                fields=["organ", "year"], condition=models.Q(status="draft"), name="report_draft_once"
            ),
        )
        indexes = (models.Index(fields=["status", "year", "organ"], name="report_by_year"),)

    def __str__(self) -> str:
        return self.title

    def report(self) -> Report:
        """The Report as read."""
        return from_plain(json.loads(self.content))
