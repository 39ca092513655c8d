"""The blank request form (政府信息公开申请表) to fill in by hand or computer: what Art. 29 lets an organ ask, nothing more.

No purpose is asked for: since 2019 nobody needs to say why (Art. 27).
"""

from __future__ import annotations

import io
import json
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.web.organs.models import Office

TITLE = "政府信息公开申请表"
_PAGE = files(__package__).joinpath("request_form.typ").read_bytes()
# (group, [rows]); a row is a list of labels, each followed by an empty cell; "□" rows are choices.
GROUPS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("公民", (("姓名", "工作单位"), ("证件名称", "证件号码"), ("联系电话", "邮政编码"), ("联系地址",), ("电子邮箱",))),
    ("法人或者其他组织", (("名称", "统一社会信用代码"), ("单位类型", "法定代表人"), ("联系人", "联系电话"), ("联系地址",), ("电子邮箱",))),
)
UNIT_TYPES = "□商业企业　□科研机构　□社会公益组织　□法律服务机构　□其他"
CONTENT = "所需信息的名称、文号或者便于查询的其他特征性描述"
WAYS = ("获取信息的方式", "□邮寄　□电子邮件　□传真　□自行领取")
CARRIERS = ("信息的载体形式", "□纸质　□电子文档")
SIGNED = ("申请人签名或者盖章", "申请日期")
WIDTHS = (1.6, 2.6, 4.45, 2.9, 4.45)  # cm: the group, and two pairs of label and field
NOTES = (
    "公民、法人或者其他组织只填写与自己有关的一栏。",
    "申请时请附身份证明（居民身份证复印件、营业执照复印件等）。",
    "所需信息请写清名称、文号或者其他特征，一份申请表写一项信息。",
    "按申请人要求的形式提供可能危及载体安全或者成本过高的，可以提供电子数据或者其他适当形式（《条例》第四十条）。",
)


def addressed_to(organ: str, office: Office | None) -> list[str]:
    """Where the filled form goes."""
    lines = [f"受理机关：{organ}"]
    if office is not None:
        lines.append(f"受理机构：{office.name}")
        if office.address:
            lines.append(f"通信地址：{office.address}" + (f"（邮编{office.postcode}）" if office.postcode else ""))
        contact = [f"{label}{value}" for label, value in (("电话", office.phone), ("传真", office.fax), ("电子邮箱", office.email)) if value]
        if contact:
            lines.append("，".join(contact))
    return lines


def to_docx(organ: str, office: Office | None) -> bytes:
    """As a Word document."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    from gongkai.writing import docx_style

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title, document.core_properties.author = TITLE, organ
    docx_style.set_fonts(document)
    docx_style.set_face(document.styles["Normal"], docx_style.FILE, 11)
    usual = document.styles["Normal"].paragraph_format
    usual.space_after, usual.line_spacing = Pt(0), Pt(16)  # exact: one page, whatever face stands in for the one named
    head = document.add_paragraph()
    head.alignment, head.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(8)
    head.paragraph_format.line_spacing = Pt(28)
    docx_style.set_face(head.add_run(TITLE), docx_style.SONG, 20)
    for line in addressed_to(organ, office):
        last = document.add_paragraph(line)
    last.paragraph_format.space_after = Pt(6)
    _table(document)
    document.add_paragraph("填表说明：").paragraph_format.space_before = Pt(6)
    for number, note in enumerate(NOTES, start=1):
        document.add_paragraph(f"{number}．{note}")
    store = io.BytesIO()
    document.save(store)
    return store.getvalue()


def _table(document: Any) -> None:
    """The fields: what stands in a cell is in its middle, as on the printed form."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for group, rows in GROUPS:
        first = len(table.rows)
        for row in rows:
            _row(table, row)
        place = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
        place.text = group
        place.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, text in ((CONTENT, ""), WAYS, CARRIERS):
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = label
        cells[2].merge(cells[4]).text = text
        if not text:
            table.rows[-1].height = Cm(4.4)
    cells = table.add_row().cells
    cells[0].merge(cells[1]).text, cells[3].text = SIGNED
    for made in table.rows:
        made.height = made.height or Cm(0.9)
        for cell in made.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _row(table: Any, labels: tuple[str, ...]) -> None:
    from docx.shared import Pt

    cells = table.add_row().cells
    cells[1].text = labels[0]
    if len(labels) == 1:
        cells[2].merge(cells[4])
        return
    cells[3].text = labels[1]
    if labels[0] == "单位类型":
        cells[2].text = UNIT_TYPES.replace("　", "\n")
        cells[2].paragraphs[0].runs[0].font.size = Pt(9)
        cells[2].paragraphs[0].paragraph_format.line_spacing = Pt(13)


def to_pdf(organ: str, office: Office | None) -> bytes:
    """As a PDF (tagged), typeset by typst from the same data."""
    import typst

    data = {
        "title": TITLE, "to": addressed_to(organ, office), "groups": GROUPS, "types": UNIT_TYPES, "content": CONTENT,
        "ways": WAYS, "carriers": CARRIERS, "signed": SIGNED, "notes": NOTES, "widths": WIDTHS,
    }  # fmt: skip
    inputs = {"form": json.dumps(data, ensure_ascii=False)}
    return bytes(typst.compile(_PAGE, format="pdf", pdf_standards="ua-1", sys_inputs=inputs, font_paths=_fonts()))


@cache
def _fonts() -> Any:
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif_path().parent)])
