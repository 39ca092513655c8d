"""The files that hang at items: small real documents, made once and shared."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from gongkai.reading.limits import CannotRead
from gongkai.web.catalogue.files.extraction import LIMITS, read
from gongkai.web.catalogue.files.storing import store
from gongkai.web.catalogue.files.types import BY_KEY
from gongkai.web.catalogue.models import Attachment, Item, StoredFile, TextState

from .data_files import Topic
from .planning import Paper

BATCH = 500
# What a kind of file is called after its topic, and its type.
_KINDS = {
    "form": ("申请表", "docx"), "tasks": ("任务分工表", "docx"), "contacts": ("联系方式一览表", "docx"), "flow": ("办理流程图", "pdf"),
    "picture": ("图解", "pdf"), "list": ("明细表", "xlsx"), "data": ("数据表", "xlsx"), "budget": ("收支预算表", "xlsx"),
}  # fmt: skip
_OF_TOPIC = ("picture",)
_OF_NONE = ("flow", "contacts", "budget")


class MadeFile(NamedTuple):
    """A stored file and the name it is downloaded by."""

    file: StoredFile
    name: str


def attach_files(made: Mapping[Paper, Item]) -> int:
    """Hang the files the plan wants at the items; the number of different files. Inside the caller's transaction."""
    pool: dict[tuple[str, str], MadeFile] = {}
    rows = []
    for paper, item in made.items():
        for position, kind in enumerate(dict.fromkeys(paper.files)):
            # What differs between years is in the page itself; pictures are of one topic, tables of an office.
            topic = paper.topic if kind in _OF_TOPIC else paper.author.portfolio.topics[0]
            key = (kind, "" if kind in _OF_NONE else topic.name)
            if key not in pool:
                pool[key] = _made(kind, topic)
            rows.append(
                Attachment(
                    item=item,
                    file=pool[key].file,
                    name=pool[key].name,
                    position=position,
                    added_at=paper.published,
                )
            )
    Attachment.objects.bulk_create(rows, batch_size=BATCH)
    return len(pool)


def _made(kind: str, topic: Topic) -> MadeFile:
    title, suffix = _KINDS[kind]
    title = topic.name + title if kind in _OF_TOPIC else title
    name = f"{title}.{suffix}"
    content = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[suffix](title, _rows(kind, topic))
    file = store(io.BytesIO(content), len(content), BY_KEY[suffix])
    if file.text_state == TextState.WAITING:
        # Of our own making: read here and now, not each in a process of its own.
        with tempfile.NamedTemporaryFile(suffix=f".{suffix}") as copy:
            Path(copy.name).write_bytes(content)
            text, fault = read(copy.name, name, LIMITS)
        if fault is not None:  # a mistake of ours, not of a file from outside
            raise CannotRead(*fault)
        file.text, file.text_state = text, TextState.DONE
        file.save(update_fields=["text", "text_state"])
    return MadeFile(file, name)


def _rows(kind: str, topic: Topic) -> list[list[str]]:
    m = topic.matters
    if kind == "form":
        labels = (
            "申请人",
            "证件号码",
            "联系电话",
            "通信地址",
            f"申请事项（{m[0]}、{m[1]}、{m[2]}、{m[3]}）",
            "申请理由",
            "提交材料",
            "经办意见",
            "审核意见",
        )
        return [["项目", "填写内容"], *([label, ""] for label in labels)]
    if kind == "picture":
        steps = ("申请", "受理", "审核", "公示", "办结")
        says = (
            f"{topic.people}提出申请",
            "材料齐全的当场受理",
            f"核对{m[0]}和{m[1]}",
            f"公示{m[2]}情况",
            "结果告知申请人并归档",
        )
        return [["环节", "内容"], *map(list, zip(steps, says, strict=True))]
    if kind == "flow":
        return [
            ["环节", "内容"],
            ["申请", "提交材料"],
            ["受理", "当场受理或者一次告知补正"],
            ["审核", "承办、复核"],
            ["办结", "送达结果并归档"],
        ]
    if kind == "contacts":
        return [
            ["单位", "办公地点", "电话"],
            *([f"{place}受理点", "政务服务大厅", f"0000-66{number}"] for number, place in _POINTS),
        ]
    if kind == "tasks":
        return [
            ["序号", "任务", "完成时限"],
            *([str(n), f"落实{one}有关要求", f"{n * 3}月底前"] for n, one in enumerate(m, 1)),
        ]
    seed = sum(topic.name.encode())
    return [["序号", "项目", "数量", "金额（万元）"], *(
        [str(n), f"{one}", str(12 + (seed * n) % 88), f"{20 + (seed * n * 7) % 400}.{(seed + n) % 90 + 10}"] for n, one in enumerate(m, 1)
    )]  # fmt: skip


_POINTS = ((21108, "东岭县"), (21216, "西渡县"), (21324, "南浦区"), (21432, "北苑区"))


def _docx(title: str, rows: list[list[str]]) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = title
    document.add_heading(title, 1)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(title: str, rows: list[list[str]]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("明细")
    sheet.set_column(1, 1, 24)
    sheet.write(0, 0, title)
    for place, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(place, column, text) if place == 1 or column == 1 else sheet.write_number(
                place, column, float(text)
            )
    book.close()
    return out.getvalue()


def _pdf(title: str, rows: list[list[str]]) -> bytes:
    import typst
    from pylopdf_fonts_zh_cn import serif_path

    made = typst.compile(
        (files(__package__) / "data" / "sheet.typ").read_bytes(), format="pdf",
        sys_inputs={"title": title, "rows": json.dumps(rows, ensure_ascii=False)}, timestamp=0,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif_path().parent)]),
    )  # fmt: skip
    return bytes(made)
