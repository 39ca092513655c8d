"""Makes the binary fixtures of this folder from documents composed here. Run by hand; needs LibreOffice.

python build.py            # report.doc, nested.doc, book.xls, book.ods

encrypted.xlsx holds one cell and was encrypted with msoffcrypto-tool (password 123456).
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HERE = Path(__file__).parent
LIST = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
)
HEADS = ["办理单位", "办理结果", "办理结果", "合计"]


def numbered(document: docx.Document, text: str, depth: int) -> None:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>')
    )


def start() -> docx.Document:
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(LIST))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    return document


def report() -> docx.Document:
    document = start()
    document.add_heading("青禾县水务局2023年政府信息公开工作年度报告", 1)
    numbered(document, "总体情况", 0)
    numbered(document, "主动公开", 1)
    paragraph = document.add_paragraph("全年收到申请")
    paragraph._p.append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>99</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="2" w:author="a" w:date="2024-01-01T00:00:00Z"><w:r><w:t>17</w:t></w:r></w:ins>'))
    paragraph.add_run("件。")
    hidden = paragraph.add_run("此处不印")
    hidden.font.hidden = True
    numbered(document, "依申请公开", 1)
    numbered(document, "收到和处理申请情况", 0)
    table = document.add_table(6, 4, style="Table Grid")
    for row, texts in enumerate([
        ["（说明）", "", "申请人情况", ""],
        ["", "", "自然人", "总计"],
        ["一、新收", "", "17", "17"],
        ["三、办理结果", "（一）予以公开", "11", "11"],
        ["", "（二）部分公开\n（区分处理）", "6", "6"],
        ["四、结转", "", "", ""],
    ]):  # fmt: skip
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for first, last in (((0, 0), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (2, 1)), ((3, 0), (4, 0)), ((5, 0), (5, 1))):
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = merged.text.strip("\n")
    numbered(document, "其他需要报告的事项", 0)
    return document


def nested() -> docx.Document:
    document = start()
    outer = document.add_table(1, 1, style="Table Grid")
    cell = outer.cell(0, 0)
    cell.text = "青禾县水务局2023年政府信息公开工作年度报告"
    inner = cell.add_table(2, 3)
    for row, texts in enumerate([["信息内容", "制发件数", "废止件数"], ["规章", "0", "3"]]):
        for column, text in enumerate(texts):
            inner.cell(row, column).text = text
    cell.add_paragraph("表后文字。")
    document.add_paragraph("联系电话见网站。")
    return document


def book(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("报告")
        sheet.merge_range("A1:D1", "青禾县水务局2023年政府信息公开工作年度报告")
        sheet.write("A2", "一、总体情况")
        sheet.write("A3", "全年收到申请17件。")
        sheet.merge_range("A5:B6", "（说明）")
        sheet.merge_range("C5:D5", "申请人情况")
        sheet.write_row("C6", ["自然人", "总计"])
        sheet.merge_range("A7:B7", "一、新收")
        sheet.write_row("C7", [17, 17])
        sheet.merge_range("A8:B8", "收费金额（万元）")
        sheet.write_row("C8", [0.5, 34435.860000000001])
        hidden = workbook.add_worksheet("底稿")
        hidden.write("A1", "作废")
        hidden.hide()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        report().save(str(room / "report.docx"))
        nested().save(str(room / "nested.docx"))
        book(room / "book.xlsx")
        for name, kind in (("report.docx", "doc:MS Word 97"), ("nested.docx", "doc:MS Word 97"),
                           ("book.xlsx", "xls:MS Excel 97"), ("book.xlsx", "ods")):  # fmt: skip
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", str(HERE), str(room / name)],
                           check=True)  # fmt: skip


if __name__ == "__main__":
    main()
