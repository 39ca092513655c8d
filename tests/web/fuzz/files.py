"""Hostile files, and a few good ones so that what comes after the upload is reached too."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from tests.web.reporting import samples

from .values import MARK

NAMES = (
    "../../../etc/passwd", "..\\..\\a.pdf", "/etc/passwd", "a\u202efdp.exe", "a\x00.pdf", "a\r\nX-Gk-Mark: 1.pdf", f"{MARK}.pdf", f'"{MARK}".xlsx',
    "", ".", "..", "公" * 300 + ".pdf", "a" * 5000 + ".csv", "con.pdf", "a.pdf.exe", ".htaccess", "a.PDF ", "a.html", "a.svg", "a", "%00.pdf", "a;b.csv",
    "=cmd|' /C gk-mark'!A0.pdf", "\u200b.pdf", "-rf.docx", "\ud800.pdf", "a.tar.gz", "😀.xlsx",
)  # fmt: skip


def _zip(*parts: tuple[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", level) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def _docx(*more: tuple[str, bytes], body: str = "<w:p><w:r><w:t>hello</w:t></w:r></w:p>") -> bytes:
    from tests.web.catalogue.files import docx_bytes

    buffer = io.BytesIO(docx_bytes("临禾市水务局"))
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in good.namelist():
            archive.writestr(name, good.read(name))
        for name, content in more:
            archive.writestr(name, content)
    return out.getvalue()


def _xlsx(rows: list[list[object]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(number, column, cell)
                else:
                    sheet.write(number, column, cell)
    return buffer.getvalue()


_PDF = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('gk-mark'\\))>>/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/AA<</O<</S/Launch/F(gk-mark.exe)>>>>>>endobj
4 0 obj<</S/JavaScript/JS(gkMark\\(1\\))>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
_SVG = f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="gkMark(1)"><script>gkMark(1)</script>{MARK}</svg>'.encode()
_HTML = f"<!DOCTYPE html><html><body onload=gkMark(1)><script>gkMark(1)</script>{MARK}<h1>某局2023年政府信息公开工作年度报告</h1></body></html>".encode()
_XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
_LAUGHS = b"<!DOCTYPE a [" + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(9)) + b"]><a>&a8;</a>"


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """(name, content); the contents are what matters, names are changed besides."""
    bomb = _zip(("a.txt", b"0" * 120_000_000))
    nested = _zip(("b.zip", _zip(("c.zip", _zip(("d.txt", b"0" * 20_000_000))))))
    many = _zip(*((f"{n}.txt", b"") for n in range(20_000)), level=zipfile.ZIP_STORED)
    climbing = _zip(("../../../../tmp/gk-mark", b"x"), ("/etc/gk-mark", b"x"), ("a\\..\\b", b"x"), ("a\x00b", b"x"), (f"{MARK}.html", _HTML))
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = sheet + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    long_xlsx = sheet + b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 100_000_000 + b"</t></is></c></row></sheetData></worksheet>"
    good = _xlsx([["标题"], ["a"]])
    return (
        ("a.html", _HTML), ("a.pdf", _HTML), ("a.png", _SVG), ("a.svg", _SVG), ("a.txt", _SVG), ("a.csv", _HTML), ("a.svg", _XXE), ("a.html", _LAUGHS),
        ("a.pdf", _PDF), ("a.pdf", _PDF[:200]), ("a.pdf", b"%PDF-1.4\n%%EOF"), ("a.docm", _docx(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"))),
        ("a.docx", _docx(("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"))), ("a.docx", _docx()),
        ("a.docx", _zip(("[Content_Types].xml", _TYPES), ("word/document.xml", _LAUGHS))), ("a.docx", _docx()[:900]), ("a.docx", b"PK\x03\x04"),
        ("a.xlsx", good), ("a.xlsx", _xlsx([["=cmd|' /C gk-mark'!A0", '=HYPERLINK("javascript:gkMark(1)")', MARK], ["=1+1", -1, 1e308]])),
        ("a.xlsx", good[: len(good) // 2]), ("a.xlsx", good + b"\x00" * 70_000), ("a.xlsx", _sheet(good, far)), ("a.xlsx", _sheet(good, long_xlsx)),
        ("a.zip", bomb), ("a.docx", bomb), ("a.xlsx", bomb), ("a.zip", nested), ("a.zip", many), ("a.zip", climbing), ("a.zip", _zip()),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 500), ("a.pdf", b"\x7fELF" + b"\x00" * 500), ("a.txt", b""), ("a.txt", b"\x00" * 1000),
        ("a.csv", b"\xff\xfe\x00a"), ("a.csv", "标题,内容\n".encode("gb18030") + b"\x81"), ("a.csv", b'"' + b"a" * 200_000), ("a.csv", b"," * 100_000),
        ("a.csv", f"标题,类别\n{MARK},=cmd|' /C gk-mark'!A0\n\x00,\n".encode()), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600),
        ("a.jpg", b"\xff\xd8\xff" + _HTML), ("a.gif", b"GIF89a=0;gkMark(1)//" + _HTML), ("a.mp4", b"\x00\x00\x00\x18ftypisom" + _HTML),
        ("a.ofd", _zip(("OFD.xml", _LAUGHS))), ("a.ofd", _zip(("OFD.xml", _XXE))), ("a.txt", "临禾市节约用水办法".encode() * 50),
        ("2023.html", samples.document()), ("2023.docx", samples.document("docx")), ("2023.txt", samples.text(broken=True)),
        ("big.pdf", b"%PDF-1.4\n" + b"0" * 61_000_000), ("big.csv", b"a" * 6_000_000),
    )  # fmt: skip


@cache
def unfolding() -> dict[str, bytes]:
    """Small workbooks that ask for gigabytes."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    good = _xlsx([["标题"], ["a"]])
    far = sheet + b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    text = sheet + b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 120_000_000 + b"</t></is></c></row></sheetData></worksheet>"
    from tests.reading.mutations import SEEDS

    xls = bytearray(SEEDS["xls"]())
    at = xls.find(b"\x00\x02\x0e\x00")  # DIMENSIONS with its ends swapped
    if at >= 0:
        xls[at + 4 : at + 12] = (0xFFFFFFFF).to_bytes(4, "little") + (0).to_bytes(4, "little")
    return {"far": _sheet(good, far), "long": _sheet(good, text), "xls": bytes(xls), "bomb": _sheet(good, b"0" * 120_000_000)}


def _sheet(good: bytes, xml: bytes) -> bytes:
    """A good workbook with another first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in book.namelist():
            archive.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else book.read(name))
    return out.getvalue()
