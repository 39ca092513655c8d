"""Web archives (MHT), often published under the name .doc: the page inside is read as HTML."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from gongkai.reading.blocks import Document
from gongkai.reading.limits import CannotRead, Limits


def open_mht(data: bytes, name: str, limits: Limits) -> Document:
    """The first HTML part of a MIME archive. Raises CannotRead ``corrupt`` when there is none."""
    from gongkai.reading.formats.html import open_html  # noqa: PLC0415

    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return open_html(_payload(part), name, limits)
    raise CannotRead("corrupt", "网页归档文件里没有网页正文，请用浏览器重新保存为 .html。")


def _payload(part: Message) -> bytes:
    """The page in UTF-8 with its mark: the archive's charset outranks what the page says of itself."""
    raw = part.get_payload(decode=True)
    page = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset()
    if charset is None or page.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return page
    try:
        return b"\xef\xbb\xbf" + page.decode("gb18030" if charset in ("gb2312", "gbk") else charset).encode()
    except (LookupError, UnicodeDecodeError):
        return page
