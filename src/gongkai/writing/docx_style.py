"""Page, fonts and paragraph styles of GB/T 9704-2012 for a Word document.

A4 with margins 37/35/28/26 mm, 22 lines of 28 characters: title 方正小标宋简体 二号, section heads 黑体, sub-heads
楷体_GB2312, body 仿宋_GB2312 三号 on lines of exactly 28 pt, page number — 1 — in 宋体 四号, outside on odd and even pages.
Every face names the faces to use on a machine that lacks it (``w:altName``).
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

SONG, FILE, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
LEAD = "公文二级标题字"
TABLE = "公文表格"
_TIGHT = -5  # twentieths of a point between characters: 28 characters of 三号 fill 156 mm
BYLINE = "公文题注"

_INSTEAD = {
    SONG: ("FZXiaoBiaoSong-B05S", "STZhongsong", "Source Han Serif SC", "Noto Serif SC", "Noto Serif CJK SC"),
    FILE: ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC", "Noto Serif CJK SC"),
    KAI: ("KaiTi_GB2312", "KaiTi", "STKaiti", "Noto Serif SC", "Noto Serif CJK SC"),
    HEI: ("SimHei", "STHeiti", "Noto Sans SC", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "STSong", "Noto Serif SC", "Noto Serif CJK SC"),
}


def set_up(document: Any) -> None:
    """Gives a new document the page, fonts and styles."""
    _page(document)
    set_fonts(document)
    styles = document.styles
    _style(styles["Normal"], FILE, 16, indent=True)
    _style(styles["Title"], SONG, 22, centre=True, line=32, after=6)
    _style(styles["Heading 1"], HEI, 16, indent=True, keep=True)
    _style(styles["Heading 2"], KAI, 16, indent=True, keep=True)
    _style(styles.add_style(BYLINE, WD_STYLE_TYPE.PARAGRAPH), KAI, 14, centre=True, after=14)
    table = _style(styles.add_style(TABLE, WD_STYLE_TYPE.PARAGRAPH), FILE, 10.5, centre=True)
    table.paragraph_format.line_spacing = 1.0
    lead = styles.add_style(LEAD, WD_STYLE_TYPE.CHARACTER)
    set_face(lead, KAI, 16, tight=_TIGHT)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    # 28 characters a line come from _TIGHT, not from a character grid, which other programs than Word read differently
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch="560"))
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")


def _number(footer: Any, side: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
    setattr(paragraph.paragraph_format, f"{side}_indent", Pt(14))
    for kind in ("— ", "begin", "PAGE", "separate", "1", "end", " —"):
        run = paragraph.add_run("" if kind in ("begin", "PAGE", "separate", "end") else kind)
        set_face(run, "宋体", 14, latin="宋体")
        if kind == "PAGE":
            field = _element("w:instrText")
            field.text = kind
            run._r.append(field)
        elif not run.text:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def _style(style: Any, face: str, size: float, *, indent: bool = False, centre: bool = False, keep: bool = False,
           line: float = 28, after: float = 0) -> Any:  # fmt: skip
    set_face(style, face, size, tight=_TIGHT if size == 16 else 0)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after = Pt(0), Pt(after)
    form.keep_with_next = keep
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.JUSTIFY
    pr = style.element.get_or_add_pPr()
    for old in (*pr.findall(qn("w:ind")), *pr.findall(qn("w:pBdr")), *pr.findall(qn("w:contextualSpacing"))):
        pr.remove(old)
    form.first_line_indent = Pt(size * 2 if indent else 0)
    pr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200" if indent else "0")
    pr.find(qn("w:spacing")).addprevious(_element("w:snapToGrid", val="0"))
    return style


def set_face(target: Any, name: str, size: float, *, latin: str = LATIN, tight: int = 0) -> None:
    """Sets the face for Chinese and for Latin text, and takes away what the default template had."""
    font = target.font
    font.size, font.bold, font.italic = Pt(size), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    font.name = latin
    pr = target.element.get_or_add_rPr()
    faces = pr.find(qn("w:rFonts"))
    for key in list(faces.attrib):
        del faces.attrib[key]
    for key, value in (("ascii", latin), ("hAnsi", latin), ("eastAsia", name), ("cs", latin)):
        faces.set(qn(f"w:{key}"), value)
    for old in (*pr.findall(qn("w:spacing")), *pr.findall(qn("w:kern")), *pr.findall(qn("w:lang"))):
        pr.remove(old)
    place = pr.find(qn("w:sz"))  # the schema wants spacing before sz and lang after it
    place.addprevious(_element("w:spacing", val=str(tight)))
    pr.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))


def set_fonts(document: Any) -> None:
    """The font table (every face with the faces that stand in for it), the face and the language of all text."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(instead)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, instead in _INSTEAD.items()
    )
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = (
                f'<?xml version="1.0" encoding="UTF-8"?>\n<w:fonts {nsdecls("w")}>{rows}</w:fonts>'.encode()
            )
    defaults = document.styles.element.find(qn("w:docDefaults"))
    faces = defaults.find(f".//{qn('w:rFonts')}")
    parent = faces.getparent()
    parent.replace(faces, parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{LATIN}" w:hAnsi="{LATIN}" '
                                    f'w:eastAsia="{FILE}" w:cs="{LATIN}"/>'))  # fmt: skip
    lang = defaults.find(f".//{qn('w:lang')}")
    lang.set(qn("w:eastAsia"), "zh-CN")


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
