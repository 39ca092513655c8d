"""Folding: what matching compares, and the way back to the printed text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.cleaning import Folded, fold, is_traditional, simplified, squeeze

PIECES = st.sampled_from([
    "發(fā)", "數(shù)", "開(kāi)", "國(guó)", "縣(xiàn)", "（一）", "“公开”", "『公開』", "　", "\u00a0", " ", "  ", "\n",
    "\u200b", "\u00ad", "\ufeff", "１２", "⼈⺠", "政府", "辦公室", "：", "；", "，", "㈠", "①", "ABC", "(men)", "們(men)",
    "第二十条", "\t", "０.５", "檔案", "(注)", "(a)", "東峯區",
])  # fmt: skip
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=20).map("".join)


@pytest.mark.parametrize(("printed", "folded"), [
    ("（一）予以公开：１２件；", "(一)予以公开:12件;"),
    ("發(fā)布數(shù)據(jù)，開(kāi)展", "发布数据,开展"),
    ("衡陽市人民政府辦公室", "衡阳市人民政府办公室"),
    ("東峯區", "东峰区"),
    ("⼈⺠政府", "人民政府"),
    ("危及‘三安全一稳定’", '危及"三安全一稳定"'),
    ("公\u200b开\ufeff信\u00ad息", "公开信息"),
    ("自　然\u00a0\u00a0人", "自 然 人"),
    ("他們(men)", "他们"),
    ("国办公开办函〔2021〕30号", "国办公开办函〔2021〕30号"),
    ("①主动公开 5²", "①主动公开 5²"),
    ("二○二○年", "二〇二〇年"),
    ("首页\n正文", "首页\n正文"),
    ("单位(kg)与(GB)及甲(a)", "单位(kg)与(GB)及甲(a)"),
])  # fmt: skip
def test_folds(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_squeeze_drops_all_white_space() -> None:
    assert squeeze(" 三、 本 年\n度　办\t理结果 ") == "三、本年度办理结果"


@given(MIXED)
def test_folding_twice_changes_nothing_more_than_spaces_and_glosses_uncovered(text: str) -> None:
    once = fold(text)
    assert all(len(fold(c)) == 1 and fold(c) == c for c in once)
    assert "  " not in once


@given(MIXED)
def test_every_kept_character_comes_from_its_own_source_character(text: str) -> None:
    folded = Folded(text)
    places = [folded.origin(i) for i in range(len(folded.text) + 1)]
    assert folded.text == fold(text)
    assert places[-1] == len(text)
    assert places == sorted(places)
    assert all(char in fold(text[at]) for char, at in zip(folded.text, places[:-1], strict=True))


@given(MIXED, MIXED)
def test_long_pages_fold_as_short_ones(head: str, tail: str) -> None:
    """Many different characters take another road through the code than few."""
    many = "".join(chr(0x4E00 + 37 * i) for i in range(80))
    assert fold(head + "\n甲" + many + "乙\n" + tail) == fold(head + "\n甲") + fold(many) + fold("乙\n" + tail)


def test_a_span_gives_the_printed_words() -> None:
    folded = Folded("全年發(fā)布　　信息１２件")
    start = folded.text.index("发布")
    assert folded.printed(start, start + 2) == "發(fā)布"
    assert folded.printed(*[folded.text.index("12"), folded.text.index("件")]) == "１２"
    assert folded.span(3, 3)[0] == folded.span(3, 3)[1]


@pytest.mark.parametrize(("text", "answer"), [
    ("本縣政府辦公室依法公開政府信息", True),
    ("本县政府办公室依法公开政府信息", False),
    ("本縣政府辦公室依法公開政府信息。開、國、數、發。武汉县|丰县", True),
    ("乾县皇后村里干部", False),
    ("", False),
])  # fmt: skip
def test_tells_traditional_text(text: str, answer: bool) -> None:
    assert is_traditional(text) is answer


def test_names_are_simplified_by_phrase() -> None:
    assert simplified("乾縣人民政府") == "乾县人民政府"


def test_a_large_page_folds_fast() -> None:
    page = "２０２０年，我局依法公開政府信息（發(fā)布）数据 12 件。\n" * 1000
    fold(page)
    start = time.perf_counter()
    for _ in range(5):
        fold(page)
    assert (time.perf_counter() - start) / 5 < 0.05
