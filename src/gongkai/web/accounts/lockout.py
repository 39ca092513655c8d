"""What a locked account sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.web.house import error_pages

LOCKED = error_pages.ErrorPage(
    429,
    "账户暂时锁定",
    "密码连续输错5次，该登录名已锁定15分钟。没有保存任何内容。",
    "请过15分钟再试。如不是您本人操作，请告知本机关管理员。",
)


def answer(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE"""
    response = error_pages.page(request, LOCKED)
    response["Retry-After"] = "900"
    return response
