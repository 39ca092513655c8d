"""What may be sent to an address: nothing, a form, or files up to so many bytes; and the words for what is not taken.

Asked twice by the same rule: at the door before a body is read (`door/`), and by the middleware for other servers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import unwrap
from typing import Any, TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve

from .error_pages import ErrorPage

View = TypeVar("View", bound=Callable[..., Any])
ROOM_FOR_FORM = 1 << 20
"""Beside the files: the other fields, and the lines between the parts."""
REFUSED = "gongkai.body_refused"
"""In the environ: the words of what the door found. The body is then empty."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` bytes are let in, for a view that will `read` them; `for_staff`: files that only somebody signed in may send."""

    most: int
    read: bool = True
    for_staff: bool = False


def takes_files(*most: int) -> Callable[[View], View]:
    """Decorator of a view that takes files of at most so many bytes, one number a file. All others take forms."""

    def mark(view: View) -> View:
        view.takes_files = sum(most)  # type: ignore[attr-defined]
        return view

    return mark


def limit_of(method: str, path: str) -> Limit:
    """For a request. Only a POST to a view that answers it has a body that anything here would read."""
    form = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    if method != "POST":
        return Limit(form, read=False)
    try:
        view = resolve(path).func
    except Resolver404:
        return Limit(form, read=False)
    files = getattr(view, "takes_files", 0)
    most = files + ROOM_FOR_FORM if files else form
    return Limit(most, read="POST" in methods_of(view), for_staff=bool(files) and path.startswith("/staff/"))


@cache
def methods_of(view: Callable[..., Any]) -> frozenset[str]:
    """What `require_safe` and its like let through, found in what they close over; every method where there is none."""
    layer: Any = view
    while layer is not None:
        names = getattr(getattr(layer, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            return frozenset(layer.__closure__[names.index("request_method_list")].cell_contents)
        layer = getattr(layer, "__wrapped__", None)
    of_class = getattr(unwrap(view), "view_class", None) or getattr(view, "view_class", None)
    names = of_class.http_method_names if of_class is not None else ("post",)
    return frozenset(name.upper() for name in names if of_class is None or hasattr(of_class, name))


def too_large(length: int, most: int) -> ErrorPage:
    """413"""
    return ErrorPage(
        413, "提交的内容太大", f"提交的内容有{_size(length)}，这里最多接收{_size(most)}。没有保存任何内容。",
        "请压缩文件、减少内容，或分几次提交。",
    )  # fmt: skip


WITHOUT_LENGTH = ErrorPage(411, "请求有误", "提交的内容没有注明长度（Content-Length），没有接收。", "请换用常见的浏览器重新提交。")
SLOW = ErrorPage(408, "没有按时传完", "提交的内容传得太慢或者中途停住，没有保存任何内容。", "请检查网络，再提交一次。")


def too_many(most: int) -> ErrorPage:
    """429"""
    what = f"来自同一网络地址、正在上传的内容已有{most}份，这一份没有接收。"
    return ErrorPage(429, "同时提交的内容太多", what, "请等前面的传完，再提交一次。", wait=10)


NO_ROOM = ErrorPage(503, "现在提交的人太多", "正在上传的内容较多，这一份没有接收，没有保存任何内容。", "请过一分钟再提交。", wait=60)


def _size(count: int) -> str:
    return f"{count / (1 << 20):.0f} MB" if count >= 10 << 20 else f"{count / (1 << 20):.1f} MB"
