"""Damaged documents for fuzzing: a seed document of each format, and ways published files come damaged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.generate import make_report
from tests.reading.printed_pages import Spelling, page

from gongkai.writing import to_bytes

DATA = Path(__file__).parent / "formats" / "data"


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲局.html", page(make_report("2021", 2), "html_table", Random(2), Spelling()))
        archive.writestr("乙局.txt", page(make_report("2019", 3), "pipe_rows", Random(3), Spelling()))
    return buffer.getvalue()


def _picture() -> bytes:
    from PIL import Image  # comes with the OCR extra

    buffer = io.BytesIO()
    Image.effect_noise((160, 90), 60).save(buffer, "PNG")
    return buffer.getvalue()


def _ofd() -> bytes:
    """A page with a ruled table of two rows, as an electronic office writes it."""
    lines = "".join(
        f'<ofd:PathObject Boundary="{x0} {y0} {w} {h}" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L {w} {h}</ofd:AbbreviatedData></ofd:PathObject>'
        for x0, y0, w, h in [(20, 40, 120, 0), (20, 50, 120, 0), (20, 60, 120, 0), (20, 40, 0, 20), (110, 40, 0, 20), (140, 40, 0, 20)]
    )  # fmt: skip
    texts = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 90 6" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g {len(t)} 4">{t}</ofd:TextCode></ofd:TextObject>'
        for x, y, t in [(22, 42, "信息内容"), (112, 42, "本年处理决定数量"), (22, 52, "行政许可"), (112, 52, "12"), (20, 20, "某局2023年政府信息公开工作年度报告")]
    )  # fmt: skip
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{lines}{texts}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _first(pattern: str) -> bytes:
    return min(DATA.glob(pattern), key=lambda p: p.stat().st_size).read_bytes()


SEEDS: dict[str, Callable[[], bytes]] = {
    "html": lambda: page(make_report("2021", 1), "html_table", Random(1), Spelling()),
    "txt": lambda: page(make_report("2019", 1), "pipe_padded", Random(1), Spelling()),
    "md": lambda: page(make_report("2021", 1), "markdown", Random(1), Spelling()),
    "docx": lambda: to_bytes(make_report("2021", 1), "docx"),
    "doc": lambda: _first("*.doc"),
    "xlsx": lambda: to_bytes(make_report("2019", 1), "xlsx"),
    "xls": lambda: _first("*.xls"),
    "pdf": lambda: to_bytes(make_report("2021", 1), "pdf"),
    "ofd": _ofd,
    "png": _picture,
    "zip": _zip,
}


def mutated(data: bytes, random: Random) -> bytes:
    """The document with one to eight injuries: bytes changed, cut, doubled, moved, or the end lost."""
    out = bytearray(data)
    for _ in range(random.randint(1, 8)):
        if not out:
            break
        at, length = random.randrange(len(out)), random.choice([1, 1, 2, 4, 16, 256, 4096])
        kind = random.randrange(7)
        if kind == 0:
            out[at] = random.randrange(256)
        elif kind == 1:
            out[at : at + length] = random.randbytes(min(length, 64))
        elif kind == 2:
            del out[at : at + length]
        elif kind == 3:
            out[at:at] = out[at : at + length]
        elif kind == 4:
            out = out[:at]
        elif kind == 5:
            out[at : at + 4] = random.choice([b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff", b"9999"])
        else:
            other = random.randrange(len(out))
            out[at : at + length] = out[other : other + length]
    return bytes(out)
