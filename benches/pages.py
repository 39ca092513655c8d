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

_STYLE = "border:solid windowtext 1.0pt;border-left:none;padding:0cm 5.4pt 0cm 5.4pt;height:{}pt"
_PARAGRAPH = "<p class=MsoNormal align=center style='text-align:center;line-height:{}pt'>"
_RUN = "<span lang=EN-US style='font-size:9.0pt;font-family:宋体;mso-bidi-font-family:宋体;color:black'>"


def report(seed: int) -> Report:
    return make_report("2019" if seed % 2 else "2021", seed)


def heavy_page(seed: int) -> bytes:
    """One report as an office suite saves it: every cell with its styles. Between 60 and 120 kB."""
    random, truth = Random(seed), report(seed)
    spelling = Spelling()
    tables = {2: "disclosure", 3: "requests", 4: "remedies"}
    parts = [f"<h1>{html.escape(truth.title or '')}</h1>"]
    for section in truth.sections:
        parts.append(f"<h2>{'一二三四五六'[section.number - 1]}、{section.title}</h2>")
        if table := tables.get(section.number):
            parts.append(_table(printed_rows(truth, table, spelling, random), random))
        parts += [f"<p style='text-indent:32pt'>{line}</p>" for line in section.text.split("\n") if line]
    furniture = "".join(f"<li><a href='/col/col{i}/index.html' title='栏目{i}'>栏目{i}</a></li>" for i in range(120))
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{truth.title}</title></head><body>"
            f"<ul class=nav>{furniture}</ul>{''.join(parts)}</body></html>").encode()  # fmt: skip


def _table(rows: list, random: Random) -> str:
    out = ["<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"]
    for row in rows:
        out.append("<tr style='height:20pt'>")
        for box, text in row:
            out.append(f"<td rowspan={box.rowspan} colspan={box.colspan} style='{_STYLE.format(random.randint(10, 30))}'>"
                       f"{_PARAGRAPH.format(random.randint(10, 20))}{_RUN}{html.escape(text)}</span></p></td>")  # fmt: skip
        out.append("</tr>")
    out.append("</table>")
    return "".join(out)
