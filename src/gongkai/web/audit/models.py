"""One row an event. Rows are appended by chain.append and by nothing else; triggers in the database hold it."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.web.house.actor import Via
from gongkai.web.house.event_terms import VERBS, Outcome


class Immutable(TypeError):  # noqa: N818 - reads as what it says
    """Someone tried to change or delete an audit event."""

    def __init__(self) -> None:
        super().__init__("审计记录只能追加，不能修改或删除。")


class AppendOnly(models.QuerySet["AuditEvent"]):
    """A queryset that reads."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise Immutable

    def delete(self) -> NoReturn:
        """Refused."""
        raise Immutable

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise Immutable

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the chain is made one by one."""
        raise Immutable


class AuditEvent(models.Model):
    """`number` runs from 1 without gaps; `seal` is the HMAC over the seal before and everything in the row."""

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="audit_events",
        verbose_name="操作人",
    )
    actor_name = models.CharField("操作人姓名", max_length=100)
    via = models.CharField("途径", max_length=10, choices=[(via.value, via.value) for via in Via])
    address = models.CharField("来源地址", max_length=45, blank=True)
    request_id = models.CharField("请求编号", max_length=40, blank=True)
    verb = models.CharField("操作", max_length=80)
    outcome = models.CharField("结果", max_length=10, choices=[(one.value, one.value) for one in Outcome])
    organ = models.ForeignKey(
        "organs.Organ", models.PROTECT, null=True, related_name="audit_events", verbose_name="机关"
    )
    subject_kind = models.CharField("对象类别", max_length=80)
    subject_id = models.CharField("对象编号", max_length=80, blank=True)
    subject_label = models.CharField("对象", max_length=300)
    details = models.TextField("内容", default="{}")
    previous = models.CharField("前一封印", max_length=64)
    seal = models.CharField("封印", max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = "审计记录"
        ordering = ("-number",)
        indexes = (
            models.Index(fields=["organ", "-number"], name="audit_by_organ"),
            models.Index(fields=["actor", "-number"], name="audit_by_actor"),
            models.Index(fields=["verb", "-number"], name="audit_by_verb"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["at"], name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.actor_name} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise Immutable
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise Immutable

    @property
    def title(self) -> str:
        """The verb in Chinese."""
        return VERBS.get(self.verb, self.verb)

    @property
    def facts(self) -> dict[str, Any]:
        """The details as a mapping."""
        found: dict[str, Any] = json.loads(self.details)
        return found

    @property
    def refused(self) -> bool:
        """True when the act was refused."""
        return self.outcome == Outcome.REFUSED
