"""Pages for tests of reading: a report printed in the layouts scraped reports come in, with the spelling they come in.

Each layout takes the printed rows of a table (cells with their spans) and gives text or HTML. ``Spelling`` varies how
labels and figures are written. ``expected`` says what of a report a layout still shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from random import Random

from gongkai.forms import form
from gongkai.report import Figure, Report, State
from gongkai.writing.layout import Box, layouts

Rows = list[list[tuple[Box, str]]]


@dataclass(frozen=True)
class Spelling:
    """How a page spells: brackets, the dot after a number, quotes, breaks in heads, padding of figures."""

    half_brackets: bool = False
    dot: str = "."
    quotes: str = "“”"
    split_heads: bool = False
    padding: tuple[str, ...] = ("",)
    blank: str = ""
    change: str = "plain"
    amount: str = "unit"

    @classmethod
    def of(cls, random: Random) -> Spelling:
        return cls(
            half_brackets=random.random() < 0.5,
            dot=random.choice([".", "、", "．"]),
            quotes=random.choice(["“”", '""', ""]),
            split_heads=random.random() < 0.4,
            padding=random.choice([("",), ("", " ", "\xa0"), (" ",)]),
            blank=random.choice(["", "\xa0", " "]),
            change=random.choice(["plain", "plus", "paren", "word"]),
            amount=random.choice(["unit", "yuan"]),
        )

    def label(self, box: Box) -> str:
        number, text = box.number, box.text
        if number.endswith("."):
            number = number[:-1] + self.dot
        text = text.replace("“", self.quotes[:1]).replace("”", self.quotes[-1:])
        if self.half_brackets:
            number, text = (s.replace("（", "(").replace("）", ")") for s in (number, text))
        if self.split_heads and box.role == "column" and len(text) > 4 and "（" not in text and "(" not in text:
            text = text[: len(text) // 2] + "\n" + text[len(text) // 2 :]
        return number + text

    def figure(self, figure: Figure, address: str, random: Random) -> str:
        if figure.state is State.BLANK:
            return self.blank
        if figure.state is State.NOT_APPLICABLE:
            return "/"
        if figure.state is State.UNREADABLE:
            return "？"
        pad = random.choice(self.padding)
        return pad + self._number(figure.value, address) + pad

    def _number(self, value: int | Decimal | None, address: str) -> str:
        if isinstance(value, Decimal):
            if address == "disclosure.procurement.amount":
                return f"{value * 10000:f}元" if self.amount == "yuan" and value else f"{value:f}万元"
            return f"{value:f}"
        if address.endswith("items_change") and value is not None:
            return {
                "plain": str(value),
                "plus": f"{value:+d}" if value else "0",
                "paren": f"（{'减' if value < 0 else '增'}）{abs(value)}" if value else "0",
                "word": f"{'减' if value < 0 else '增'}{abs(value)}" if value else "0",
            }[self.change]
        return str(value)


def printed_rows(report: Report, table: str, spelling: Spelling, random: Random) -> Rows:
    """The rows of a table as printed: each box that begins in the row, with its text."""
    assert report.form is not None
    out: Rows = []
    for row in next(x for x in layouts(form(report.form)) if x.table.key == table).rows():
        out.append([
            (box, spelling.figure(report.figures[box.address], box.address, random) if box.role == "figure"
             else spelling.label(box))
            for box in row
        ])  # fmt: skip
    return out


def _flat(text: str) -> str:
    return text.replace("\n", "")


def cell_per_line(rows: Rows) -> str:
    return "\n\n".join(_flat(text) for row in rows for _, text in row)


def cell_per_line_tight(rows: Rows) -> str:
    return "\n".join(text for row in rows for _, text in row)


def tab_indented(rows: Rows) -> str:
    return "\n\n".join("\n".join("\t" + text for _, text in row) for row in rows)


def pipe_rows(rows: Rows) -> str:
    return "\n".join(" | ".join(_flat(text) for _, text in row) + " |" for row in rows)


def pipe_leading(rows: Rows) -> str:
    return "\n".join("| " + " | ".join(_flat(text) for _, text in row) + " | " for row in rows)


def pipe_padded(rows: Rows) -> str:
    width = max(sum(box.colspan for box, _ in row) for row in rows)
    lines = []
    for row in rows:
        pads = width - len(row)
        lines.append(" | ".join(_flat(text) for _, text in row) + " | " + "|" * max(0, pads))
    return "\n".join(lines)


def pipe_alone(rows: Rows) -> str:
    return "\n|\n".join(_flat(text) for row in rows for _, text in row) + "\n|"


def cell_then_pipe(rows: Rows) -> str:
    return "\n|\n".join(" |\n".join(_flat(text) for _, text in row) + " |" for row in rows)


def pipe_before_label(rows: Rows) -> str:
    lines = []
    for row in rows:
        cells = "\n            \n".join(f"             {_flat(text)}  | " for _, text in row)
        lines.append(f"| \n{cells}\n        ||")
    return "\n".join(lines)


def spaced_rows(rows: Rows) -> str:
    return "\n".join(" ".join(_flat(text).strip() or "" for _, text in row) for row in rows)


def tsv(rows: Rows) -> str:
    return "\n".join("\t".join(_flat(text) for _, text in row) for row in rows)


def markdown(rows: Rows, *, repeat: bool = False) -> str:
    width = max(box.column + box.colspan for row in rows for box, _ in row)
    slots = [[""] * width for _ in rows]
    for row in rows:
        for box, text in row:
            for i in range(box.row, box.row + (box.rowspan if repeat else 1)):
                for j in range(box.column, box.column + (box.colspan if repeat else 1)):
                    slots[i][j] = _flat(text)
    lines = ["| " + " | ".join(row) + " |" for row in slots]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def markdown_repeat(rows: Rows) -> str:
    return markdown(rows, repeat=True)


def html_table(rows: Rows) -> str:
    return "<table>" + "".join(
        "<tr>" + "".join(f'<td rowspan="{b.rowspan}" colspan="{b.colspan}"><p>{_br(t)}</p></td>' for b, t in row) + "</tr>"
        for row in rows
    ) + "</table>"  # fmt: skip


def html_split(rows: Rows) -> str:
    """Each block of table two a table of its own; the others cut in two after the heads."""
    cuts = [i for i, row in enumerate(rows) if i and row[0][0].role == "caption"] or [len(rows) // 2]
    if any(box.row + box.rowspan > cut for cut in cuts for row in rows[:cut] for box, _ in row):
        cuts = []
    bounds = [0, *cuts, len(rows)]
    return "<br>".join(html_table(rows[a:b]) for a, b in pairwise(bounds))


def html_every_slot(rows: Rows) -> str:
    width = max(box.column + box.colspan for row in rows for box, _ in row)
    out = []
    for row in rows:
        slots = [""] * width
        for box, text in row:
            slots[box.column] = _br(text)
        out.append("<tr>" + "".join(f"<td>{s}</td>" for s in slots) + "</tr>")
    return "<table>" + "".join(out) + "</table>"


def html_divs(rows: Rows) -> str:
    return "<div>" + "".join(
        "<div class=r>" + "".join(f"<div class=c>{_br(t)}</div>" for _, t in row) + "</div>" for row in rows
    ) + "</div>"  # fmt: skip


def html_paragraphs(rows: Rows) -> str:
    return "".join(f"<p>{_flat(t) or '&nbsp;'}</p>" for row in rows for _, t in row)


def _br(text: str) -> str:
    return text.replace("\n", "<br>")


Layout = Callable[[Rows], str]
TEXT: dict[str, Layout] = {
    f.__name__: f
    for f in (cell_per_line, cell_per_line_tight, tab_indented, pipe_rows, pipe_leading, pipe_padded, pipe_alone,
              cell_then_pipe, pipe_before_label, spaced_rows, tsv, markdown, markdown_repeat)
}  # fmt: skip
HTML: dict[str, Layout] = {
    f.__name__: f for f in (html_table, html_split, html_every_slot, html_divs, html_paragraphs)
}


def page(report: Report, name: str, random: Random, spelling: Spelling | None = None, wild: Layout | None = None) -> bytes:
    """The whole report as a page in one layout: title, sections, tables. ``wild``: a layout of another module."""
    spelling = spelling or Spelling.of(random)
    html = name.startswith("html")
    render = wild or (HTML if html else TEXT)[name]
    tables = {2: "disclosure", 3: "requests", 4: "remedies"}
    parts: list[str] = [_line(report.title or "", html)]
    for section in report.sections:
        parts.append(_line(f"{'一二三四五六'[section.number - 1]}、{section.title}", html))
        if table := tables.get(section.number):
            parts.append(render(printed_rows(report, table, spelling, random)))
        parts += [_line(text, html) for text in section.text.split("\n") if text]
    body = "\n".join(parts) if html else "\n\n".join(parts)
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>" if html else body).encode()


def _line(text: str, html: bool) -> str:
    return f"<p>{text}</p>" if html else text
