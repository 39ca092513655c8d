"""Posts: a person, a role, an organ whose subtree it covers, from a day to a day."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .organ import Organ


class Role(models.TextChoices):
    """What a post lets its holder do. The order is the order of the forms."""

    DRAFTER = "drafter", "起草"
    SECTION_REVIEWER = "section_reviewer", "科室审核"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    OGI_OFFICE = "ogi_office", "公开机构"
    APPROVER = "approver", "审签"
    CASE_OFFICER = "case_officer", "承办"
    SUPERVISOR = "supervisor", "主管部门"
    AUDITOR = "auditor", "审计只读"
    ADMIN = "admin", "管理员"


# Reviewers and above: a stolen password alone must not publish anything.
SECOND_FACTOR_ROLES = (
    Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.OGI_OFFICE, Role.APPROVER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip


def today() -> date:
    """The day in China."""
    return timezone.localdate()


class Post(models.Model):
    """Ended, never deleted. The day of ending no longer counts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="人员"
    )
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="机关")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    since = models.DateField("任职日期", default=today)
    ended_on = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        ordering = ("role", "since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organ", "role"], condition=Q(ended_on=None), name="post_once"
            ),
        )
        indexes = (models.Index(fields=["user", "role"], name="post_by_user"),)

    def __str__(self) -> str:
        return f"{self.user}（{self.get_role_display()}）"


def in_force(day: date | None = None) -> Q:
    """The condition on posts that count on `day` (today)."""
    day = day or today()
    return Q(since__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))
