"""The information item: one document or notice of one organ, from draft to withdrawal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.web.catalogue import document_number, taxonomy
from gongkai.web.catalogue.sanitised import plain_text, sanitise
from gongkai.web.organs.models import Organ

from .stages import Attribute, Stage, Validity

NOT_ENDED = (Validity.IN_FORCE, Validity.AMENDED)


class Item(models.Model):
    """`released` is computed by the database from stage and attribute; the public sees a released item from
    `published_at` on. A published item with `published_at` in the future is under embargo.

    `number` is the permanent address (/info/<number>); it outlives renaming and merging of the organ.
    """

    # what it is
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="items", verbose_name="发布机构")
    unit = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="drafted_items", verbose_name="起草单位"
    )
    joint_organs = models.ManyToManyField(
        Organ, blank=True, related_name="joint_items", verbose_name="联合发文机关"
    )
    number = models.PositiveBigIntegerField("永久编号", unique=True, editable=False)
    index_number = models.CharField("索引号", max_length=60, unique=True)
    title = models.CharField("标题", max_length=300)
    kind = models.CharField("信息类别", max_length=40, choices=taxonomy.kind_choices)
    language = models.CharField("语言", max_length=12, default="zh-CN")

    # 文号: as printed, and taken apart for exact search and sorting
    document_number = models.CharField("文号", max_length=80, blank=True)
    number_issuer = models.CharField("发文机关代字", max_length=40, blank=True, editable=False)
    number_year = models.PositiveSmallIntegerField("文号年份", null=True, editable=False)
    number_serial = models.PositiveIntegerField("发文顺序号", null=True, editable=False)

    # days
    written_on = models.DateField("成文日期", null=True, blank=True)
    formed_on = models.DateField(
        "形成日期", null=True, blank=True, help_text="信息形成或变更之日，20个工作日公开期限自此起算（《条例》第二十六条）。"
    )  # fmt: skip
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)

    # classification
    art20 = models.CharField("法定主动公开内容", max_length=40, blank=True, choices=taxonomy.art20_choices)
    art21 = models.CharField("第二十一条事项", max_length=40, blank=True, choices=taxonomy.art21_choices)
    theme = models.CharField("主题分类", max_length=40, blank=True, choices=taxonomy.theme_choices)
    genre = models.CharField("体裁分类", max_length=40, blank=True, choices=taxonomy.genre_choices)
    keywords = models.CharField("关键词", max_length=200, blank=True)

    # content
    summary = models.TextField("内容概述", max_length=1000, blank=True)
    body = models.TextField("正文", blank=True)
    source = models.CharField("信息来源", max_length=200, blank=True)

    # disclosure
    attribute = models.CharField(
        "公开属性", max_length=12, choices=Attribute.choices, default=Attribute.PROACTIVE
    )
    withheld_under = models.CharField(
        "不主动公开的理由", max_length=40, blank=True, choices=taxonomy.reason_choices
    )
    reassess_on = models.DateField("重新评估日期", null=True, blank=True)

    # validity
    validity = models.CharField(
        "有效性", max_length=12, blank=True, choices=Validity.choices, default=Validity.NONE
    )
    validity_from = models.DateField("有效性变更日期", null=True, blank=True)
    validity_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_items",
        verbose_name="变更依据文件",
    )
    validity_basis = models.CharField("变更依据", max_length=200, blank=True)

    # the way to the public
    stage = models.CharField(
        "办理阶段", max_length=12, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    embargo_until = models.DateTimeField("定时发布", null=True, blank=True)
    published_at = models.DateTimeField("发布日期", null=True, editable=False)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, editable=False)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True, editable=False)
    emergency = models.BooleanField("应急先行发布", default=False, editable=False)
    emergency_reason = models.CharField("应急理由", max_length=300, blank=True, editable=False)
    emergency_reviewed_at = models.DateTimeField("事后审查时间", null=True, editable=False)
    emergency_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    released = models.GeneratedField(
        expression=Q(stage=Stage.PUBLISHED, attribute=Attribute.PROACTIVE),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    # who
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField("提交时间", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "信息条目"
        ordering = ("-published_at", "-number")
        constraints = (
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED)
                | Q(attribute=Attribute.PROACTIVE, published_at__isnull=False),
                name="item_published_is_proactive",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(embargo_until=None) | Q(published_at__gte=F("embargo_until")),
                name="item_not_before_embargo",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.WITHDRAWN) | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="item_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False) | ~Q(emergency_reason=""), name="item_emergency_with_reason"
            ),
        )  # fmt: skip
        # The lists of the portal, newest first: each is one range of one partial index, whatever the number of items.
        indexes = (
            *(
                models.Index(
                    *(F(name) for name in names), F("published_at").desc(), F("number").desc(),
                    name=f"item_list_{label}", condition=Q(released=True),
                )
                for label, names in (
                    ("all", ()), ("organ", ("organ",)), ("organ_art20", ("organ", "art20")), ("art20", ("art20",)),
                    ("art21", ("art21",)), ("theme", ("theme",)), ("kind", ("kind",)), ("organ_kind", ("organ", "kind")),
                )
            ),
            models.Index(fields=["organ", "stage", "-updated_at"], name="item_work"),
            # The staff's lists: the latest touched first, and everything visibility asks without reading any text.
            models.Index(fields=["-updated_at", "-number"], name="item_recent"),
            models.Index(fields=["organ", "unit", "stage", "released", "published_at"], name="item_seen"),
            models.Index(fields=["stage", "attribute", "reassess_on"], name="item_reassess"),
            # What a document changed or ended. Without its condition the planner takes it for one long run of NULLs.
            models.Index(fields=["validity_by"], name="item_changed_by", condition=Q(validity_by__isnull=False)),
            models.Index(fields=["number_issuer", "number_year", "number_serial"], name="item_document_number"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves: the body is made harmless and the number is taken apart."""
        self.prepare()
        only = kwargs.get("update_fields")
        if only is not None and "document_number" in only:
            kwargs["update_fields"] = {*only, "number_issuer", "number_year", "number_serial"}
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """What every save does first. `bulk_create` does not call save: who uses it calls this for each item."""
        self.body = sanitise(self.body)
        self.document_number = self.document_number.strip()
        parsed = document_number.parse(self.document_number)
        self.number_issuer = parsed.issuer if parsed else ""
        self.number_year = parsed.year if parsed else None
        self.number_serial = parsed.serial if parsed else None

    def get_absolute_url(self) -> str:
        """The permanent address of its public page."""
        return f"/info/{self.number}"

    @property
    def keyword_list(self) -> list[str]:
        """The keywords one by one."""
        return [word for word in self.keywords.split("，") if word]

    @property
    def text(self) -> str:
        """The words of the body."""
        return plain_text(self.body)

    @property
    def clock_starts_on(self) -> date | None:
        """The day from which the 20 working days of Art. 26 run."""
        return self.formed_on or self.written_on

    def is_public(self) -> bool:
        """Whether the public sees it now (the same condition as the filter, for a loaded item)."""
        return (
            self.stage == Stage.PUBLISHED
            and self.attribute == Attribute.PROACTIVE
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    def validity_on(self, day: date | None = None) -> Validity:
        """The validity on `day`: a term that has run out ends a document without anybody touching it."""
        day = day or timezone.localdate()
        if self.validity in NOT_ENDED and self.expires_on is not None and self.expires_on < day:
            return Validity.EXPIRED
        return Validity(self.validity)


def due_for_reassessment(day: date | None = None) -> Q:
    """The condition on items that are withheld and want a new look on `day` (Art. 18): the day has come, or none was set."""
    day = day or timezone.localdate()
    return Q(stage=Stage.KEPT) & ~Q(attribute=Attribute.PROACTIVE) & (Q(reassess_on=None) | Q(reassess_on__lte=day))


def in_force(day: date | None = None) -> Q:
    """The condition on items whose document is in force on `day` (amended ones are in force as amended)."""
    day = day or timezone.localdate()
    return Q(validity__in=NOT_ENDED) & (Q(expires_on=None) | Q(expires_on__gte=day))
