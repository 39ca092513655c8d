"""Attachments: files under the hash of their content, and where they hang."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .item import Item


class TextState(models.TextChoices):
    """Whether the words of a file have been taken out for search."""

    WAITING = "waiting", "待提取"
    DONE = "done", "已提取"
    NONE = "none", "没有文字"
    FAILED = "failed", "提取失败"


class StoredFile(models.Model):
    """One content, however many items it hangs at. The bytes lie under `path` in the data folder's files."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("大小")
    type = models.CharField("类型", max_length=20)
    text = models.TextField("文字", blank=True)
    text_state = models.CharField(max_length=8, choices=TextState.choices, default=TextState.WAITING)
    text_note = models.CharField(max_length=300, blank=True)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Its place in the default storage."""
        return f"attachments/{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class Attachment(models.Model):
    """A file at an item, under the name readers download it by."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    title = models.CharField("说明", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "附件"
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["item", "file"], name="attachment_once"),)

    def __str__(self) -> str:
        return self.name
