"""Links in files: found with their words and places, judged like any other link."""

from __future__ import annotations

import io
import socket

import pytest
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.review import tasks
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.contents import examine_files
from gongkai.web.review.checks.examine import findings
from gongkai.web.review.checks.files.links import MOST, links_in
from gongkai.web.review.checks.inspection import LIMITS, look
from gongkai.web.review.models import FileCheck, LinkCheck
from tests.web.review.conftest import CLEAN, reasons

from .files import W, plain_docx, run_xml, saved

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def linked_docx(*addresses: str) -> bytes:
    """A paragraph for each address, under the words 办事指南."""
    document = plain_docx()
    for address in addresses:
        key = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        paragraph = document.add_paragraph()
        paragraph._p.append(parse_xml(f'<w:hyperlink {W} {R} r:id="{key}"><w:r><w:t>办事</w:t></w:r><w:r><w:t>指南</w:t></w:r></w:hyperlink>'))
    return saved(document)


def sheet(address: str) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    book.add_worksheet("甲").write("A1", "无")
    second = book.add_worksheet("乙")
    second.write_url("B3", address, string="查询")
    second.write_formula("C4", '=HYPERLINK("http://formula.example/","去")')
    book.close()
    return kept.getvalue()


def paper(*uris: str, action: str = "/S/URI/URI({})") -> bytes:
    """One page with a link annotation for each address."""
    notes = " ".join(f"<</Type/Annot/Subtype/Link/Rect[0 0 90 20]/A<<{action.format(uri)}>>>>" for uri in uris)
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Annots[{notes}]>>"]
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{one}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return body + f"xref\n0 4\n0000000000 65535 f \n{table}trailer<</Size 4/Root 1 0 R>>startxref\n{len(body)}\n%%EOF".encode()


def told(content, family):
    return [(one.address, one.words, one.place) for one in links_in(content, family)[0]]


def test_links_of_words():
    number = len(plain_docx().paragraphs) + 1
    assert told(linked_docx("http://a.example/"), "docx") == [("http://a.example/", "办事指南", f"第{number}段")]
    field = f'<w:r {W}><w:instrText xml:space="preserve"> HYPERLINK "http://b.example/x" \\o "提示" </w:instrText></w:r>'
    assert told(run_xml(plain_docx(), field), "docx")[0][0] == "http://b.example/x"
    inside = f'<w:r {W}><w:instrText xml:space="preserve"> HYPERLINK \\l "第一章" </w:instrText></w:r>'
    assert told(run_xml(plain_docx(), inside), "docx") == []


def test_links_of_sheets():
    assert told(sheet("https://c.example/q?a=1"), "xlsx") == [
        ("https://c.example/q?a=1", "", "第2个工作表B3"), ("http://formula.example/", "", "第2个工作表C4"),
    ]  # fmt: skip


def test_links_of_pages():
    assert told(paper("http://d.example/", "http://e.example/"), "pdf") == [("http://d.example/", "", "第1页"), ("http://e.example/", "", "第1页")]
    assert told(paper("C:/x.exe", action="/S/Launch/F({})"), "pdf")[0][0].startswith("file:")


def test_of_a_thousand_links_the_first_are_kept_and_the_rest_is_said(tmp_path):
    path = tmp_path / "file.docx"
    path.write_bytes(linked_docx(*(f"http://a.example/{number}" for number in range(MOST + 1))))
    looked = look(str(path), path.name, "docx", LIMITS)
    assert len(looked.links) == MOST
    assert any(one.check == "unchecked" and "链接" in one.message for one in looked.found)


@pytest.fixture
def attached(draft, bureau, monkeypatch):
    monkeypatch.setattr("gongkai.web.review.checks.contents.inspect_apart", lambda path, name, family: look(str(path), name, family, LIMITS))

    def make(*addresses):
        item, content = draft(**CLEAN), linked_docx(*addresses)
        AttachFile(actor=bureau.actor("fan"), item=item, content=io.BytesIO(content), size=len(content), name="表.docx").perform()
        examine_files(item)
        return item

    return make


@pytest.mark.parametrize(
    ("address", "check"),
    [
        ("javascript:alert(1)", "dangerous_link"), ("file:///C:/Users/li/表.xls", "dangerous_link"), ("C:\\资料\\表.xls", "dangerous_link"),
        ("\\\\fileserver\\share", "dangerous_link"), ("ftp://a.example/", "dangerous_link"), ("http://li:secret@a.example/", "dangerous_link"),
        ("http://127.0.0.2/admin", "dead_link_outside"), ("http://192.168.3.4/oa", "dead_link_outside"), ("http://[::1]/", "dead_link_outside"),
        ("http://a.example:8081/", "dead_link_outside"), ("http://[bad/", "dead_link_outside"), ("附件2.xlsx", "dead_link"),
        ("/info/999999", "dead_link"), ("/info/²", "dead_link"), (f"/info/{9 * 10**60}", "dead_link"), ("//[bad", "dead_link_outside"), ("/info/1/files/²", "dead_link"), ("/staff/items", "dead_link"),
    ],
)
def test_what_a_link_in_a_file_may_not_be(attached, address, check):
    found = [one for one in findings(attached(address)) if one.check.key in {"dangerous_link", "dead_link", "dead_link_outside"}]
    assert [one.check.key for one in found] == [check]
    assert found[0].place.startswith("附件“表.docx”第")
    assert found[0].blocks == (check == "dangerous_link")


def test_links_that_are_well(attached):
    assert not [one for one in findings(attached("https://www.example.com/", "mailto:office@example.gov.cn", "#一")) if "link" in one.check.key]


def test_links_elsewhere_are_asked_by_the_worker_through_the_guard(attached, bureau, monkeypatch):
    item = attached("http://gone.example/a")
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: asked.append(host) or [(2, 1, 6, "", ("10.1.2.3", 80))])
    queued = []
    monkeypatch.setattr("gongkai.web.review.actions.submit_item.check_links", type("Task", (), {"enqueue": staticmethod(queued.append)}))
    SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
    assert queued == [["http://gone.example/a"]]
    tasks.check_links.func(queued[0])
    assert asked == ["gone.example"]
    assert "公众打不开" in LinkCheck.objects.get().fault
    assert "dead_link_outside" in {one.check.key for one in findings(item)}


def test_a_content_seen_before_the_links_were_looked_at_is_looked_at_again(attached):
    item = attached("javascript:alert(1)")
    FileCheck.objects.update(edition=1, links=[])
    assert "dangerous_link" not in {one.check.key for one in findings(item)}
    examine_files(item)
    assert "dangerous_link" in {one.check.key for one in findings(item)}
