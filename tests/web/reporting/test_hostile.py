"""Hostile and hopeless uploads: a clear Chinese sentence, no 500, nothing kept, nothing run."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.reporting.checker import store
from gongkai.web.reporting.models import AnnualReport, ReportFile

from . import samples

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script><text>1</text></svg>'
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_macros():
    data = samples.document("docx")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Attribute VB_Name")
    return out.getvalue()


CASES = {
    "script.svg": (SVG, "没有读到"),
    "script.html": (b"<html><script>alert(1)</script><body onload=alert(1)><p>hello</p>", "没有读到"),
    "空.docx": (b"", "是空文件"),
    "程序.exe": (b"MZ" + bytes(range(256)) * 40, "没有读到"),
    "坏.pdf": (b"%PDF-1.7\n" + b"\x00\xff" * 500, "没有读到"),
    "坏.docx": (b"PK\x03\x04" + b"\x00" * 100, "没有读到"),
    "假.docx": (SVG, "没有读到"),
    "脚本.pdf": (PDF, "没有运行脚本"),
    "坏编码.txt": (b"\xff\xfe\xfa\x80\x81" * 200, "没有读到"),
    "bomb.zip": (packed({"a.txt": b"0" * (150 << 20)}), "没有"),
    "套娃.zip": (packed({"b.zip": packed({"c.zip": packed({"d.txt": b"1"})})}), "没有"),
    "路径.zip": (packed({"../../../etc/passwd": b"root:x:0"}), "没有读到"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_clear_sentence_and_nothing_stays(drop, name):
    data, words = CASES[name]
    answer = drop(name, data)
    html = answer.content.decode()
    assert answer.status_code in (200, 400, 422), html
    assert words in html
    assert "<script>alert" not in html and "<svg onload" not in html and "onload=alert" not in html
    assert not AnnualReport.objects.exists() and not ReportFile.objects.exists()
    for folder in store.root().iterdir():
        assert folder.name == ".visits" or not (folder / "upload").exists()


def test_macros_are_named_and_not_run(drop):
    answer = drop("宏.docx", with_macros())
    assert "没有运行宏" in answer.content.decode()


def test_too_large_is_said_before_anything_is_kept(client):
    answer = client.post("/checker/", {"file": SimpleUploadedFile("大.pdf", b"%PDF-1.7" + b"\0" * (60 << 20))})
    assert answer.status_code == 413
    assert "提交的内容有60 MB，这里最多接收21 MB" in answer.content.decode()
    assert [one for one in store.root().iterdir() if one.name != ".visits"] == []


@pytest.mark.parametrize("name", ["../../evil.html", "a\x00b.html", "名" * 300 + ".html", ".html", "<script>.html", "a\nb.txt"])
def test_names_cannot_lead_anywhere(drop, name):
    answer = drop(name, samples.document())
    html = answer.content.decode()
    assert answer.status_code == 200 and "<script>.html" not in html
    outside = [path for path in store.root().rglob("*evil*") if "upload" in str(path)]
    assert outside == []


def test_a_hostile_page_is_shown_as_text(drop):
    evil = samples.document().replace("更新不够及时".encode(), b"&lt;script&gt;alert(7)&lt;/script&gt;")
    html = drop("报告.html", evil).content.decode()
    assert "<script>alert(7)" not in html
    assert "&lt;script&gt;alert(7)" in html
