"""What the prose claims: every kind of claim in several wordings, and what must never be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.prose.pages import document, report, says

from gongkai.forms import CLAIMS
from gongkai.reading.prose import read_prose

SAID = [
    ("2022年共收到政府信息公开申请56件，其中自然人申请50件，法人或其他组织申请6件。",
     {"requests_received": 56, "received_by.natural_person": 50}),
    ("全年新收公民、法人和其他组织提出的政府信息公开申请1,203件，上年结转4件，办结1200件，结转下年度继续办理7件。",
     {"requests_received": 1203, "carried_in": 4, "requests_completed": 1200, "carried_forward": 7}),
    ("新收申请12件，比上年减少3件；其中网络申请8件，信函申请4件，均已办结。", {"requests_received": 12, "all_completed": 1}),
    ("全年收到政府信息公开申请9件，已全部按程序办结。", {"requests_received": 9, "all_completed": 1}),
    ("注：一件申请往往有多个事项，故“办理结果”的数量大于收到申请的数量。", {"outcomes_exceed_received": 1}),
    ("本年度受理依申请公开事项三件，均在规定时限内答复。", {"requests_received": 3}),
    ("全年收到政府信息公開申請５６件，其中自然人申請50件。", {"requests_received": 56, "received_by.natural_person": 50}),
    ("2022年我局收到1件政府信息公开申请。", {"requests_received": 1}),
    ("2021年收到政府信息公开申请30件，2022年收到政府信息公开申请35件。", {"requests_received": 35}),
    ("2022年办理政府信息公开申请20件（含上年结转2件）。", {"requests_received": 20, "carried_in": 2}),
    ("截至12月底，共收到政府信息公开申请8件。", {"requests_received": 8}),
    ("收到政府信息公开申请56。", {"requests_received": 56}),
    ("收到申请29件，其中6件经补正后撤回，实际受理23件。", {"requests_received": 23}),
    ("新修订的《条例》施行以来，2022年收到政府信息公开申请23件。", {"requests_received": 23}),
    ("今年以来，共收到政府信息公开申请23件。", {"requests_received": 23}),
    ("新《条例》实施以来第三年，全年收到政府信息公开申请23件。", {"requests_received": 23}),
    ("依申请公开方面，新增申请7件，已办结6件，转下年办理1件。",
     {"requests_received": 7, "requests_completed": 6, "carried_forward": 1}),
    ("共收到依申请公开件68件，其中，自然人65件、商业企业3件，已答复66件，结转至2023年2件。",
     {"requests_received": 68, "received_by.natural_person": 65, "received_by.commercial_enterprise": 3,
      "requests_completed": 66, "carried_forward": 2}),
    ("收到自然人申请33件、科研机构申请1件，社会公益组织2件，法律服务机构3件，其他1件。",
     {"received_by.natural_person": 33, "received_by.research_institution": 1, "received_by.public_welfare_org": 2,
      "received_by.legal_service_org": 3, "received_by.other_org": 1}),
    ("收到申请10件，办结9件，其中自然人8件，商业企业1件。", {"requests_received": 10, "requests_completed": 9}),
    ("收到申请10件，按期办结8件，延期办结2件。", {"requests_received": 10}),
    ("收到申请45件，上年度结转2件，全部办结，无结转下年度申请。",
     {"requests_received": 45, "carried_in": 2, "carried_forward": 0, "all_completed": 1}),
    ("受理政府信息公开申请34件，其中：予以公开20件，部分公开4件，不予公开3件（属于国家秘密1件），无法提供6件，不予处理1件。",
     {"requests_received": 34, "granted": 20, "partially_granted": 4, "denied": 3, "unable": 6, "not_processed": 1}),
    ("收到政府信息公开申请5件，其中3件予以公开，2件不予公开。", {"requests_received": 5, "granted": 3, "denied": 2}),
    ("申请已答复17件，予以公开及部分公开15件，不予公开2件。", {"requests_completed": 17, "denied": 2}),
    ("因政府信息公开工作被申请行政复议3起，被提起行政诉讼1起。", {"review_cases": 3, "litigation_cases": 1}),
    ("全年因政府信息公开引发的行政复议2件、行政诉讼1件。", {"review_cases": 2, "litigation_cases": 1}),
    ("因政府信息公开引发的行政复议、行政诉讼各1件。", {"review_cases": 1, "litigation_cases": 1}),
    ("本年度因政府信息公开引发的行政复议和行政诉讼共3件。", {}),
    ("我局收到政府信息依申请公开办理事项1件。", {"requests_received": 1}),
    ("全年共收到8份政府信息公开申请，均为自然人申请。", {"requests_received": 8}),
    ("全年收到法人或其他组织申请6件。", {}),
    ("发生政府信息公开行政复议案件2件，其中维持1件，纠正1件。", {"review_cases": 2}),
    ("全年制发规范性文件5件。", {"normative_documents_issued": 5}),
    ("全年共制定出台行政规范性文件2件，废止3件。", {"normative_documents_issued": 2}),
    ("全年制发2件行政规范性文件。", {"normative_documents_issued": 2}),
    ("全年主动公开政府信息771条，其中第一季度140条，第二季度378条，第三季度137条，第四季度116条。",
     {"published_items": 771, "published_q1": 140, "published_q2": 378, "published_q3": 137, "published_q4": 116}),
    ("一至四季度分别公开信息37、49、44、33条。",
     {"published_q1": 37, "published_q2": 49, "published_q3": 44, "published_q4": 33}),
    ("通过门户网站、微信公众号等多种渠道公开政府信息1234条。", {"published_items": 1234}),
    ("本年度发出收费通知3件，收取信息处理费600元。", {"fee_notices": 3, "fee_yuan": 600}),
    ("2022年收取政府信息公开信息处理费2.5万元。", {"fee_yuan": 25000}),
]  # fmt: skip

NONE = [
    ("我局未收到公民、法人和其他组织的政府信息公开申请。", {"requests_received": 0}),
    ("全年无依申请公开事项。", {"requests_received": 0}),
    ("（二）依申请公开情况：无。", {"requests_received": 0}),
    ("2022年依申请公开0件。", {"requests_received": 0}),
    ("依申请公开方面为零报告，无申请、无收费。", {"requests_received": 0}),
    ("政府信息公开申请为零。", {"requests_received": 0}),
    ("未发生因政府信息公开被申请行政复议或提起行政诉讼的情况。", {"review_cases": 0, "litigation_cases": 0}),
    ("行政复议、行政诉讼均为零。", {"review_cases": 0, "litigation_cases": 0}),
    ("我局没有因政府信息公开申请引起的行政复议和诉讼。", {"review_cases": 0, "litigation_cases": 0}),
    ("2022年未制发规范性文件。", {"normative_documents_issued": 0}),
    ("2022年度未收取信息处理费。", {"fee_yuan": 0}),
    ("信息处理费收取情况：无。", {"fee_yuan": 0}),
    ("未发出收费通知。", {"fee_notices": 0}),
    ("我局收到申请5件，均已办结，无下年度结转。", {"requests_received": 5, "carried_forward": 0, "all_completed": 1}),
    ("我镇未收到依申请公开请求；没有发生因政府信息公开工作引发举报、投诉、行政复议或行政诉讼等事件。",
     {"requests_received": 0, "review_cases": 0, "litigation_cases": 0}),
    ("我局未发生依申请公开政府信息方面的行政复议和行政诉讼。", {"review_cases": 0, "litigation_cases": 0}),
    ("未收到法人或者其他组织对依申请公开政府信息的申请。", {"requests_received": 0}),
    ("我乡未接到提出公开政府信息的申请。", {"requests_received": 0}),
]

NOTHING = [
    "收到政府信息公开申请200余件。", "共收到申请近1000件。", "去年收到政府信息公开申请30件。", "共公开信息1.2万条。",
    "全年没有发生行政复议、行政诉讼败诉案件。", "我局全年办理行政复议案件230件，审结220件。", "受理行政复议申请15件。",
    "办理行政诉讼应诉案件15件。", "清理规范性文件30件，其中废止5件。", "备案审查规范性文件8件。",
    "全年通过县政府网站公开信息320条，微信公众号推送120条。", "全年发布政策解读信息12条。", "制发公文152件，主动公开120件。",
    "按照每件100元的标准收取信息处理费。", "办理网民留言82件，办结82件。", "承办人大建议12件、政协提案9件，全部办结答复21件。",
    "上半年收到申请5件，下半年收到申请7件。", "1月收到政府信息公开申请2件。", "答复期限由15个工作日修改为20个工作日。",
    "收到书面申请3件、网上申请5件。", "收到行政许可申请450件。", "2022年共收到法律援助申请300件。", "收到各类申请9件。",
    "2022年，我局未收到涉及政府信息公开的投诉举报。", "县政府未收到信息公开申请被投诉的情况。", "行政复议维持2件，纠正1件。",
    "对66份历史文件作了清理，依据丙政办发〔2022〕46号文发布。", "在2022年度考核中政务公开占4分。", "自然人申请办结33件。",
    "对2021年未办结的3件申请继续办理。", "一件申请往往有多个事项，实行一事一申请。", "2021年结转至今年。",
    "“十四五”以来累计收到政府信息公开申请97件。", "“十四五”期间共收到申请97件，其中本年23件。", "近三年共收到政府信息公开申请80件。",
    "三年来，我局共收到政府信息公开申请80件，年均26件。", "《条例》实施以来，累计收到政府信息公开申请411件。",
    "全年承办各类行政复议案件56件，与政府信息公开无关。", "全年发生行政复议案件56件、行政诉讼案件9件，均与政府信息公开无关。",
    "我局作为被申请人的行政复议案件共12件，其中政府信息公开类3件。", "县政府作为复议机关，全年收到行政复议申请128件，受理110件。",
    "局属单位县河道管理所收到申请4件。",
    "公文公开属性认定：主动公开98件，依申请公开31件，不予公开12件。", "制发公文156件，其中主动公开98件、依申请公开20件、不予公开38件。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "claims"), [*SAID, *NONE], ids=lambda v: v if isinstance(v, str) else "")
def test_claims(text: str, claims: dict[str, int]) -> None:
    assert says(text) == claims


@pytest.mark.parametrize("text", NOTHING)
def test_says_nothing(text: str) -> None:
    assert says(text) == {}


NUMBER = st.integers(0, 2_000_000)
MEASURE = st.sampled_from("件条份宗起")
PATTERNS = {
    "requests_received": ["{y}年共收到政府信息公开申请{n}{m}。", "我局全年受理信息公开申请{n}{m}，均已答复。", "新收依申请公开{n}{m}。"],
    "received_by.natural_person": ["收到申请9999999件，其中自然人申请{n}{m}。"],
    "received_by.commercial_enterprise": ["收到申请9999999件，其中商业企业提出申请{n}{m}。"],
    "carried_in": ["收到申请9999999件，上年结转{n}{m}。", "收到申请9999999件，上年度转结{n}{m}。"],
    "carried_forward": ["收到申请9999999件，结转下年度{n}{m}。", "收到申请9999999件，转结下年{n}{m}。"],
    "requests_completed": ["收到申请9999999件，已办结{n}{m}。", "收到申请9999999件，答复{n}{m}。"],
    "granted": ["收到申请9999999件，予以公开{n}{m}。"],
    "partially_granted": ["收到申请9999999件，部分公开{n}{m}。"],
    "denied": ["收到申请9999999件，不予公开{n}{m}。"],
    "unable": ["收到申请9999999件，无法提供{n}{m}。"],
    "not_processed": ["收到申请9999999件，不予处理{n}{m}。"],
    "review_cases": ["因政府信息公开被申请行政复议{n}{m}。"],
    "litigation_cases": ["因政府信息公开被提起行政诉讼{n}{m}。"],
    "normative_documents_issued": ["制发规范性文件{n}{m}。", "全年制定行政规范性文件共{n}{m}。"],
    "published_items": ["全年主动公开各类政府信息{n}{m}。", "累计公开信息{n}{m}。"],
    "published_q3": ["主动公开信息9999999条，第三季度{n}{m}。"],
    "fee_notices": ["发出收费通知{n}{m}。"],
    "fee_yuan": ["收取信息处理费{n}元。"],
}  # fmt: skip


@pytest.mark.parametrize("name", PATTERNS)
@given(data=st.data(), n=NUMBER, m=MEASURE)
def test_any_number_under_any_pattern(name: str, data: st.DataObject, n: int, m: str) -> None:
    text = data.draw(st.sampled_from(PATTERNS[name])).format(n=n, m=m, y=2022)
    assert says(text)[name] == n


@given(n=st.integers(2, 9999), text=st.sampled_from([
    "收到政府信息公开申请{n}余件。", "共收到申请约{n}件。", "公开信息超过{n}条。", "上年收到政府信息公开申请{n}件。", "公开率{n}%。",
    "2020年收到政府信息公开申请{n}件。", "丙政办发〔2022〕{n}号。", "电话：0000-{n}。", "网络{n}件，信函{n}件。", "培训{n}人次。",
    "查阅点{n}处。", "其中机构类{n}条、动态类{n}条。", "比上年增加{n}件。", "办理留言{n}件。", "推送微信{n}条。",
]))  # fmt: skip
def test_distractors_say_nothing(n: int, text: str) -> None:
    assert says(text.format(n=n)) == {}


def test_names_are_those_of_the_form() -> None:
    assert set(PATTERNS) <= set(CLAIMS)


def test_a_claim_points_to_its_number_in_the_document() -> None:
    page = report("全年收到政府信息公开申请　１２ 件。")
    claim = next(c for c in read_prose(page).claims if c.name == "requests_received")
    assert page.text is not None and claim.trace is not None
    assert page.text[claim.trace.start:claim.trace.end] == "１２ 件"
    assert claim.trace.raw is not None and "１２ 件" in claim.trace.raw


def test_a_sentence_broken_by_the_page_is_one() -> None:
    assert says("二是本机关全年依法依规共收到公民提出的政府信息公开申\n请17件，均已答复。") == {"requests_received": 17}


def test_section_six_says_what_the_fee_was_and_the_contradiction_is_named() -> None:
    page = report("收到申请3件，没有收取信息处理费。").text or ""
    prose = read_prose(document(*page.split("\n"), "2022年收取信息处理费300元。"))
    assert [c.value for c in prose.claims if c.name == "fee_yuan"] == [300]
    assert [p.code for p in prose.problems] == ["claims_differ"]


def test_two_answers_to_one_question_stay_two() -> None:
    prose = read_prose(report("我局收到政府信息公开申请3件。\n本机关收到政府信息公开申请5件。"))
    assert sorted(c.value for c in prose.claims) == [3, 5]
    assert [p.code for p in prose.problems] == ["claims_differ"]


@pytest.mark.parametrize(("title", "value"), [
    ("丙市人民政府2022年政府信息公开工作年度报告", 900), ("丙市人民政府办公室2022年政府信息公开工作年度报告", 90),
])  # fmt: skip
def test_the_other_subject_gives_way(title: str, value: int) -> None:
    text = "全市各级行政机关共收到政府信息公开申请900件。\n市政府办公室收到政府信息公开申请90件。"
    assert says(text, title=title) == {"requests_received": value}


@pytest.mark.parametrize("text", [
    "全县收到政府信息公开申请120件，其中县政府办公室收到12件。", "2022年，全县各级行政机关共收到政府信息公开申请120件，上年结转3件。",
])  # fmt: skip
def test_what_a_whole_area_received_is_said_by_its_government_alone(text: str) -> None:
    assert says(text, title="丙县人民政府2022年政府信息公开工作年度报告")["requests_received"] == 120
    assert says(text) == {}


def test_the_area_gives_way_to_the_office_that_writes() -> None:
    assert says("我局对全县工作加强指导，共收到政府信息公开申请12件。") == {"requests_received": 12}


def test_rows_of_a_table_left_as_lines_say_nothing() -> None:
    assert says("一、本年新收政府信息公开申请数量 15 0 0 0 1 0 16\n（一）予以公开 | 6 | 0 | 6 |\n12\n件", section=3) == {}
