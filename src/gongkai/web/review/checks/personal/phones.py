"""Telephone numbers. An organ's own published line is no personal datum; a mobile number usually is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .spans import Span

_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?(1[3-9]\d)[ \u3000-]?(\d{4})[ \u3000-]?(\d{4})(?![0-9A-Za-z.])")
_FIXED = re.compile(r"(?<![0-9A-Za-z.])(?:[(（]?(0(?:10|2\d|[3-9]\d{2}))[)）]?[ -]?)([2-8]\d{6,7})(?:转\d{1,5}|-\d{1,5})?(?![0-9A-Za-z.])")
_NUMBERED = re.compile(r"(?:编号|代码|文号|流水号|单号|货号|税号)[:：]?\s*$")
_OFFICIAL = re.compile(r"(?:咨询|举报|监督|投诉|服务|联系|值班|办公|传真|热线|受理|总机|公开|便民|报名|邮编|部门|单位)[\u3400-\u9fff]{0,6}(?:电话|传真|热线|方式)?[^\n。]{0,12}$|电话[:：]?[ (（]*$|传真[:：]?[ (（]*$")

_PRIVATE = re.compile(r"(?:家里|家庭|住宅|宅电|本人|个人|父亲|母亲|户主)[\u3400-\u9fff]{0,4}[:：]?[ (（]*$")


def mobiles(text: str) -> Iterator[Span]:
    """Eleven digits from 13 to 19."""
    for match in _MOBILE.finditer(text):
        if not _NUMBERED.search(text[max(0, match.start() - 8) : match.start()]):
            yield Span("mobile", match.start(), match.end(), "".join(match.groups()), "手机号码")


def fixed_phones(text: str) -> Iterator[Span]:
    """Area code and number, unless the words before say it is an office's line."""
    for match in _FIXED.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        if _PRIVATE.search(before) or not _OFFICIAL.search(before):
            yield Span("fixed_phone", match.start(), match.end(), match[1] + match[2], "固定电话号码")
