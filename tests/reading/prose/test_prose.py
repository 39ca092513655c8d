"""The door: hostile text is survived, prose is fast, and the published documents of the corpus are read right."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.prose.pages import TITLES, document, read, report

from gongkai.reading.blocks import Cell, Document, Grid, Paragraph
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.opening import open_document
from gongkai.reading.prose import read_prose

CORPUS = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of published reports is not here (GONGKAI_CORPUS)")

WORDS = st.sampled_from([
    "公开", "信息", "申请", "政府信息公开", "依申请公开", "行政复议", "行政诉讼", "未发生", "未收到", "的", "因", "、", "，", "。", "；", "结转",
    "上年", "下年度", "收到", "3件", "12条", "0", "2021年", "2020", "1月1日", "至", "局", "人民政府", "甲县", "第一季度", "（", "）", "《", "》",
    "某365", "下载", "_", "bet188", "老虎机", "|", "信息处理费", "主办单位：", "请与", "联系", "您的位置：", ">", "无", "編制", "發(fā)布", "年度报告",
    "\u200b", "\n", " ", "　", *TITLES,
])  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(WORDS, max_size=25).map("".join), max_size=12), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_is_survived(lines: list[str], odd: list[str]) -> None:
    page = document(*lines, *odd)
    prose = read_prose(page)
    assert all(c.trace is not None and c.trace.raw for c in prose.claims)
    assert [s.number for s in prose.sections] == sorted({s.number for s in prose.sections})
    for claim in prose.claims:
        trace = claim.trace
        assert page.text is not None
        assert trace is not None
        assert trace.start is not None
        assert trace.end is not None
        assert 0 <= trace.start <= trace.end <= len(page.text)


@pytest.mark.parametrize("piece", ["行政复议、", "收到申请1件，", "公开", "bet365", "某某365体育在线投注", "位置>", "甲县|", "(", "没有", "1,"])
def test_long_repetitions_stay_cheap(piece: str) -> None:
    start = time.process_time()
    read_prose(report("没有" + piece * 2000 + "。"))
    assert time.process_time() - start < 5


def test_prose_is_read_fast() -> None:
    sentence = "我局依法依规办理公民、法人和其他组织提出的政府信息公开申请，完善受理、审核、答复各环节，2022年组织培训3次。\n"
    page = report(sentence * 30 + "全年收到政府信息公开申请12件，办结12件。")
    read_prose(page)
    start = time.process_time()
    for _ in range(5):
        assert len(read_prose(page).claims) == 2
    assert (time.process_time() - start) / 5 < 0.1


def test_metadata_in_a_small_grid_counts() -> None:
    cells = ["索引号", "123/2021-1", "发布机构", "己县水利局", "发文日期", "2021-01-20"]
    grid = Grid([Cell(text, n // 2, n % 2) for n, text in enumerate(cells)])
    titles = [Paragraph(title) for title in TITLES]
    prose = read_prose(Document("page.html", "html", [grid, Paragraph("政府信息公开工作年度报告"), *titles]))
    assert prose.organ == "己县水利局"
    assert prose.published is not None
    assert prose.published.isoformat() == "2021-01-20"


def test_figures_of_tables_are_no_claims() -> None:
    cells = [Cell("收到政府信息公开申请", 0, 0), Cell("15件", 0, 1), Cell("收到政府信息公开申请15件。", 1, 0), Cell("0", 1, 1)]
    assert read_prose(Document("page.html", "html", [Paragraph(TITLES[0]), Grid(cells)])).claims == ()


def test_the_name_falls_back_to_the_document_s_source() -> None:
    assert read(*TITLES, name="2021年年报.html").year == 2021


def _opened(path: Path) -> Document | None:
    try:
        documents = open_document(path.read_bytes(), path.name, Limits())
    except CannotRead:
        return None
    return documents[0] if documents else None


def _cases(folder: str, endings: tuple[str, ...]) -> list[Path]:
    return sorted(p for p in (CORPUS / folder).glob("*") if p.suffix in endings) if CORPUS.is_dir() else []


@needs_corpus
@pytest.mark.parametrize("path", _cases("founding", (".txt",)), ids=lambda p: p.name)
def test_published_reports(path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    opened = _opened(path)
    assert opened is not None
    prose = read_prose(opened)
    assert (prose.organ, prose.year) == (truth["organ"], truth["year"])


@needs_corpus
@pytest.mark.slow
def test_made_documents() -> None:
    organs = years = right = said = hijacks = count = 0
    wrong: list[str] = []
    for path in _cases("made", (".txt", ".md", ".html", ".docx", ".doc", ".pdf", ".xlsx", ".xls")):
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if (opened := _opened(path)) is None or opened.kind == "scan":
            continue
        prose = read_prose(opened)
        count += 1
        organs += prose.organ == truth["organ"] or prose.organ in truth["organ_aliases"]
        years += prose.year == truth["year"]
        hijacks += any(p.code == "hijacked" for p in prose.problems) == (truth["expect_problem"] == "hijacked")
        values: dict[str, set[object]] = {}
        for claim in prose.claims:
            values.setdefault(claim.name, set()).add(claim.value)
        for name, value in truth["claims"].items():
            said += 1
            right += values.get(name) == {value}
            if len(values.get(name, ())) == 1 and values[name] != {value}:
                wrong.append(f"{path.name} {name}")
    assert count > 100
    assert (organs, years, hijacks, wrong) == (count, count, count, [])
    assert right / said >= 0.95
