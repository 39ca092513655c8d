"""One document of the city: facts and a shape -> title and body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from .data_files import Table, language
from .language import Speech, numeral

Facts = dict[str, str]


def chinese_day(day: date) -> str:
    """2023年5月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def compose(lines: tuple[str, ...], facts: Facts, speech: Speech, scale: str) -> str:
    """The body as HTML. `scale` says whose places stand in its tables: city, county or village."""
    return "".join(_Body(facts, speech, scale).html(lines))


class _Body:
    def __init__(self, facts: Facts, speech: Speech, scale: str) -> None:
        self.facts, self.speech, self.scale = facts, speech, scale
        self.headings = self.articles = 0

    def html(self, lines: tuple[str, ...]) -> Iterator[str]:
        for line in lines:
            if line[0] != "*":
                yield self._line(line, self.facts)
                continue
            for place in range(1, 5):
                facts = self.facts | {"matter": self.facts[f"m{place}"], "order": f"（{numeral(place)}）"}
                for part in line[1:].split("\n"):
                    yield self._line(part, facts)

    def _line(self, line: str, facts: Mapping[str, str]) -> str:
        mark, text = line[0], line[1:]
        if mark == "|":
            return self._table(language().tables[text])
        if mark == ">":
            return f'<p class="sign">{escape(facts["signed"])}</p><p class="sign">{escape(facts["day"])}</p>'
        said = escape(self.speech.say(text, facts))
        if mark == "@":
            return f'<p class="to">{said}</p>'
        if mark == "#":
            self.headings += 1
            return f"<h3>{numeral(self.headings)}、{said}</h3>"
        if mark == "§":
            self.articles += 1
            return f"<p><strong>第{numeral(self.articles)}条</strong>　{said}</p>"
        if mark != "=":
            raise ValueError(f"unknown mark {mark!r}")
        return f"<p>{said}</p>"

    def _table(self, table: Table) -> str:
        head = "".join(f'<th scope="col">{self._cell(text)}</th>' for text in table.head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._cell(text)}</td>" for text in row) + "</tr>"
            for row in self._rows(table)
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _rows(self, table: Table) -> list[tuple[str, ...]]:
        if not isinstance(table.rows, str):
            return list(table.rows)
        places = language().places["village" if table.rows == "villages" else self.scale]
        return [(str(number), place, *table.cells) for number, place in enumerate(places, start=1)]

    def _cell(self, text: str) -> str:
        return escape(self.speech.say(text, self.facts))
