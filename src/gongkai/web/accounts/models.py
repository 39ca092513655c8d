"""Staff accounts, their authenticator and their sessions. What they may do is in organs.Post."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django_otp.models import Device, ThrottlingMixin

from gongkai.web.house.encrypted import EncryptedTextField
from gongkai.web.house.moments import ahead


class Users(BaseUserManager["User"]):
    """Finds users by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> User:
        """By sign-in name."""
        return self.get(username=username)


class User(AbstractBaseUser):  # type: ignore[django-manager-missing]
    """One person of the staff. Never deleted: what he signed stays his."""

    username = models.CharField(
        "登录名", max_length=40, unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9._-]{1,39}$", "登录名用2至40个小写字母、数字、点、横线，以字母开头。")],
    )  # fmt: skip
    name = models.CharField("姓名", max_length=100)
    mobile = EncryptedTextField("手机号", blank=True, default="")
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    class Meta:
        verbose_name = "工作人员"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The Chinese name, for libraries that ask."""
        return self.name

    def get_short_name(self) -> str:
        """The same: Chinese names are not shortened."""
        return self.name


class Authenticator(ThrottlingMixin, Device):  # type: ignore[misc]
    """A time-based one-time password (RFC 6238). The secret is sealed; a code works once."""

    secret = EncryptedTextField("密钥")
    last_step = models.BigIntegerField(default=-1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "动态口令"

    def verify_token(self, token: str) -> bool:
        """Whether `token` is right now; wrong ones are slowed down."""
        from . import one_time_codes

        now = timezone.now()
        if self.throttling_failure_timestamp is not None and ahead(self.throttling_failure_timestamp, now):
            self.throttling_failure_timestamp = now
            self.save(update_fields=["throttling_failure_timestamp"])
        if not self.verify_is_allowed()[0]:
            return False
        step = one_time_codes.matching_step(self.secret, token, after=self.last_step)
        if step is None:
            self.throttle_increment()
            return False
        self.last_step = step
        self.throttle_reset(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> int:
        """Seconds of waiting after the first wrong code; doubles each time."""
        return 1


class RecoveryCode(models.Model):
    """A paper code that replaces the authenticator once. Only its hash is kept (80 random bits need no salt)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = (models.UniqueConstraint(fields=["user", "digest"], name="recovery_once"),)


class StaffSession(models.Model):
    """A signed-in browser, so that its owner can see and end it and old ones make room (SESSIONS_AT_ONCE)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="staff_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    address = models.CharField("来源地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)

    class Meta:
        verbose_name = "登录会话"
        ordering = ("-seen_at",)
