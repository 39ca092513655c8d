"""What a locked account sees."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.web.house import error_pages
from gongkai.web.house.moments import SLACK

LOCKED = error_pages.ErrorPage(
    429,
    "账户暂时锁定",
    "密码连续输错5次，该登录名已锁定15分钟。没有保存任何内容。",
    "请过15分钟再试。如不是您本人操作，请告知本机关管理员。",
)


def count_from_now() -> None:
    """Failures noted while the clock ran ahead count from now on: they must not lock a name until they come."""
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__gt=now + SLACK).update(attempt_time=now)


def answer(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE"""
    response = error_pages.page(request, LOCKED)
    response["Retry-After"] = "900"
    return response
