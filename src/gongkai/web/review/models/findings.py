"""What the checks found: in files (by content, once), in links, and at each submission and publication."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.catalogue.models import Item
from gongkai.web.organs.models import Organ


class FileCheck(models.Model):
    """The findings and links in one content, wherever it hangs: `content` is its SHA-256. `edition` is the edition of the
    file checks that looked (checks/files)."""

    content = models.CharField(max_length=64, unique=True)
    edition = models.PositiveSmallIntegerField()
    findings = models.JSONField(default=list)
    links = models.JSONField(default=list)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "文件检查结果"


class LinkCheck(models.Model):
    """Whether an address elsewhere answered. `fault` is empty when it did."""

    address = models.CharField("网址", max_length=600, unique=True)
    fault = models.CharField("情况", max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "链接检查结果"

    def __str__(self) -> str:
        return self.address


class Screening(models.Model):
    """What is kept about a check before publication: of an item, or of whatever else goes out (`subject`: the model and
    key, as the log names it) of `organ`."""

    subject = models.CharField(max_length=80, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        abstract = True


_OF_SOMETHING = Q(item__isnull=False, subject="") | Q(item=None, organ__isnull=False) & ~Q(subject="")


class CheckRun(Screening):
    """The findings that an act met, kept as they were. Excerpts are masked."""

    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="check_runs")
    verb = models.CharField("操作", max_length=60)
    findings = models.JSONField("检查结果", default=list)

    class Meta:
        verbose_name = "发布前检查"
        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=_OF_SOMETHING, name="check_run_of_something"),)
        indexes = (models.Index(fields=["subject"], name="check_run_subject", condition=~Q(subject="")),)


class PassedOver(Screening):
    """A warning that a person let stand, and why. It holds for the same finding in the same thing, later too."""

    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="passed_over")
    print = models.CharField("检查结果标识", max_length=64)
    check_key = models.CharField("检查项", max_length=40)
    message = models.CharField("检查结果", max_length=500)
    reason = models.CharField("放行理由", max_length=300)

    class Meta:
        verbose_name = "放行的提醒"
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["item", "print"], name="passed_over_once"),
            models.UniqueConstraint(fields=["subject", "print"], name="passed_over_once_of", condition=~Q(subject="")),
            models.CheckConstraint(condition=~Q(reason=""), name="passed_over_with_reason"),
            models.CheckConstraint(condition=_OF_SOMETHING, name="passed_over_of_something"),
        )
