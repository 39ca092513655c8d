"""Hostile attachments: refused in words, or served so that nothing in them acts in the site's name."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.web.catalogue.models import Attachment
from tests.web.catalogue.conftest import draft, own_files  # noqa: F401 - fixtures

from . import files
from .judge import faults
from .sending import multipart

SMALL = [(name, data) for name, data in files.files() if len(data) < 1_000_000]
SHOWN = {"application/pdf", "image/png", "image/jpeg", "image/gif", "video/mp4", "audio/mpeg"}
# What may never be kept, by name and content.
REFUSED = [
    ("a.html", b"<html><script>x()</script></html>", "网页"), ("a.svg", b"<svg onload='x()'/>", "矢量图"), ("a.png", b"<svg onload='x()'/>", "矢量图"),
    ("a.docx", files._docx(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")), "宏"), ("a.exe", b"MZ\x90\x00" + b"\x00" * 500, "程序"),
    ("a.pdf", b"MZ\x90\x00" + b"\x00" * 500, "程序"), ("a.pdf", b"", "空"), ("a.xlsx", b"%PDF-1.4\n%%EOF", "不是XLSX"),
]  # fmt: skip


@pytest.fixture
def attach(draft, sign_in):  # noqa: F811
    """`attach(name, data)`: the answer, and the attachment if it was taken."""
    item, client = draft(), sign_in("fan")

    def go(name, data):
        before = set(Attachment.objects.values_list("pk", flat=True))
        # Written by hand: Django's own client refuses to send some of these names.
        body, media = multipart([(b"heading", b"x")], [(b"file", name.encode("utf-8", "surrogatepass"), data)], Random(0))
        answer = client.generic("POST", f"/staff/items/{item.number}/attach", body, media)
        assert faults("POST", answer.status_code, answer.headers, answer.content) == [], name
        return answer, Attachment.objects.exclude(pk__in=before).first(), client

    return go


@pytest.mark.parametrize(("name", "data", "word"), REFUSED)
def test_what_is_refused(attach, name, data, word):
    answer, taken, _ = attach(name, data)
    assert taken is None
    assert word in answer.content.decode()


def safe(client, taken):
    """Downloads are sandboxed; shown is only what runs nothing, as what it was found to be."""
    place = f"/info/{taken.item.number}/files/{taken.pk}"
    kept = client.get(place)
    assert kept.status_code == 200
    assert kept["Content-Disposition"].startswith("attachment")
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert kept["Content-Security-Policy"].startswith("sandbox")
    assert not any(sign in kept["Content-Disposition"] for sign in "\r\n\x00\u202e")
    shown = client.get(f"{place}?show=1")
    assert "default-src 'none'" in shown["Content-Security-Policy"] and "script-src" not in shown["Content-Security-Policy"]
    media = shown["Content-Type"].split(";")[0]
    assert shown["Content-Disposition"].startswith("attachment") or media in SHOWN


def test_whatever_is_kept_is_served_safely(attach):
    kept = 0
    for name, data in SMALL:
        _, taken, client = attach(name, data)
        if taken is not None:
            kept += 1
            safe(client, taken)
    assert kept > 5


def test_names_of_files(attach):
    for name in files.NAMES:
        _, taken, client = attach(name, b"%PDF-1.4\n" + name.encode("utf-8", "replace") + b"\n%%EOF")
        if taken is not None:
            assert not set(taken.name) & set("/\\\x00\r\n\u202e")
            assert taken.name not in {"", ".", ".."}
            safe(client, taken)
