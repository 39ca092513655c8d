"""Type by content, archives, and what is refused."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.archive import Archive
from gongkai.reading.blocks import Paragraph
from gongkai.reading.detecting import detect
from gongkai.reading.formats.mht import open_mht
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.opening import open_document

DATA = Path(__file__).parent / "formats" / "data"
LIMITS = Limits()


def zipped(members: dict[str, bytes], **how: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word(text: str) -> bytes:
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def book(name: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", name: b"<a/>"})


@pytest.mark.parametrize(("data", "name", "kind"), [
    (b"%PDF-1.4\n...", "a.html", "pdf"),
    (b"\n\n%PDF-1.7", "a.doc", "pdf"),
    (b"\x89PNG\r\n\x1a\n....", "a.pdf", "image"),
    (b"\xff\xd8\xff\xe0....", "a.jpg", "image"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "image"),
    (word("x"), "a.doc", "docx"),
    (book("xl/workbook.xml"), "a.xls", "sheet"),
    (zipped({"OFD.xml": b"<OFD/>"}), "a.zip", "ofd"),
    (zipped({"a.html": b"<p>x</p>"}), "a.docx", "zip"),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}), "a", "sheet"),
    ((DATA / "report.doc").read_bytes(), "a.docx", "doc"),
    ((DATA / "book.xls").read_bytes(), "a.html", "sheet"),
    (b"<html><body>x</body></html>", "a.doc", "html"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "a.xls", "html"),
    (b"<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", "a.xls", "html"),
    ("\ufeff<html><body>公开".encode("utf-16"), "a.txt", "html"),
    ("公开\n<table border=1><tr><td>规章</td></tr></table>".encode("gbk"), "a.txt", "html"),
    ("规章<br>0</p>".encode(), "a.html", "html"),
    ("规章 | 0 | <br> | 1".encode(), "a.md", "text"),
    ("青禾县政府信息公开工作年度报告".encode("gb18030"), "a.doc", "text"),
    ("青禾縣政府資訊公開".encode("big5"), "a.html", "text"),
    ("公开年报".encode("utf-16-le") + "abc\r\n".encode("utf-16-le") * 9, "a.txt", "text"),
    (b"From: <Saved by WebKit>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "a.doc", "mht"),
])  # fmt: skip
def test_the_kind_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert detect(data, name, LIMITS) == kind


@pytest.mark.parametrize(("data", "name", "code", "says"), [
    (b"", "a.txt", "corrupt", "空"),
    (b"\xef\xbb\xbf \r\n\x00", "a.txt", "corrupt", "空"),
    (bytes(range(256)) * 8, "a.bin", "corrupt", "乱码"),
    (bytes(range(256)) * 8, "a.ceb", "unsupported", "Apabi"),
    (b"PK\x03\x04" + b"x" * 50, "a.docx", "corrupt", "损坏"),
    (word("x")[:-300], "a.docx", "corrupt", "损坏"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "corrupt", "损坏"),
    (rb"{\rtf1\ansi x}", "a.doc", "unsupported", ".docx"),
    (b"Rar!\x1a\x07\x00", "a.zip", "unsupported", "ZIP"),
    (b"7z\xbc\xaf\x27\x1c..", "a.7z", "unsupported", "ZIP"),
    (book("ppt/presentation.xml"), "a.docx", "unsupported", ".pdf"),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt", "unsupported", ".docx"),
    (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "a.xls", "unsupported", ".xlsx"),
    ((DATA / "encrypted.xlsx").read_bytes(), "a.xlsx", "encrypted", "密码"),
    (zipped({"__MACOSX/a.html": b"x", "style.css": b"x"}), "a.zip", "unsupported", "没有可读"),
])  # fmt: skip
def test_what_cannot_be_read_says_why(data: bytes, name: str, code: str, says: str) -> None:
    with pytest.raises(CannotRead) as caught:
        open_document(data, name, LIMITS)
    assert caught.value.code == code
    assert says in caught.value.message


def test_members_each_a_document_and_a_bad_one_disturbs_none() -> None:
    data = zipped({
        "年报/甲.docx": word("甲"), "坏.docx": word("x")[:-200], "__MACOSX/._甲.docx": b"x", "年报/Thumbs.db": b"x",
        "年报/页_files/a.png": b"x", "~$甲.docx": b"x", "内.zip": zipped({"乙.docx": word("乙")}),
    })  # fmt: skip
    found = {d.source: d for d in open_document(data, "上报.zip", LIMITS)}
    assert list(found) == ["上报.zip!年报/甲.docx", "上报.zip!坏.docx", "上报.zip!内.zip!乙.docx"]
    assert found["上报.zip!内.zip!乙.docx"].blocks == [Paragraph("乙")]
    bad = found["上报.zip!坏.docx"]
    assert (bad.kind, bad.blocks, [p.code for p in bad.problems]) == ("docx", [], ["corrupt"])


def test_member_names_in_gbk_and_utf8_without_the_flag() -> None:
    for encoding in ("gbk", "utf-8"):
        raw = "年度报告.docx".encode(encoding)
        data = zipped({"x" * len(raw): word("x")}).replace(b"x" * len(raw), raw)
        assert [d.source for d in open_document(data, "a.zip", LIMITS)] == ["a.zip!年度报告.docx"]


def test_encrypted_members_are_named() -> None:
    data = bytearray(zipped({"a.docx": word("a"), "b.docx": word("b")}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    first, second = open_document(bytes(data), "a.zip", LIMITS)
    assert ([p.code for p in first.problems], second.blocks) == (["encrypted"], [Paragraph("b")])


def codes(data: bytes, limits: Limits) -> list[str]:
    try:
        return [p.code for d in open_document(data, "a.zip", limits) for p in d.problems]
    except CannotRead as error:
        return [error.code]


def test_bombs_stop_at_the_bytes_that_really_come_out() -> None:
    bomb = bytearray(zipped({"a.docx": b"<p>" * 1_000_000}))
    assert codes(bytes(bomb), Limits(unpacked=100_000)) == ["too_large"]
    directory = bomb.index(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = struct.pack("<I", 10)
    assert codes(bytes(bomb), Limits(unpacked=100_000)) in (["too_large"], ["corrupt"])
    nested = zipped({f"{i}.zip": zipped({"a.docx": b"\x01" * 60_000}) for i in range(9)})
    assert codes(nested, Limits(unpacked=100_000))[-1] == "too_large"
    assert len(codes(nested, Limits(unpacked=100_000))) < 9


def test_depth_members_and_size_are_limited() -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.docx": word("c")})})})
    assert codes(deep, Limits(depth=3)) == []
    assert codes(deep, Limits(depth=2)) == ["too_large"]
    many = zipped({f"{i}.docx": b"x" for i in range(30)})
    assert codes(many, Limits(members=29)) == ["too_large"]
    assert codes(many, Limits(bytes=100)) == ["too_large"]


def test_a_directory_of_millions_is_refused_unread() -> None:
    data = bytearray(zipped({"a.docx": b"x"}))
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 0x7FFFFFFF)
    with pytest.raises(CannotRead, match="too_large"):
        Archive(bytes(data), LIMITS)


def test_a_web_archive_is_read_as_its_page() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/"
    page = "<html><body><p>青禾县年报</p></body></html>".encode("gbk")
    data = head + b"html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--b--\r\n"
    blocks = open_mht(data, "a.mht", LIMITS).blocks
    assert [b.text.strip() for b in blocks if isinstance(b, Paragraph)] == ["青禾县年报"]
    with pytest.raises(CannotRead, match="corrupt"):
        open_mht(head + b"css\r\n\r\nx\r\n--b--\r\n", "a.mht", LIMITS)


SAMPLE = zipped({"年报/a.docx": word("甲"), "b.zip": zipped({"c.docx": word("乙")})})


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(SAMPLE)))
def test_damaged_archives_give_documents_or_a_verdict(flips: list[tuple[int, int]], keep: int) -> None:
    data = bytearray(SAMPLE)
    for at, byte in flips:
        data[at] = byte
    try:
        assert open_document(bytes(data if keep % 3 else data[:keep]), "a.zip", LIMITS)
    except CannotRead as error:
        assert error.code in ("corrupt", "encrypted", "too_large", "unsupported")
