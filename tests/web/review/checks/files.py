"""Files with something hidden, built here."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

W = nsdecls("w")


def saved(document) -> bytes:
    document.core_properties.author = document.core_properties.author.replace("python-docx", "")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def plain_docx():
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_paragraph("现将有关事项通知如下。")
    return document


def run_xml(document, xml):
    document.paragraphs[-1]._p.append(parse_xml(xml))
    return saved(document)


def with_parts(content: bytes, **parts: str) -> bytes:
    """A zip with more parts; `__` in a name is a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def hidden_run(document, **look):
    run = document.paragraphs[-1].add_run("这里是藏起来的话")
    properties = run._r.get_or_add_rPr()
    for name, value in look.items():
        one = OxmlElement(f"w:{name}")
        if value:
            one.set(qn("w:val"), value)
        properties.append(one)
    return saved(document)


def pdf(pages: list[bytes], *, catalog: bytes = b"", page: bytes = b"", info: bytes = b"", objects: tuple[bytes, ...] = ()) -> bytes:
    """A PDF with one content stream a page; /F1 is Helvetica. Extra objects begin at number 100."""
    bodies: dict[int, bytes] = {3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    kids = []
    for number, stream in enumerate(pages):
        at, content = 10 + 2 * number, 11 + 2 * number
        kids.append(b"%d 0 R" % at)
        bodies[at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> "
            b"/XObject << /X1 100 0 R >> >> /Contents %d 0 R %b >>" % (content, page)
        )
        bodies[content] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)
    bodies[1] = b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog
    bodies[2] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(kids))
    if info:
        bodies[4] = b"<< %b >>" % info
    bodies |= dict(enumerate(objects, 100))
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.7\n")
    for number in sorted(bodies):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, bodies[number]))
    start, size = out.tell(), max(bodies) + 1
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        out.write(b"%010d %05d %b \n" % (places.get(number, 0), 0 if number in places else 65535, b"n" if number in places else b"f"))
    trailer = b"/Info 4 0 R" if info else b""
    out.write(b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))
    return out.getvalue()


TEXT = b"BT /F1 12 Tf 100 700 Td (Wang Xiaoming) Tj ET"
BOX = b"0 0 0 rg 95 695 120 20 re f"


def form_with(stream: bytes) -> bytes:
    """A form XObject moved by (50, -100)."""
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1 0 0 1 50 -100] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>"
        b"\nstream\n%b\nendstream" % (len(stream), stream)
    )


def image() -> bytes:
    """A one-pixel picture."""
    data = zlib.compress(b"\x80\x80\x80")
    return (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>"
        b"\nstream\n%b\nendstream" % (len(data), data)
    )
