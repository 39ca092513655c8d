"""The blank request form (政府信息公开申请表) to fill in by hand or computer: what Art. 29 lets an organ ask, nothing more.

No purpose is asked for: since 2019 nobody needs to say why (Art. 27).
"""

from __future__ import annotations

import io
import json
from functools import cache
from typing import Any

from gongkai.web.organs.models import Office

TITLE = "政府信息公开申请表"
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

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title, document.core_properties.author = TITLE, organ
    _face(document.styles["Normal"], "仿宋_GB2312", 11)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _face(head.add_run(TITLE), "方正小标宋简体", 20)
    for line in addressed_to(organ, office):
        document.add_paragraph(line).paragraph_format.space_after = Pt(0)
    table = document.add_table(rows=0, cols=5, style="Table Grid")
    for group, rows in GROUPS:
        first = len(table.rows)
        for row in rows:
            _row(table, row)
        table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0)).text = group
    for label, text in ((CONTENT, ""), WAYS, CARRIERS):
        cells = table.add_row().cells
        cells[0].merge(cells[1]).text = label
        cells[2].merge(cells[4]).text = text
        if not text:
            table.rows[-1].height = Cm(5)
    cells = table.add_row().cells
    cells[0].merge(cells[1]).text, cells[3].text = SIGNED
    for made in table.rows:
        made.height = made.height or Cm(0.85)
    document.add_paragraph("填表说明：").paragraph_format.space_before = Pt(6)
    for number, note in enumerate(NOTES, start=1):
        document.add_paragraph(f"{number}．{note}").paragraph_format.space_after = Pt(0)
    store = io.BytesIO()
    document.save(store)
    return store.getvalue()


def _row(table: Any, labels: tuple[str, ...]) -> None:
    cells = table.add_row().cells
    cells[1].text = labels[0]
    if len(labels) == 1:
        cells[2].merge(cells[4])
        return
    cells[3].text = labels[1]
    if labels[0] == "单位类型":
        cells[2].text = UNIT_TYPES.replace("　", "\n")


def _face(run: Any, name: str, size: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size = name, Pt(size)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def to_pdf(organ: str, office: Office | None) -> bytes:
    """As a PDF (tagged), typeset by typst from the same data."""
    import typst

    data = {
        "title": TITLE, "to": addressed_to(organ, office), "groups": GROUPS, "types": UNIT_TYPES, "content": CONTENT,
        "ways": WAYS, "carriers": CARRIERS, "signed": SIGNED, "notes": NOTES,
    }  # fmt: skip
    inputs = {"form": json.dumps(data, ensure_ascii=False)}
    return bytes(typst.compile(_PAGE.encode(), format="pdf", pdf_standards="ua-1", sys_inputs=inputs, font_paths=_fonts()))


@cache
def _fonts() -> Any:
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif_path().parent)])


_PAGE = """
#let form = json(bytes(sys.inputs.form))
#set document(title: form.title, author: ())
#set page(paper: "a4", margin: (x: 2.5cm, y: 2cm))
#set text(font: "Noto Serif SC", size: 11pt, lang: "zh", region: "cn")
#align(center, heading(level: 1, text(size: 20pt, form.title)))
#v(4pt)
#for line in form.to [#line \\ ]
#let blank = table.cell([])
#let rows = ()
#for (name, fields) in form.groups {
  rows.push(table.cell(rowspan: fields.len(), align: center + horizon, name))
  for labels in fields {
    rows.push(labels.at(0))
    if labels.len() == 1 { rows.push(table.cell(colspan: 3)[]) } else {
      rows.push(if labels.at(0) == "单位类型" { text(size: 9pt, form.types.replace("　", "\\n")) } else { [] })
      rows.push(labels.at(1)); rows.push([])
    }
  }
}
#table(
  columns: (1.6cm, 2.6cm, 1fr, 2.9cm, 1fr), align: left + horizon, inset: (x: 5pt, y: 6pt), stroke: 0.6pt,
  ..rows,
  table.cell(colspan: 2, form.content), table.cell(colspan: 3, box(height: 4.4cm)),
  table.cell(colspan: 2, form.ways.at(0)), table.cell(colspan: 3, form.ways.at(1)),
  table.cell(colspan: 2, form.carriers.at(0)), table.cell(colspan: 3, form.carriers.at(1)),
  table.cell(colspan: 2, form.signed.at(0)), [], form.signed.at(1), [],
)
#text(size: 9.5pt)[填表说明： \\
#for (i, note) in form.notes.enumerate() [#(i + 1)．#note \\ ]]
"""
