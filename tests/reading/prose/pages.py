"""Small made pages for the tests of prose: a report's lines with the text under test in one section."""

from gongkai.reading.blocks import Document, Paragraph, Spot
from gongkai.reading.prose import Prose, read_prose

TITLES = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip


def document(*lines: str, meta: dict[str, str] | None = None, source: str = "page.txt") -> Document:
    """A plain text document, a paragraph a line, with true offsets."""
    out, at = [], 0
    for line in lines:
        out.append(Paragraph(line, 0, Spot(start=at, end=at + len(line))))
        at += len(line) + 1
    return Document(source, "text", list(out), "\n".join(lines), meta or {})


def report(said: str, *, section: int = 1, title: str = "丙县水务局2022年政府信息公开工作年度报告") -> Document:
    """A whole report of 2022 whose section says this, a line a paragraph."""
    lines = [title]
    for number, heading in enumerate(TITLES, start=1):
        lines.append(heading)
        if number == section:
            lines += said.split("\n")
    return document(*lines)


def says(said: str, *, section: int = 1, title: str = "丙县水务局2022年政府信息公开工作年度报告") -> dict[str, object]:
    """What is claimed, by name; a list where several values stand under one name."""
    out: dict[str, list[object]] = {}
    for claim in read_prose(report(said, section=section, title=title)).claims:
        if claim.value not in (known := out.setdefault(claim.name, [])):
            known.append(claim.value)
    return {name: values[0] if len(values) == 1 else values for name, values in out.items()}


def read(*lines: str, meta: dict[str, str] | None = None, name: str = "") -> Prose:
    return read_prose(document(*lines, meta=meta), name=name)
