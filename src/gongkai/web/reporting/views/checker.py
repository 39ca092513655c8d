"""The checker: anyone drops a report and sees its figures, findings, repairs and where each figure stands."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from gongkai.web.house.address import client_address
from gongkai.web.house.bodies import takes_files
from gongkai.web.house.middleware.actor import actor_of
from gongkai.web.house.plain_text import plain
from gongkai.web.house.rate import Rate, wait
from gongkai.web.portal.frame import frame
from gongkai.web.reporting.checker import jobs
from gongkai.web.reporting.checker.fetch import CannotFetch, parse
from gongkai.web.reporting.checker.limits import (
    CHECKS,
    KEPT_SECONDS,
    LIMITS,
    MEGABYTES,
    PAGES,
    WITHIN_SECONDS,
)
from gongkai.web.reporting.checker.store import Passing, State
from gongkai.web.reporting.exports import AS_DATA, as_data
from gongkai.web.reporting.showing import shown

NAME = "年度报告检查"
_STOPPED_SECONDS = LIMITS.seconds + 60


# No token: it would set a cookie on a public page, and there is nothing here that a foreign page could gain by posting.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(LIMITS.bytes)
def checker(request: HttpRequest) -> HttpResponse:
    """The form, and on POST the check."""
    if request.method != "POST":
        jobs.get_ready()
        return _form(request)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _form(request, "请在本页选择文件或填写网址。", status=400)
    seconds = wait(Rate("check", NAME, CHECKS, WITHIN_SECONDS), client_address(request))
    if seconds:
        words = f"{WITHIN_SECONDS // 60}分钟内最多检查{CHECKS}份，您的次数已用完。请{seconds // 60 + 1}分钟后再试。"
        answer = _form(request, words, status=429)
        answer["Retry-After"] = str(seconds)
        return answer
    return _start(request)


def _start(request: HttpRequest) -> HttpResponse:
    file, address = request.FILES.get("file"), str(request.POST.get("address", "")).strip()
    user = actor_of(request).user
    owner = user.pk if user is not None else None
    if file is not None:
        if not file.size:
            return _form(request, f"“{file.name}”是空文件。请重新选择。", status=400)
        if file.size > LIMITS.bytes:
            size = file.size / (1 << 20)
            return _form(request, f"“{file.name}”有{size:.0f} MB，超过{MEGABYTES} MB。请压缩图片，或分成几个文件检查。", status=413)
        state = State(str(file.name), file.size, time.time(), owner=owner)
        passing = Passing.new(state)
        passing.put(state.name, file.chunks())
    elif address:
        if not settings.ENV.checker_fetch:
            return _form(request, "本站没有开通按网址检查。请下载文件后上传。", "address", status=400)
        try:
            parse(address)
        except CannotFetch as refusal:
            return _form(request, str(refusal), "address", status=400, address=address)
        state = State(address, 0, time.time(), address=address, owner=owner)
        passing = Passing.new(state)
    else:
        return _form(request, "还没有选择文件。请选择一份年度报告，或填写网址。", status=400)
    try:
        jobs.start(passing, state)
    except jobs.Busy:
        passing.forget()
        answer = _form(request, "现在等候检查的文件较多。请过几分钟再试。", status=503)
        answer["Retry-After"] = "120"
        return answer
    return redirect("reporting:check", passing.key)


@never_cache
@require_GET
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The result; before it is there, how far things are."""
    passing, state = _find(key)
    if state.stage == "refused":
        return _form(request, f"“{state.name}”没有检查成功：{state.words}", status=422)
    if state.stage != "done":
        return _private(render(request, "reporting/waiting.html", _framed(request, "正在检查") | _progress(passing, state)))
    found = passing.results()
    if not found:
        return _form(request, f"“{state.name}”里没有可读的文件。请核对后再上传。", status=422)
    number = _number(request, len(found))
    context = shown(found[number], lambda page: reverse("reporting:page_picture", args=[key, number, page]))
    owner = actor_of(request).user
    context |= {
        "key": key, "state": state, "found": found, "number": number, "downloads": AS_DATA,
        "minutes": KEPT_SECONDS // 60, "may_keep": owner is not None and owner.pk == state.owner and passing.document(),
        **_limits(),
    }  # fmt: skip
    # A document may hold characters no page can. They go here, not when it is read: figures are found by offsets.
    text = plain(render_to_string("reporting/result.html", _framed(request, "检查结果") | context, request))
    return _private(HttpResponse(text))


@never_cache
@require_GET
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """The line that says how far things are; when all is done, the way to the result."""
    passing, state = _find(key)
    if state.stage in ("done", "refused"):
        return HttpResponseClientRedirect(reverse("reporting:check", args=[key]))
    return _private(render(request, "reporting/progress.html", _progress(passing, state)))


@never_cache
@require_GET
def page_picture(request: HttpRequest, key: str, number: int, page: int) -> HttpResponse:
    """The picture of a page, drawn by us."""
    passing, _ = _find(key)
    path = passing.picture(number, page)
    if path is None:
        raise Http404
    return _private(HttpResponse(path.read_bytes(), content_type="image/png"))


@never_cache
@require_GET
def result_file(request: HttpRequest, key: str, to: str) -> HttpResponse:
    """The result as data."""
    passing, _ = _find(key)
    found = passing.results()
    if not found or to not in AS_DATA:
        raise Http404
    data, media = as_data(found[_number(request, len(found))], to)
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="check.{to}"'
    return _private(answer)


@csrf_exempt
@never_cache
@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """The visitor had enough: everything goes at once."""
    passing, _ = _find(key)
    passing.forget()
    return _form(request, said="文件和结果已清除。")


def _find(key: str) -> tuple[Passing, State]:
    """The check with this key. Http404 for none, also for one whose reader was ended in between."""
    passing = Passing.find(key)
    state = passing.state() if passing else None
    if passing is None or state is None:
        raise Http404
    if state.stage not in ("done", "refused") and state.began + _STOPPED_SECONDS < time.time():
        state.stage, state.words = "refused", "检查中断。请重新上传。"
    return passing, state


def _number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("n", "1")
    number = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    return number if 0 <= number < count else 0


def _progress(passing: Passing, state: State) -> dict[str, object]:
    return {"key": passing.key, "state": state, "waited": int(time.time() - state.began)}


def _limits() -> dict[str, object]:
    return {"megabytes": MEGABYTES, "most_pages": PAGES, "may_fetch": settings.ENV.checker_fetch}


def _form(
    request: HttpRequest, error: str = "", field: str = "file", *, status: int = 200, said: str = "", address: str = ""
) -> HttpResponse:
    context = {"error": error, "field": field, "said": said, "address": address, "minutes": KEPT_SECONDS // 60, **_limits()}
    return render(request, "reporting/checker.html", frame(request, NAME, here="checker") | context, status=status)


def _framed(request: HttpRequest, title: str) -> dict[str, object]:
    """The frame of a page about one check."""
    return frame(request, title, here="checker", between=((NAME, reverse("reporting:checker")),))


def _private(answer: HttpResponse) -> HttpResponse:
    """Not for search engines, not for caches, and no foreign site learns the key."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer

