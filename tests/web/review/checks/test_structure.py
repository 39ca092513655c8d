"""What a file carries is told by its structure, whatever things in it are called."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from gongkai.reading.archive import Budget
from gongkai.reading.limits import CannotRead
from gongkai.web.catalogue.files.detecting import family
from gongkai.web.review.checks.files import inspect
from gongkai.web.review.checks.files.reach import Reach

from .compound_files import VBA, compound, packaged, record
from .files import TEXT, W, pdf, plain_docx, run_xml, saved, with_parts
from .photographs import BY_LINE, PLACED, XMP, exif, jpeg, png, webp
from .test_files import workbook

DOCX, XLSX = saved(plain_docx()), workbook()
MZ = b"MZ\x90\x00\x03" + bytes(60)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">%s</Types>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'


def found(content, of, name=""):
    return {one.check for one in inspect(content, of, name)}


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def override(content, name, type_):
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        types = old.read("[Content_Types].xml").decode()
    return with_parts(content, **{"[Content_Types].xml": types.replace("</Types>", f'<Override PartName="/{name}" ContentType="{type_}"/></Types>')})


MACROS = {
    "a project under another name": (with_parts(DOCX, **{"word/media/picture.png": VBA}), "docx"),
    "a content type": (override(DOCX, "word/x.dat", "application/vnd.ms-office.vbaProject"), "docx"),
    "a document type": (override(DOCX, "word/y.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), "docx"),
    "a relation": (
        with_parts(DOCX, **{"word/_rels/a.xml.rels": RELATIONS % '<Relationship Id="r" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="a.dat"/>'}),
        "docx",
    ),
    "a sheet of Excel 4": (override(XLSX, "xl/worksheets/sheet9.xml", "application/vnd.ms-excel.macrosheet+xml"), "xlsx"),
    "a project in a DOC": (compound({"WordDocument": b"", "Stuff/vba/dir": b"", "Stuff/vba/_vba_project": b""}), "doc"),
    "a sheet of Excel 4 in an XLS": (compound({"Workbook": record(0x809, bytes(16)) + record(0x85, bytes(5) + b"\x01\x01\0a")}), "xls"),
    "a project in a PPT": (
        compound({"PowerPoint Document": bytes.fromhex("1f00ff0314000000020000040c000000") + b"\x07\0\0\0\x01\0\0\0\x02\0\0\0"}), "doc",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MACROS)
def test_macros_under_whatever_name(case):
    content, of = MACROS[case]
    assert family(io.BytesIO(content)) == "macro"
    assert "macros" in found(content, of)


def test_documents_without_macros_are_not_blamed():
    plain = compound({"Workbook": record(0x809, bytes(16)) + record(0x85, bytes(6) + b"\x01\0a")})
    assert family(io.BytesIO(plain)) == "xls"
    assert "macros" not in found(plain, "xls")
    assert family(io.BytesIO(with_parts(DOCX, **{"word/embeddings/a.bin": compound({"CONTENTS": b"x"})}))) == "docx"


CARRIED = {
    "a program": (zipped(**{"说明.txt": MZ}), "zip", "programs"),
    "a script": (zipped(**{"安装.VBS ": "x"}), "zip", "programs"),
    "a program in a zip in a zip": (zipped(a=zipped(**{"b.dat": zipped(c=MZ)})), "zip", "programs"),
    "a program in a zip in a document": (with_parts(DOCX, **{"word/media/image1.png": zipped(a=MZ)}), "docx", "programs"),
    "a program called XML": (with_parts(DOCX, **{"word/theme/theme9.xml": MZ}), "docx", "programs"),
    "macros in a document in a zip": (zipped(**{"甲.docx": MACROS["a project under another name"][0]}), "zip", "macros"),
    "changes in a document in a zip": (
        zipped(**{"甲.docx": run_xml(plain_docx(), f'<w:ins {W} w:id="1" w:author="某甲"><w:r><w:t>新</w:t></w:r></w:ins>')}), "zip", "tracked_changes",
    ),
    "a hidden sheet in a document": (with_parts(DOCX, **{"word/embeddings/a.bin": workbook(hidden_sheet=True)}), "docx", "hidden_parts"),
    "a packaged program in a DOC": (compound({"WordDocument": b"", "ObjectPool/_1/\x01Ole10Native": packaged("a.txt", MZ)}), "doc", "programs"),
    "a packaged program in a DOCX": (with_parts(DOCX, **{"word/embeddings/o.bin": compound({"\x01Ole10Native": packaged("a.exe", b"x" * 9)})}), "docx", "programs"),
    "a closed archive": (zipped(**{"a.rar": b"Rar!\x1a\x07\x01\x00"}), "zip", "unchecked"),
    "a drawing that runs": (with_parts(DOCX, **{"word/media/image1.svg": "<svg xmlns='s'><script>x</script></svg>"}), "docx", "scripts"),
    "a page called a film": (zipped(**{"会议.mp4": "<html><p>x</p></html>"}), "zip", "disguised"),
    "a damaged document": (zipped(**{"甲.docx": DOCX[:200]}), "zip", "unchecked"),
    "the main part under another name": (
        with_parts(DOCX, **{"other/body.dat": f'<w:document {W}><w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p></w:body></w:document>'}),
        "docx", "hidden_text",
    ),
    "a program in a PDF": (
        pdf([TEXT], catalog=b"/Names << /EmbeddedFiles << /Names [(a.txt) 100 0 R] >> >>", objects=(
            b"<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 101 0 R >> >>",
            b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%b\nendstream" % (len(MZ), MZ),
        )),
        "pdf", "programs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CARRIED)
def test_what_is_carried_is_looked_at(case):
    content, of, check = CARRIED[case]
    assert check in found(content, of)


def test_the_way_to_what_was_found_is_told():
    (one,) = inspect(zipped(**{"甲.zip": zipped(**{"乙.docx": with_parts(DOCX, **{"word/media/a.png": MZ})})}), "zip")
    assert one.place == "内“甲.zip”内“乙.docx”内“a.png”"


def test_two_members_with_the_same_fault_are_two_findings():
    assert len({one.value for one in inspect(zipped(a=MZ, b=MZ), "zip")}) == 2


def test_depth_and_unpacked_size_end():
    nest = MZ
    for _ in range(8):
        nest = zipped(a=nest)
    assert [one.check for one in inspect(nest, "zip")] == ["unchecked"]
    bomb = zipped(**{f"{number}.txt": bytes(1 << 20) for number in range(8)})
    reach = Reach(lambda *_: iter(()), budget=Budget(4 << 20))
    from gongkai.web.review.checks.files import archives

    told = list(archives.inspect(bomb, "", reach))
    assert [one.check for one in told] == ["unchecked"]
    assert "上限" in told[0].message


def test_a_member_that_does_not_unpack_hides_no_other():
    content = bytearray(with_parts(DOCX, **{"word/media/a.bin": bytes(range(256)) * 40, "word/media/b.bin": MZ}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("word/media/a.bin")
    content[info.header_offset + 60 : info.header_offset + 90] = bytes(30)
    with pytest.raises(CannotRead):
        Reach(inspect).open(bytes(content)).read("word/media/a.bin")
    assert found(bytes(content), "docx") >= {"unchecked", "programs"}


def test_an_attachment_of_a_pdf_without_data_hides_no_words():
    tree = b"/Names << /EmbeddedFiles << /Names [(a.txt) 100 0 R] >> >>"
    content = pdf([TEXT + b"\n0 0 0 rg 95 695 120 20 re f"], catalog=tree, objects=(b"<< /Type /Filespec /F (a.txt) /UF (a.txt) >>",))
    assert found(content, "pdf") == {"embedded_files", "unchecked", "hidden_text"}


def test_a_project_filled_up_to_any_size_is_found():
    content = with_parts(DOCX, **{"word/media/picture.png": VBA + bytes(70 << 20)})
    assert family(io.BytesIO(content)) == "macro"


def begin(*pieces, simple=False):
    """A field whose instruction is in these pieces, each a run of its own."""
    if simple:
        return f'<w:p {W}><w:fldSimple w:instr="{pieces[0]}"/></w:p>'
    runs = "".join(piece if piece.startswith("<") else f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    char = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    return f"<w:p {W}>{char % 'begin'}{runs}{char % 'separate'}<w:r><w:t>x</w:t></w:r>{char % 'end'}</w:p>"


def inner(*pieces):
    return re.sub(r"^<w:p [^>]*>|</w:p>$", "", begin(*pieces))


FIELDS = {
    "plain": (begin('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "scripts"),
    "split": (begin(" D", "DE", "AU", "TO excel"), "scripts"),
    "simple": (begin("dde excel x", simple=True), "scripts"),
    "numbers": (begin(inner("QUOTE 68 68 69 65 85 84 79"), " c:\\cmd.exe"), "scripts"),
    "another field": (begin(inner("REF x"), " c:\\cmd.exe"), "scripts"),
    "fetched": (begin('INCLUDEPICTURE "https://example.org/a.png" \\d'), "external_parts"),
    "page number": (begin(" PAGE  \\* MERGEFORMAT "), None),
    "if with a field": (begin("IF ", inner(" PAGE "), " = 1 a b"), None),
    "text about it": (f"<w:p {W}><w:r><w:t>DDEAUTO cmd</w:t></w:r></w:p>", None),
}


@pytest.mark.parametrize("case", FIELDS)
def test_fields(case):
    xml, check = FIELDS[case]
    assert found(run_xml(plain_docx(), xml), "docx") == ({check} if check else set())


def test_links_of_workbooks_and_old_documents_to_programs():
    link = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    assert found(with_parts(XLSX, **{"xl/e.xml": link}), "xlsx") == {"scripts"}
    cell = '<worksheet xmlns="x"><sheetData><row><c r="B2"><f>cmd|\'/c calc\'!A0</f></c></row></sheetData></worksheet>'
    (one,) = inspect(with_parts(XLSX, **{"xl/worksheets/sheet7.xml": cell}), "xlsx")
    assert (one.check, one.place) == ("scripts", "第7个工作表B2")
    assert "scripts" in found(compound({"Workbook": record(0x1AE, b"\0\0\x08\0\0cmd\x03calc")}), "xls")
    assert "scripts" not in found(compound({"Workbook": record(0x1AE, b"\x01\0\x08\0\0\x01dir\x03a.xls")}), "xls")
    assert "scripts" in found(compound({"WordDocument": b"text\x13 DDEAUTO cmd\x14\x15"}), "doc")
    assert "scripts" in found(compound({"WordDocument": "\x13 DDE x\x14".encode("utf-16-le")}), "doc")


@pytest.mark.parametrize(
    ("target", "check"),
    [
        ("https://example.org/t.dotm", "scripts"), ("\\\\host\\t.dotm", "scripts"), ("file://host/t.dotm", "scripts"),
        ("file:///\\\\host\\t.dotm", "scripts"), ("file:///C:/Users/wang/Normal.dotm", "external_parts"),
    ],
)  # fmt: skip
def test_a_template_elsewhere_is_loaded_when_the_document_opens(target, check):
    rel = RELATIONS % f'<Relationship Id="r" Type="http://x/attachedTemplate" Target="{target}" TargetMode="External"/>'
    assert found(with_parts(DOCX, **{"word/_rels/x.rels": rel}), "docx") == {check}


FORMULAS = ["=1+1", "+cmd()", "-SUM(A1)", "@SUM(A1)", "\t=A1", "\r=A1", "＝A1", '=HYPERLINK("http://example.org","x")', "-2+3+A1"]
NONE = ["-5", "+86 10 1234 5678", "+86-571-12345678", "-1,234.50", "-3.2%", "-5元", "--", "—", "-", "甲=乙", "a@example.org", "\t110101199001010000", "1-2", "-1e5", "="]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_be_computed(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    (one,) = inspect(f"名称,数值\n甲,{quoted}\n".encode(), "text", "file.csv")
    assert (one.check, one.place) == ("formulas", "B2")


@pytest.mark.parametrize("cell", NONE)
def test_a_number_is_no_formula(cell):
    assert found(f'名称,数值\n甲,"{cell}"\n'.encode("gb18030"), "text", "file.csv") == set()


def test_commands_in_a_csv_and_long_lists_of_formulas():
    assert found("a;b\n1;=cmd|' /C calc'!A0\n".encode("utf-16"), "text", "file.csv") == {"scripts"}
    assert found(b"a,b\n1,@SUM(1)*cmd|'/c x'!A1\n", "text", "file.csv") & {"scripts", "formulas"}
    assert len(list(inspect(b"=A1\n" * 1000, "text", "file.csv"))) == 21
    assert found(b"=A1\n", "text", "file.txt") == set()


PICTURES = {
    "jpeg place": (jpeg((0xE1, b"Exif\0\0" + exif())), "jpeg", {"location"}),
    "jpeg big-endian": (jpeg((0xE1, b"Exif\0\0" + exif(order=">", artist=b"Wang"))), "jpeg", {"location", "metadata"}),
    "jpeg artist": (jpeg((0xE1, b"Exif\0\0" + exif(place=False, artist=b"Wang"))), "jpeg", {"metadata"}),
    "jpeg xmp": (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACED)), "jpeg", {"location", "metadata"}),
    "jpeg iptc": (jpeg((0xED, BY_LINE)), "jpeg", {"metadata"}),
    "jpeg clean": (jpeg((0xE1, b"Exif\0\0" + exif(place=False))), "jpeg", set()),
    "png exif": (png((b"eXIf", exif())), "png", {"location"}),
    "png xmp": (png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP % b"")), "png", {"metadata"}),
    "png author": (png((b"tEXt", b"Author\0Wang")), "png", {"metadata"}),
    "png raw profile": (png((b"tEXt", b"Raw profile type exif\0\nexif\n      9\n" + (b"Exif\0\0" + exif()).hex().encode())), "png", {"location"}),
    "png clean": (png((b"tEXt", b"Software\0x")), "png", set()),
    "webp": (zipped(**{"a.webp": webp((b"EXIF", exif()), (b"XMP ", PLACED))}), "zip", {"location", "metadata"}),
    "tiff": (zipped(**{"a.tif": exif(artist=b"Wang")}), "zip", {"location", "metadata"}),
    "gif": (b"GIF89a" + bytes(7) + b"!\xff\x0bXMP DataXMP" + PLACED, "gif", {"location", "metadata"}),
    "film": (b"\0\0\0\x18ftypisom" + bytes(12) + b"moovudta\xa9xyz\x00\x12\x15\xc7+30.2592+120.1509/", "mp4", {"location"}),
    "in a document": (with_parts(DOCX, **{"word/media/image1.jpeg": jpeg((0xE1, b"Exif\0\0" + exif()))}), "docx", {"location"}),
    "in a PDF": (pdf([TEXT], objects=(b"<< /Length 9 >>\nstream\n" + jpeg((0xE1, b"Exif\0\0" + exif())) + b"\nendstream",)), "pdf", {"location"}),
    "author of a PDF": (pdf([TEXT], objects=(b"<< /Type /Metadata /Length 9 >>\nstream\n" + XMP % b"" + b"\nendstream",)), "pdf", {"metadata"}),
    "a loop": (jpeg((0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0")), "jpeg", set()),
    "cut short": (jpeg((0xE1, b"Exif\0\0" + exif()[:20])), "jpeg", set()),
}  # fmt: skip


@pytest.mark.parametrize("case", PICTURES)
def test_what_a_picture_tells(case):
    content, of, checks = PICTURES[case]
    assert found(content, of) == checks


def test_the_place_itself_is_not_repeated():
    (one,) = inspect(PICTURES["jpeg place"][0], "jpeg")
    assert one.excerpt == ""


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>x</script>%PDF-1.7", b"\0\0\0\x18ftypisom<html><body onload=x>", b"ID3<script>x</script>", b"GIF89a<script>x</script>",
        b"\xff\xd8\xff\xfe<!DOCTYPE html><p>", b"<html><p>x</p>",
    ],
)  # fmt: skip
def test_a_page_is_no_picture_film_or_pdf(content):
    assert family(io.BytesIO(content)) == "markup"


@pytest.mark.parametrize("of", ["jpeg", "pdf"])
def test_what_is_an_archive_or_a_page_as_well(of):
    base = jpeg() if of == "jpeg" else pdf([TEXT])
    assert found(base + zipped(a=MZ), of) == {"disguised", "programs"}
    assert found(base, of) == set()
    if of == "jpeg":
        assert found(base + bytes(1 << 17) + b"<script>x</script>", of) == {"disguised"}
