"""Facts that follow from a report: by when it is due, and how whole its sections are."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gongkai.checking import check, filing_deadline
from gongkai.checking.facts import Facts
from gongkai.report import Figure, Section, State
from tests.generate import make_report


@pytest.mark.parametrize(
    ("organ", "due"),
    [
        ("石桥县人民政府", date(2022, 3, 31)),
        ("云岭市青禾区人民政府", date(2022, 3, 31)),
        ("景德镇市人民政府", date(2022, 3, 31)),
        ("某某省人民政府", date(2022, 3, 31)),
        ("望江市", date(2022, 3, 31)),
        ("石桥县", date(2022, 3, 31)),
        ("石桥县人民政府办公室", date(2022, 3, 31)),
        ("云岭市司法局", date(2022, 1, 31)),
        ("国家税务总局石桥县税务局", date(2022, 1, 31)),
        ("石桥县柳溪镇人民政府", date(2022, 1, 31)),
        ("石桥县大湾乡人民政府", date(2022, 1, 31)),
        ("青禾区东门街道办事处", date(2022, 1, 31)),
        ("东屏经济技术开发区管理委员会", date(2022, 1, 31)),
        ("东屏经济技术开发区", date(2022, 3, 31)),
        ("东屏县柳溪镇人民政府办公室", date(2022, 1, 31)),
        (None, None),
    ],
)
def test_the_deadline_of_article_49(organ, due):
    assert filing_deadline(organ, 2021) == due


def test_no_deadline_without_a_year():
    assert filing_deadline("云岭市司法局", None) is None


def _sections(*numbers: int, **texts: str):
    report = make_report("2021", 3)
    kept = tuple(Section(n, "题", texts.get(f"s{n}", "有内容。")) for n in numbers)
    facts = Facts(msgspec.structs.replace(report, sections=kept))
    return tuple(facts.fact(f"report.sections_{what}") for what in ("missing", "misplaced", "empty"))


def test_whole():
    assert _sections(1, 2, 3, 4, 5, 6) == (0, 0, 0)


def test_missing_and_misplaced():
    assert _sections(1, 2, 3, 4, 5) == (1, 0, 0)
    assert _sections(1, 2, 4, 3, 5, 6) == (0, 1, 0)
    assert _sections(1, 2, 2, 3, 4, 5, 6) == (0, 1, 0)
    assert _sections(6, 5, 4) == (3, 2, 0)


@pytest.mark.parametrize("nothing", ["", "  \n", "无", "无。", "暂无。", "没有", "本年度无", "无问题。"])
def test_section_five_cannot_be_empty_or_none(nothing):
    assert _sections(1, 2, 3, 4, 5, 6, s5=nothing) == (0, 0, 1)


def test_section_six_may_say_none_but_not_be_empty():
    assert _sections(1, 2, 3, 4, 5, 6, s6="无。") == (0, 0, 0)
    assert _sections(1, 2, 3, 4, 5, 6, s6="") == (0, 0, 1)


def test_a_section_with_its_table_is_not_empty():
    assert _sections(1, 2, 3, 4, 5, 6, s2="", s3="", s4="") == (0, 0, 0)


@pytest.mark.parametrize(("state", "empty"), [(State.BLANK, 1), (State.UNREADABLE, 0), (State.NOT_APPLICABLE, 0)])
def test_a_table_left_blank_is_empty_one_that_could_not_be_read_is_not(state, empty):
    report = make_report("2021", 3)
    report.sections = tuple(Section(n, "题", "" if n == 4 else "有。") for n in range(1, 7))
    report.figures |= {a: Figure(state) for a in report.figures if a.startswith("remedies.")}
    assert Facts(report).fact("report.sections_empty") == empty


def test_sections_unknown_when_none_was_found():
    assert _sections() == (None, None, None)
    report = msgspec.structs.replace(make_report("2021", 3), sections=())
    assert not [f for f in check(report) if f.rule in ("p_sections", "s6_fee_present")]


def test_a_broken_page_counts_every_fault():
    report = make_report("2021", 3)
    report.sections = tuple(Section(n, "题", "无。" if n == 5 else "有信息处理费。") for n in (1, 3, 2, 4, 5))
    (finding,) = check(report)
    assert finding.rule == "p_sections"
    assert "有3处不合要求：缺1个部分，次序不对1处，空白1个" in finding.message


def test_the_fee_sentence_is_found_across_line_breaks():
    report = make_report("2021", 3)
    report.sections = (*report.sections[:5], Section(6, "其他", "本年度没有收取信息\n 处理费。"))
    assert not [f for f in check(report) if f.rule == "s6_fee_present"]
    report.sections = (*report.sections[:5], Section(6, "其他", "无。"))
    assert [f.rule for f in check(report)] == ["s6_fee_present"]
