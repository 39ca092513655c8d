"""Error pages: what happened, whether anything was lost, what to do, and the request's number."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from . import causes
from .request_id import current_request_id
from .rule import Refusal


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The words of one kind of error. `wait`: seconds after which it may be tried again (Retry-After)."""

    status: int
    title: str
    what: str
    remedy: str
    wait: int = 0


BAD = ErrorPage(
    400, "请求有误", "浏览器发来的内容不完整或格式不对，没有保存任何内容。", "请返回上一页，检查后重新提交。"
)
FOREIGN = ErrorPage(400, "没有这个网站", "您访问的域名不是本平台的域名，没有保存任何内容。", "请核对网址后重新访问。")
FORBIDDEN = ErrorPage(403, "不能这样办理", "没有保存任何内容。", "如确需办理，请与本机关管理员联系。")
FORGED = ErrorPage(
    403,
    "页面已过期",
    "这个页面打开太久，或者在别处退出过登录，提交的内容没有保存。",
    "请返回上一页并刷新，再提交一次。",
)
MISSING = ErrorPage(
    404, "没有这个页面", "地址可能有误，或者内容已经撤下。", "请核对地址，或从首页、检索查找。"
)
METHOD = ErrorPage(
    405, "这个地址不能直接打开", "它只用于提交办理，没有保存任何内容。", "请从页面上的按钮或链接进入。"
)
MANY = ErrorPage(429, "操作太频繁", "为保护系统和账户，暂时不再受理。没有保存任何内容。", "请过15分钟再试。", wait=900)
FULL = ErrorPage(
    507,
    "磁盘空间不足",
    "服务器的磁盘空间快用完了，暂时只能查看，不能提交。本次提交没有保存；以前保存的内容不受影响。",
    "请另行留存要提交的内容，稍后再试，并请告知管理员清理磁盘。",
)
BUSY = ErrorPage(
    503,
    "系统繁忙",
    "数据库正在写入大量内容，没能等到。本次提交没有保存；以前保存的内容不受影响。",
    "请过几分钟再提交一次。",
    wait=60,
)
BROKEN = ErrorPage(
    500,
    "系统出错",
    "系统没能完成这一步，本次提交没有保存；以前保存的内容不受影响。",
    "请稍后重试。如仍出错，请告知工作机构下面的编号。",
)


def page(request: HttpRequest | None, words: ErrorPage, **extra: Any) -> HttpResponse:
    """The page for `words`, under /api/ the same as JSON. Uses no database and no context processor: it must work when those don't."""
    response: HttpResponse
    if request is not None and request.path.startswith("/api/"):
        response = JsonResponse({"detail": f"{words.title}。{words.what}{words.remedy}"}, status=words.status)
    else:
        context = {"words": words, "number": current_request_id(), "reasons": [], **extra}
        response = HttpResponse(render_to_string("house/error.html", context), status=words.status)
    if words.wait:
        response["Retry-After"] = str(words.wait)
    return response


def refused(request: HttpRequest, reasons: list[Refusal]) -> HttpResponse:
    """403 with the reasons of the rules."""
    return page(request, FORBIDDEN, reasons=reasons)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    return page(request, BAD)


def foreign_host(request: HttpRequest) -> HttpResponse:
    """400 for a name that is not ours. Says nothing of what was asked for."""
    return page(request, FOREIGN)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return page(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404"""
    return page(request, MISSING)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, called while the exception is at hand: wherever it arose, a full disk and a busy database have words of their own."""
    error = sys.exc_info()[1]
    if causes.is_full(error):
        return no_room(request)
    if causes.is_busy(error):
        return page(request, BUSY)
    return page(request, BROKEN)


def no_room(request: HttpRequest) -> HttpResponse:
    """507"""
    return page(request, FULL)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405"""
    return page(request, METHOD)


def too_many(request: HttpRequest) -> HttpResponse:
    """429"""
    return page(request, MANY)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW"""
    return page(request, FORGED)
