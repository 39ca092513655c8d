"""compare(): figures across years, organs and forms, and prose taken over."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings

from gongkai.checking import compare
from gongkai.forms import form
from gongkai.report import Figure, Report, Section, State
from tests.checking.damage import damaged
from tests.generate import make_report, reports


def by_address(comparison):
    return {f.b_address: f for f in comparison.figures if f.b_address}


@given(report=reports())
@settings(max_examples=20)
def test_a_report_differs_nowhere_from_itself(report):
    same = compare(report, report)
    assert len(same.figures) == len(report.figures)
    assert {f.change for f in same.figures} <= {0}
    assert all(f.comparable for f in same.figures)
    assert same.prose.share == 1


def test_change_and_percentage():
    a = damaged(make_report("2021", 3), {"requests.granted.total": 30, "disclosure.fees.amount": Decimal("0.3")})
    b = damaged(a, {"requests.granted.total": 40, "disclosure.fees.amount": Decimal("0.1")})
    change = by_address(compare(a, b))
    assert (change["requests.granted.total"].change, change["requests.granted.total"].percent) == (10, Decimal("33.3"))
    assert change["disclosure.fees.amount"].change == Decimal("-0.2")
    assert change["disclosure.fees.amount"].unit == "万元"
    zero = by_address(compare(damaged(a, {"requests.granted.total": 0}), b))["requests.granted.total"]
    assert (zero.change, zero.percent) == (40, None)


def test_what_is_not_known_has_no_change():
    a = make_report("2021", 3)
    b = msgspec.structs.replace(a, figures=a.figures | {"requests.granted.total": Figure(State.BLANK)})
    change = by_address(compare(a, b))["requests.granted.total"]
    assert change.change is None and change.b is None and "空白" in (change.reason or "")


@pytest.mark.parametrize("turn", [False, True])
def test_the_two_forms(turn):
    old, new = make_report("2019", 5), make_report("2021", 6)
    comparison = compare(new, old) if turn else compare(old, new)
    ends = {(f.b_address, f.a_address) if turn else (f.a_address, f.b_address): f for f in comparison.figures}
    made = ends["disclosure.rules.made", "disclosure.rules.issued"]
    assert made.comparable and made.change is not None
    stock = ends["disclosure.rules.public_total", "disclosure.rules.in_force"]
    assert not stock.comparable and stock.change is None and "口径不同" in (stock.reason or "")
    assert not ends["disclosure.fees.items_last_year", "disclosure.fees.amount"].comparable
    assert ends["disclosure.licensing.decisions", "disclosure.licensing.decisions"].comparable
    assert not ends["disclosure.procurement.amount", None].comparable
    assert not ends[None, "requests.other_misc.total"].comparable
    other = ends["requests.other_disposition.total", "requests.other_disposition.total"]
    total = sum(new.value(f"requests.{r}.total") for r in ("other_no_correction", "other_fee_unpaid", "other_misc"))
    assert other.comparable and (other.a if turn else other.b) == total
    seen = [x for end in ends for x in end if x]
    assert set(form("2019").cells) | set(form("2021").cells) <= set(seen)


def test_years_and_organs():
    a = make_report("2021", 3)
    assert compare(a, make_report("2021", 4, after=a)).kind == "years"
    assert compare(a, msgspec.structs.replace(a, organ="石桥县教育局")).kind == "organs"


def test_a_report_without_a_form_cannot_be_compared():
    with pytest.raises(ValueError, match="无法比较"):
        compare(Report("x.html"), make_report("2021", 3))


def _prose(text: str, organ: str = "云岭市司法局", section: int = 1) -> Report:
    return Report("x", organ=organ, form="2021", figures=make_report("2021", 1).figures,
                  sections=(Section(section, "总体情况", text),))  # fmt: skip


LAST = "2021年收到群众来信37件，全部在七日内转办并逐件回访核实。全年组织业务培训三次，覆盖所有乡镇街道的经办人员。"
NEXT = "2022年收到群众来信41件，全部在七日内转办并逐件回访核实。新建线上预约查阅窗口，群众可以先选时间再到现场。"


def test_new_figures_in_old_words_are_reuse():
    reuse = compare(_prose(LAST), _prose(NEXT)).prose
    (passage,) = reuse.passages
    assert passage.kind == "numbers"
    assert NEXT[passage.b_start : passage.b_end] == passage.text == NEXT.split("。", maxsplit=1)[0] + "。"
    assert LAST[passage.a_start : passage.a_end] == LAST.split("。", maxsplit=1)[0] + "。"
    assert Decimal("0.4") < (reuse.share or 0) < Decimal("0.7")


def test_sentences_that_go_on_are_one_passage():
    reuse = compare(_prose(LAST), _prose(LAST)).prose
    assert len(reuse.passages) == 1
    assert reuse.passages[0].kind == "identical"
    assert (reuse.passages[0].b_start, reuse.passages[0].b_end) == (0, len(LAST))
    assert reuse.share == 1


def test_a_neighbours_words_with_the_name_changed():
    a = _prose("石桥县教育局把公开要求写进发文流程，未标注公开属性的文件一律退回。", "石桥县教育局")
    b = _prose("东屏县教育局把公开要求写进发文流程，未标注公开属性的文件一律退回。", "东屏县教育局")
    assert [p.kind for p in compare(a, b).prose.passages] == ["numbers"]


def test_slightly_changed_words_are_near():
    b = LAST.replace("逐件回访核实", "逐件回访和核实")
    kinds = [p.kind for p in compare(_prose(LAST), _prose(b)).prose.passages]
    assert kinds == ["near", "identical"]


def test_other_words_are_no_reuse():
    other = "本机关重新梳理权责清单，取消重复证明材料十二项，并在大厅设置引导专员。"
    assert compare(_prose(LAST), _prose(other)).prose.passages == ()
    assert compare(_prose(LAST), _prose(other)).prose.share == 0


def test_what_every_report_says_is_no_reuse():
    formula = ("根据《中华人民共和国政府信息公开条例》的规定，编制本年度报告并向社会公布。本报告统计期限为2021年1月1日至12月31日。"
               "如对本报告有疑问，请与办公室联系。")  # fmt: skip
    assert compare(_prose(formula), _prose(formula)).prose.share is None
    fee = "本年度没有收取政府信息公开信息处理费。"
    assert compare(_prose(fee, section=6), _prose(fee, section=6)).prose.share is None


def test_the_json_is_plain():
    plain = compare(make_report("2019", 3), make_report("2021", 4)).to_plain()
    json.dumps(plain)
    assert plain["kind"] == "organs"
    assert isinstance(plain["prose"]["share"], str)
