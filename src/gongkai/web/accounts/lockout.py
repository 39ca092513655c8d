"""What somebody sees who has no tries left for now."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from gongkai.web.house import error_pages

LOCKED = error_pages.ErrorPage(
    429,
    "暂时不能登录",
    "从这里输错密码或动态口令的次数过多，暂停受理。没有保存任何内容。本人在常用的浏览器和网络上登录不受影响。",
    "请过{minutes}分钟再试。如不是您本人操作，请告知本机关管理员。",
)


def answer(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page, and when to come back."""
    return error_pages.page(request, replace(LOCKED, remedy=LOCKED.remedy.format(minutes=-(-seconds // 60)), wait=seconds))
