"""Pages for the benches: generated reports as HTML in the weight published pages have (60-120 kB)."""

from __future__ import annotations

import html
import sys
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.generate import make_report  # noqa: E402
from tests.reading.printed_pages import Spelling, printed_rows  # noqa: E402

from gongkai.report import Report  # noqa: E402

_STYLE = "height:{}pt;"
_MORE = ("border:solid windowtext 1.0pt;border-left:none;padding:0cm 5.4pt 0cm 5.4pt;mso-border-left-alt:solid windowtext .5pt;"
         "mso-border-alt:solid windowtext .5pt;background:white;word-break:break-all;mso-para-margin-left:0cm;vertical-align:middle;") * 4  # fmt: skip
_PARAGRAPH = "<p class=MsoNormal align=center style='line-height:{}pt'>"
_RUN = "<span lang=EN-US style='font-size:9.0pt'>"
_OF = ("政策", "办事", "人事", "财政", "规划", "统计", "应急", "教育", "医疗", "住房", "环境", "交通", "就业", "社会保障", "招标", "采购")
_WHAT = ("文件", "指南", "信息", "公告", "公示", "动态", "解读", "专栏", "服务", "监督", "查询", "目录", "数据", "制度", "领导之窗", "互动")


def report(seed: int, blanks: float = 0.0) -> Report:
    return make_report("2019" if seed % 2 else "2021", seed, blanks=blanks)


def heavy_page(seed: int, kilobytes: int = 100, *, furniture: bool = True, own: bool = False) -> bytes:
    """One report as an office suite saves it: every cell with its styles, as long as the page's weight asks for.

    ``furniture``: with a site's menu of 120 entries, other ones on each page, each a line the reader must see through.
    ``own``: labels spelled as no other page spells them and a third of the zeros left blank, so that the tables are
    met for the first time.
    """
    light = _page(seed, "", furniture=furniture, own=own)
    room = max(0, kilobytes * 1000 - len(light)) // max(1, light.count(b"<td"))
    return _page(seed, _MORE[:room], furniture=furniture, own=own)


def _page(seed: int, style: str, *, furniture: bool, own: bool) -> bytes:
    random, truth = Random(seed), report(seed, 0.3 if own else 0.0)
    spelling = Spelling.of(random) if own else Spelling()
    tables = {2: "disclosure", 3: "requests", 4: "remedies"}
    parts = [f"<h1>{html.escape(truth.title or '')}</h1>"]
    for section in truth.sections:
        parts.append(f"<h2>{'一二三四五六'[section.number - 1]}、{section.title}</h2>")
        if table := tables.get(section.number):
            parts.append(_table(printed_rows(truth, table, spelling, random), random, style))
        parts += [f"<p style='text-indent:32pt'>{line}</p>" for line in section.text.split("\n") if line]
    names = [random.choice(_OF) + random.choice(("", *_OF)) + random.choice(_WHAT) for _ in range(120 * furniture)]
    menu = "".join(f"<li><a href='/col/col{i}/index.html' title='{name}'>{name}</a></li>" for i, name in enumerate(names))
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{truth.title}</title></head><body>"
            f"<ul class=nav>{menu}</ul>{''.join(parts)}</body></html>").encode()  # fmt: skip


def _table(rows: list, random: Random, style: str) -> str:
    out = ["<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"]
    for row in rows:
        out.append("<tr style='height:20pt'>")
        for box, text in row:
            out.append(f"<td rowspan={box.rowspan} colspan={box.colspan} style='{_STYLE.format(random.randint(10, 30))}{style}'>"
                       f"{_PARAGRAPH.format(random.randint(10, 20))}{_RUN}{html.escape(text)}</span></p></td>")  # fmt: skip
        out.append("</tr>")
    out.append("</table>")
    return "".join(out)
