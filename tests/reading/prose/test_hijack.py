"""Hijacked pages are found, honest pages that speak of betting or apps are not accused."""

import pytest
from tests.reading.prose.pages import document, report

from gongkai.reading.prose import read_prose

BRANDS = [
    "英国威廉希尔公司官网", "某某体育在线投注", "去哪下载足彩APP_英皇娱乐官网_bet188手机版", "某VWIN官网入口", "甲乙365体育官网下载", "百家乐_老虎机_注册送彩金"]


def codes(*lines: str) -> list[str]:
    return [p.code for p in read_prose(document(*lines)).problems]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("place", [
    "{b}人民政府办公室2021年政府信息公开工作年度报告", "如有疑问，请与{b}丙镇人民政府联系（电话：0000）。", "乙镇{b}2021年政府信息公开工作年度报告",
    "三、收到和处理{b}申请情况", "国务院办公厅{b},印发关于政府信息公开的通知。", "信息来源：{b}", "{b}",
    "按照{b}政务公开工作领导小组关于印发要点的通知，我局认真。", "{b}市水利局2021年政府信息公开工作年度报告",
])  # fmt: skip
def test_a_brand_where_a_name_belongs(brand: str, place: str) -> None:
    line = place.format(b=brand)
    problems = read_prose(document("政府信息公开", "根据条例编制。", "一、总体情况", "认真贯彻。", line)).problems
    assert [p.code for p in problems] == ["hijacked"]
    trace = problems[0].trace
    assert trace is not None
    assert trace.raw is not None
    assert trace.raw in line


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_as_the_first_line(brand: str) -> None:
    prose = read_prose(document(brand + "（中国）有限公司官网", "丙县水务局2021年政府信息公开工作年度报告", "一、总体情况", "我局。"))
    assert [p.code for p in prose.problems] == ["hijacked"]
    assert prose.organ == "丙县水务局"


def test_the_message_names_the_words_the_count_and_what_they_replaced() -> None:
    brand = BRANDS[1]
    prose = read_prose(document(f"{brand}丙镇人民政府2021年政府信息公开工作年度报告", f"请与{brand}丙镇人民政府联系。", "一、总体情况",
                                "2021年，我镇认真贯彻。", "二、主动公开政府信息情况", "主办单位：丁市戊区丙镇人民政府 版权所有"))  # fmt: skip
    assert "共2处" in prose.problems[0].message
    assert brand in prose.problems[0].message
    assert "地名" in prose.problems[0].message
    assert prose.organ == "丁市戊区丙镇人民政府"
    assert prose.title == "丙镇人民政府2021年政府信息公开工作年度报告"


def test_a_hijacked_name_is_never_the_organ() -> None:
    prose = read_prose(document(f"{BRANDS[0]}人民政府办公室2021年政府信息公开工作年度报告", "一、总体情况", "2021年，我办认真贯彻。"))
    assert prose.organ is None
    assert prose.year == 2021


def test_a_section_title_hit_is_still_a_section() -> None:
    prose = read_prose(document("一、总体情况", "甲。", "二、主动公开政府信息情况", "乙。", "三、收到和处理某老虎机申请情况", "丙。"))
    assert [s.number for s in prose.sections] == [1, 2, 3]


@pytest.mark.parametrize("text", [
    "全年发行体育彩票3亿元、福利彩票2亿元。", "市公安局查处老虎机12台，打击网络博彩。", "全年365天服务，APP下载量超过9万次。",
    "开展博彩业专项整治，县人民政府办公室印发通知。", "县体育局官网、手机APP下载平台注册用户365人。", "查处百家乐赌场3处，人民政府表彰。",
    "娱乐场所管理办公室开展检查。", "我市棋牌游戏室整治办公室2022年开展检查。", "县教育体育局2022年政府信息公开工作年度报告",
    "12365投诉举报办公室受理咨询。", "中国体育彩票管理中心", "通过政务_APP_微信发布信息。", "请下载市民APP人民政府频道。",
])  # fmt: skip
def test_no_false_alarm(text: str) -> None:
    assert [p.code for p in read_prose(report(text)).problems] == []
    assert codes(text) == []


def test_a_link_farm_below_is_named_and_dropped() -> None:
    names = "|".join(f"{a}{b}县" for a in "甲乙丙丁戊" for b in "子丑寅卯辰巳")
    prose = read_prose(report("无。\n主站蜘蛛池模板: " + names, section=6))
    assert [p.code for p in prose.problems] == ["spider_tail"]
    assert prose.sections[5].text == "无。"
    assert codes("正文。", names + "|") == ["spider_tail"]
    assert codes("正文。", "甲县|乙县|丙县") == []


def test_one_string_at_two_places_of_a_line_is_counted_twice() -> None:
    brand = "甲乙bet365平台_365热线"
    line = f"落实《{brand}政务公开工作领导小组关于印发{brand}2022年政务公开工作要点的通知》要求。"
    problems = read_prose(document("政府信息公开", "一、总体情况", line)).problems
    assert [p.code for p in problems] == ["hijacked"]
    assert f"“{brand}”，共2处" in problems[0].message
