"""Layouts of office work and sites that no corpus here holds: what Word, a spreadsheet or a designer makes of the three tables."""

from __future__ import annotations

from tests.reading.printed_pages import Layout, Rows, html_table

_RESULTS = "结果维持"


def _slots(rows: Rows) -> list[list[str]]:
    """Every slot of the table, blank where a cell spans into it."""
    width = max(box.column + box.colspan for row in rows for box, _ in row)
    out = [[""] * width for _ in rows]
    for row in rows:
        for box, text in row:
            out[box.row][box.column] = text
    return out


def _cells(rows: Rows, *, dress: str = "{}", label: str = "{}") -> str:
    """A table whose figures are dressed."""
    return "<table>" + "".join(
        "<tr>" + "".join(
            f'<td rowspan="{b.rowspan}" colspan="{b.colspan}">' + (dress if b.role == "figure" else label).format(t.replace("\n", "<br>")) + "</td>"
            for b, t in row) + "</tr>\n" for row in rows) + "</table>"  # fmt: skip


def html_hidden_digits(rows: Rows) -> str:
    return _cells(rows, dress='<span style="display:none">7</span>{}<i hidden>3</i>')


def html_struck_digits(rows: Rows) -> str:
    return _cells(rows, dress="<del>31</del>{}")


def html_notes(rows: Rows) -> str:
    return _cells(rows, dress="{}<sup>2</sup>").replace("><sup>2</sup>", ">").replace("\xa0<sup>2</sup>", "\xa0").replace("> <sup>2</sup>", ">")


def html_fields(rows: Rows) -> str:
    return _cells(rows, dress='<input type="text" value="{}" readonly>')


def html_hidden_rows(rows: Rows) -> str:
    """Each row once more, hidden, with other figures."""
    decoys = html_table(rows).removeprefix("<table>").removesuffix("</table>").replace("<tr>", "<tr style='display: none'>")
    return html_table(rows).removesuffix("</table>") + decoys.replace("0", "8") + "</table>"


def html_word(rows: Rows) -> str:
    dress = "<p class=MsoNormal align=center><span\nlang=EN-US style='mso-bidi-font-family:宋体'>{}<o:p></o:p></span></p>"
    return _cells(rows, dress=dress, label=dress)


def html_nested(rows: Rows) -> str:
    return f"<table><tr><td><table><tr><td>{html_table(rows)}</td></tr></table></td></tr></table>"


def html_frame(rows: Rows) -> str:
    inner = html_table(rows).replace("&", "&amp;").replace('"', "&quot;")
    return f'<iframe srcdoc="{inner}"></iframe>'


def html_numbered(rows: Rows) -> str:
    """Tables two and three with the rows numbered in front."""
    if any(text.replace("\n", "") == _RESULTS for row in rows for _, text in row):
        return html_table(rows)
    out, number = [], 0
    for line, row in zip(_slots(rows), rows, strict=True):
        figures = any(box.role == "figure" for box, _ in row)
        number += figures
        front = str(number) if figures else "序号" if line is _slots(rows)[0] else ""
        out.append(f"<tr><td>{front}</td>" + "".join(f"<td>{t}</td>" for t in line) + "</tr>")
    return "<table>" + "".join(out) + "</table>"


def html_sideways(rows: Rows) -> str:
    """Tables three and four with rows for columns."""
    if rows[0][0][0].role == "caption":
        return html_table(rows)
    boxes = [(b.column, b.row, b.colspan, b.rowspan, t) for row in rows for b, t in row]
    lines = []
    for line in range(max(row + span for row, _, span, _, _ in boxes)):
        cells = sorted((column, f'<td rowspan="{down}" colspan="{across}">{t.replace(chr(10), "<br>")}</td>')
                       for row, column, down, across, t in boxes if row == line)  # fmt: skip
        lines.append("<tr>" + "".join(text for _, text in cells) + "</tr>")
    return "<table>" + "".join(lines) + "</table>"


def html_total_first(rows: Rows) -> str:
    """Table three with its last column in front of the figures."""
    if not any("法人或其他组织" in text.replace("\n", "") for row in rows for _, text in row):
        return html_table(rows)
    lines = [[line[0], line[1], line[2], line[9], *line[3:9]] for line in _slots(rows)]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{t}</td>" for t in line) + "</tr>" for line in lines) + "</table>"


def commas(rows: Rows) -> str:
    return "\n".join(",".join(f'"{t}"' if "," in t or "\n" in t else t for t in line) for line in _slots(rows))


def quoted_tabs(rows: Rows) -> str:
    return "\n".join("\t".join(f'"{t[:5]}\n{t[5:]}"' if len(t) > 9 and not t.strip()[0].isdigit() else t.replace("\n", "") for t in line) for line in _slots(rows))


def slots_cut(rows: Rows) -> str:
    """Every slot behind a tab, the blanks at the end of a row cut off, as editors do."""
    return "\n".join("\t".join(t.replace("\n", "") for t in line).rstrip("\t") for line in _slots(rows))


def drawn_frame(rows: Rows) -> str:
    bar = "├" + "─" * 30 + "┤"
    return bar + "\n" + f"\n{bar}\n".join("│" + "│".join(t.replace("\n", "") for t in line) + "│" for line in _slots(rows)) + "\n" + bar


WILD: dict[str, Layout] = {
    f.__name__: f
    for f in (html_hidden_digits, html_struck_digits, html_notes, html_fields, html_hidden_rows, html_word, html_nested, html_frame,
              html_numbered, html_sideways, html_total_first, commas, quoted_tabs, slots_cut, drawn_frame)
}  # fmt: skip

