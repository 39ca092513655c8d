"""A report as it is printed, before any format: title, byline, headings, paragraphs and tables in order.

Sections stand as the report has them; none is invented. A table whose section the report lacks is still printed, at
its place, under its own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.forms import form
from gongkai.report import Report, Section
from gongkai.writing.layout import Box, Layout, layouts
from gongkai.writing.printed import printed

TITLE = "政府信息公开工作年度报告"

_DIGITS = "零一二三四五六七八九"
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、")
_SUBHEAD = re.compile(r"[（(][一二三四五六七八九十]+[）)][^。；;!！?？]{1,40}")
# What XML 1.0 cannot hold: C0 controls but tab and line ends, lone surrogates, the two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CannotWrite(ValueError):  # noqa: N818  # as CannotRead: a verdict on a report, not a fault of the program
    """The report cannot be written; the message (Chinese) says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading as printed (一、总体情况)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``lead`` is the sub-heading it begins with, ``（一）主动公开情况``; without rest it stands alone."""

    lead: str
    rest: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A table with its figures as text; ``title`` is empty where the section's heading already says it."""

    layout: Layout
    texts: dict[str, str]
    states: dict[str, str]
    title: str = ""

    def text(self, box: Box) -> str:
        return self.texts[box.address] if box.address else box.number + box.text

    def lines(self, box: Box) -> list[str]:
        """A merged heading broken after its number (（三）/不予公开), one of a narrow column in its middle (商业/企业)."""
        if box.number and box.rowspan > 1:
            return [box.number, box.text]
        if self.layout.narrow and box.role == "column" and len(box.text) > 3:
            middle = (len(box.text) + 1) // 2
            return [box.text[:middle], box.text[middle:]]
        return [self.text(box)]

    def heads(self, box: Box) -> bool:
        """Whether a cell heads columns: 信息内容 does, the note in the corner of table three does not."""
        return box.scope in ("col", "colgroup") or (
            box.role == "corner" and bool(self.layout.table.row_header)
        )

    def state(self, box: Box) -> str:
        """The figure's state by name; empty for a heading."""
        return self.states.get(box.address, "")


Part = Heading | Text | Printed


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    organ: str
    year: int | None
    published: date | None
    byline: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    @property
    def title_lines(self) -> tuple[str, ...]:
        """Where a title too long for one line breaks: after the organ, as the standard asks for whole words."""
        rest = self.title.removeprefix(self.organ)
        return (self.organ, rest) if rest and rest != self.title else (self.title,)


def compose(report: Report) -> Page:
    """The printed page of a report. Raises CannotWrite for figures the form does not have."""
    title = clean(report.title) if report.title else default_title(report)
    return Page(title, clean(report.organ or ""), report.year, report.published, tuple(_byline(report, title)),
                tuple(_parts(report)))  # fmt: skip


def default_title(report: Report) -> str:
    """Organ, year and the official name of the document, as far as they are known."""
    return clean(report.organ or "") + (f"{report.year}年" if report.year is not None else "") + TITLE


def clean(text: str) -> str:
    """Text without the characters that no document format can hold."""
    return _UNPRINTABLE.sub("", text)


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def numeral(number: int) -> str:
    """1 to 99 in Chinese numerals (十二); other numbers in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十") + (
        _DIGITS[ones] if ones else ""
    )


def _byline(report: Report, title: str) -> Iterator[tuple[str, str]]:
    if report.organ:
        yield "发布机构", clean(report.organ)
    if report.year is not None and str(report.year) not in title:
        yield "报告年度", f"{report.year}年"
    if report.period and report.period != _calendar_year(report.year):
        yield "统计期限", f"{chinese_date(report.period[0])}至{chinese_date(report.period[1])}"
    if report.published:
        yield "发布日期", chinese_date(report.published)


def _calendar_year(year: int | None) -> tuple[date, date] | None:
    return (date(year, 1, 1), date(year, 12, 31)) if year is not None else None


def _parts(report: Report) -> Iterator[Part]:
    waiting = list(_tables(report))
    own = {section.number for section in report.sections}
    for section in report.sections:
        while waiting and waiting[0].layout.table.section < section.number:
            yield _titled(waiting.pop(0), own)
        yield from _section(section)
        while waiting and waiting[0].layout.table.section == section.number:
            yield waiting.pop(0)
    for table in waiting:
        yield _titled(table, own)


def _titled(table: Printed, own: set[int]) -> Printed:
    if table.layout.table.section in own:
        return table
    return Printed(table.layout, table.texts, table.states, table.layout.table.title)


def _section(section: Section) -> Iterator[Part]:
    title = clean(section.title)
    yield Heading(section.number, title if _NUMBERED.match(title) else f"{numeral(section.number)}、{title}")
    for line in clean(section.text).splitlines():
        if text := line.strip():
            yield _paragraph(text)


def _paragraph(text: str) -> Text:
    """A sub-heading alone or run in before its sentence is told apart, as official documents set it in 楷体."""
    found = _SUBHEAD.match(text)
    if found is None or (found.end() < len(text) and text[found.end()] != "。"):
        return Text("", text)
    end = found.end() + (found.end() < len(text))
    return Text(text[:end], text[end:])


def _tables(report: Report) -> Iterator[Printed]:
    if report.form is None:
        return
    statutory = form(report.form)
    if unknown := sorted(set(report.figures) - set(statutory.cells)):
        raise CannotWrite(
            f"{statutory.document_number}的表格没有“{unknown[0]}”这一格。请核对报告所用的格式（form）。"
        )
    for layout in layouts(statutory):
        addresses = [box.address for box in layout.boxes if box.address]
        figures = {a: report.figures.get(a) for a in addresses}
        texts = {a: printed(f, statutory.cells[a].column) for a, f in figures.items()}
        states = {a: f.state.value if f else "blank" for a, f in figures.items()}
        yield Printed(layout, texts, states)
