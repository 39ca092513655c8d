"""Whose report and of which year: titles of every shape, names elsewhere, years with lost characters, nothing invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.pages import read

S1 = "一、总体情况"
B = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
     "无。", "六、其他需要报告的事项", "无。")  # fmt: skip

CASES = [
(("乙县水利局2020年政府信息公开工作年度报告",S1,"2020年，我局认真贯彻条例。",*B),"乙县水利局",2020),
(("乙县水利局","2020年政府信息公开工作年度报告",S1,"我局认真贯彻条例。",*B),"乙县水利局",2020),
(("乙县水利局2020年政府信息公开","工作年度报告",S1,"我局认真贯彻条例。",*B),"乙县水利局",2020),
(("2023年甲镇政府信息公开工作年度报告",S1,"我镇",*B),"甲镇",2023),
(("乙县人民政府信息公开年报","2021年，乙县人民政府认真贯彻。",S1,"2021年，我县认真。",*B),"乙县人民政府",2021),
(("关于乙县教育局2021年度政府信息公开工作年度报告的公告",S1,"我局2021年",*B),"乙县教育局",2021),
(("县政府办2022年度政府信息公开工作年度报告","根据条例要求，乙县人民政府办公室编制了本报告。",S1,"我办",*B),"乙县人民政府办公室",2022),
(("鸭南乡乡人民政府2021年政府信息公开工作年度报告",S1,"我乡2021年",*B),"鸭南乡人民政府",2021),
(("丁市政务信息公开工作年度报告","数据统计期限自20201月1日起至2020年12月31日止。",S1,"2020你那，我市",*B),"丁市",2020),
(("丁市商务局202020年政府信息公开工作年度报告",S1,"我局",*B),"丁市商务局",2020),
(("发布时间：2021-01-28 来源：丁市商务局",S1,"2020年，我局认真贯彻。",*B),"丁市商务局",2020),
((S1,"2020年，我局认真贯彻。",*B),None,2020),
(("您的位置：首页 > 丁市戊区人民政府 > 民政局 > 政府信息公开年报","民政局2020年政府信息公开工作年度报告",S1,"2020年，我局认真贯彻。",*B),"丁市戊区民政局",2020),
(("根据《中华人民共和国政府信息公开条例》（国务院令第711号）要求，结合我局工作实际，现将《丁市司法局2020年度政府信息公开工作年度报告》予以公布。",S1,"2020年，丁市司法局认真贯彻落实条例。",*B),"丁市司法局",2020),
(("本报告由丁市交通运输局根据《条例》要求编制，电子版可在丁市人民政府门户网站下载。如有疑问请与丁市交通运输局办公室联系（电话：0000-1234567）",S1,"2020年，我局认真",*B),"丁市交通运输局",2020),
(("本报告根据条例要求编制。如有疑问，请与丁市人民政府办公室政务公开科联系。",S1,"2020年，我市认真贯彻。",*B),"丁市人民政府",2020),
(("丁市民政局2020年政府信息公开工作年度报告",S1,"2020年，我局认真贯彻。",*B,"丁市民政局","2021年1月20日","主办单位：丁市人民政府办公室"),"丁市民政局",2020),
(("XX镇2021年政府信息公开工作年度报告",S1,"我镇",*B),None,2021),
(("索引号：1234","发布机构：丁市戊区财政局 发文日期：2022-01-13","政府信息公开工作年度报告",S1,"2021年，我局认真。",*B),"丁市戊区财政局",2021),
(("中国人民银行丁市分行2021年政府信息公开工作年度报告",S1,"2021年",*B),"中国人民银行丁市分行",2021),
(("国家税务总局丁市税务局2021年政府信息公开工作年度报告",S1,"2021年，我局",*B),"国家税务总局丁市税务局",2021),
(("丁市公安局戊分局2021年政府信息公开工作年度报告",S1,"2021年，我分局",*B),"丁市公安局戊分局",2021),
(("丁高新技术产业开发区管理委员会2021年政府信息公开工作年度报告",S1,"2021年",*B),"丁高新技术产业开发区管理委员会",2021),
(("某某足彩下载APP_bet365官网丙镇人民政府2021年政府信息公开工作年度报告","请与某某足彩下载APP_bet365官网丙镇人民政府联系",S1,"2021年，我镇认真贯彻。",*B,"主办单位：丁市戊区丙镇人民政府 版权所有"),"丁市戊区丙镇人民政府",2021),
(("某某足彩下载APP_bet365官网人民政府办公室2021年政府信息公开工作年度报告",S1,"2021年，我办认真贯彻。",*B),None,2021),
(("丁市2021年政府信息公开工作年度报告","丁市人民政府根据条例编制了本报告。",S1,"2021年，我市",*B),"丁市人民政府",2021),
(("丁市戊区西街街道2021年政府信息公开工作年度报告",S1,"2021年，西街街道办事处坚持",*B),"丁市戊区西街街道",2021),
(("政府信息公开工作年度报告","（2021年度）","丁市卫生健康委员会",S1,"2021年，我委",*B),"丁市卫生健康委员会",2021),
(("当前位置：首页>政务公开>丁市城市管理局","2021年度报告",S1,"2021年，市城市管理局认真落实",*B),"丁市城市管理局",2021),
(("丁市城管局2021年政府信息公开工作年度报告","丁市城市管理局编制了本报告",S1,"2021年，我局认真落实",*B),"丁市城市管理局",2021),
(("乾县人民政府2021年政府信息公开工作年度报告",S1,"2021年，我县",*B),"乾县人民政府",2021),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "organ", "year"), CASES, ids=[c[0][0][:30] for c in CASES])
def test_organ_and_year(lines: tuple[str, ...], organ: str | None, year: int) -> None:
    prose = read(*lines)
    assert (prose.organ, prose.year) == (organ, year)


PLACES = ("丁市", "丁市戊区", "己县", "庚自治州", "己县丙镇", "己县辛乡")
OFFICES = ("人民政府", "人民政府办公室", "水利局", "教育体育局", "发展和改革委员会", "卫生健康委员会", "自然资源和规划局")
SHAPES = ("{o}{y}年政府信息公开工作年度报告", "{o}{y}年度政府信息公开工作年度报告", "{y}年{o}政府信息公开工作年度报告", "{o}{y}年政府信息公开年报",
          "{o}{y}年政务信息公开工作年度报告", "关于{o}{y}年政府信息公开工作年度报告", "{o}\n{y}年政府信息公开工作年度报告",
          "{o}{y}年政府信息公开工作报告", "{o}政府信息公开工作{y}年度报告", "《{o}{y}年政府信息公开工作年度报告》")  # fmt: skip


@given(st.sampled_from(PLACES), st.sampled_from(OFFICES), st.sampled_from(SHAPES), st.integers(2008, 2035))
def test_any_organ_in_any_title(place: str, office: str, shape: str, year: int) -> None:
    prose = read(*shape.format(o=place + office, y=year).split("\n"), S1, "认真贯彻条例。", *B)
    assert (prose.organ, prose.year) == (place + office, year)


def test_the_title_is_given_once_over_its_lines() -> None:
    title = "己县水利局2021年政府信息公开工作年度报告"
    assert read("己县水利局", "2021年政府信息公开工作年度报告", S1, *B).title == title
    assert read(title, title, S1, *B).title == title


@pytest.mark.parametrize(("text", "period"), [
    ("数据统计期限自2020年1月1日起，至2020年12月31日止。", (date(2020, 1, 1), date(2020, 12, 31))),
    ("所列数据的统计期限为2020年1月1日至12月31日。", (date(2020, 1, 1), date(2020, 12, 31))),
    ("统计期限为20201月1日至2020你那12月31日。", (date(2020, 1, 1), date(2020, 12, 31))),
    ("统计期限自202020年1月1日至2020年11月30日。", (date(2020, 1, 1), date(2020, 11, 30))),
    ("统计期限自２０２０年１月１日至２０２０年１２月３１日。", (date(2020, 1, 1), date(2020, 12, 31))),
    ("统计期限自2020年1月1日至2020年2月31日。", None),
    ("统计期限为上一年度。", None),
])  # fmt: skip
def test_period(text: str, period: tuple[date, date] | None) -> None:
    prose = read("己县水利局政府信息公开工作年度报告", text, S1, "认真。", *B)
    assert prose.period == period
    assert prose.year == (None if "上一年度" in text else 2020)


@pytest.mark.parametrize(("line", "published"), [
    ("发布时间：2021-01-28 10:13", date(2021, 1, 28)),
    ("索引号：1/2 发布机构：己县水利局 发文日期：2021年3月2日 浏览次数：3", date(2021, 3, 2)),
    ("成文日期：2021/1/5 发布日期：2021/1/9", date(2021, 1, 9)),
    ("发布时间：2021-13-40", None),
])
def test_published(line: str, published: date | None) -> None:
    prose = read(line, "己县水利局2020年政府信息公开工作年度报告", S1, *B)
    assert (prose.published, prose.year) == (published, 2020)


def test_published_from_the_signature_or_the_page_s_own_data() -> None:
    title = "己县水利局2020年政府信息公开工作年度报告"
    assert read(title, S1, *B, "己县水利局", "2021年1月20日").published == date(2021, 1, 20)
    assert read(title, S1, *B, meta={"PubDate": "2021-01-22 09:00"}).published == date(2021, 1, 22)


def test_the_page_of_the_next_year_does_not_change_the_year() -> None:
    assert read("发布时间：2024-05-01", "己县水利局政府信息公开工作年度报告", S1, "2020年，我局认真。", *B).year == 2020


def test_years_of_documents_named_are_no_vote() -> None:
    text = "2022年，按照《2021年政务公开工作要点》（国办发〔2021〕12号）、《2021年任务分解》和《2021年通知》要求推进。"
    assert read("己县水利局政府信息公开工作年度报告", S1, text, *B).year == 2022


def test_the_file_name_gives_a_year_but_never_an_organ() -> None:
    prose = read(S1, "认真贯彻。", *B, name="https://example.cn/己县水利局2021年年报.html")
    assert (prose.organ, prose.year) == (None, 2021)


def test_evidence_is_kept_best_first() -> None:
    prose = read("己县水利局2020年政府信息公开工作年度报告", "根据条例要求，己县水利局编制了本报告。", S1, "2020年，我局认真。", *B)
    organs = [e for e in prose.evidence if e.field == "organ"]
    assert organs[0].value == "己县水利局"
    assert organs[0].evidence == "标题"
    assert organs[0].trace is not None
    assert {e.value for e in prose.evidence if e.field == "year"} == {"2020"}


def test_disagreement_is_shown() -> None:
    prose = read("己县水利局2020年政府信息公开工作年度报告", "统计期限自2021年1月1日至2021年12月31日。", S1, *B)
    assert {e.value for e in prose.evidence if e.field == "year"} == {"2020", "2021"}
    assert prose.year == 2021


def test_a_traditional_name_is_given_simplified() -> None:
    prose = read("己縣水務局2020年政府信息公開工作年度報告", "一、總體情況", "2020年，我局依法開展工作，認真貫徹條例。")
    assert (prose.organ, prose.year) == ("己县水务局", 2020)
