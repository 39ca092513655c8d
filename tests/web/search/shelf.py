"""A small invented shelf: every document is there for a behaviour."""

from __future__ import annotations

from datetime import UTC, datetime

from gongkai.web.search.document import Kind, SearchDocument

CITY, BUREAU, COUNTY = 1, 2, 3


def document(key: str, title: str, body: str = "", **more: object) -> SearchDocument:
    """One document of the bureau, of 2 March 2024, unless told otherwise."""
    facts: dict[str, object] = {
        "kind": Kind.ITEM, "organ": BUREAU, "organs": (CITY, BUREAU), "moment": datetime(2024, 3, 2, 4, tzinfo=UTC),
        "url": f"/info/{key}",
    }  # fmt: skip
    return SearchDocument(id=f"catalogue.item:{key}", title=title, body=body, **(facts | more))


def day(year: int, month: int, number: int) -> datetime:
    """Noon in China."""
    return datetime(year, month, number, 4, tzinfo=UTC)


def shelf() -> list[SearchDocument]:
    """All of them."""
    return [
        document("method", "临禾市城镇老旧小区改造管理办法", "第一条 为了规范老旧小区改造，改善居住条件，制定本办法。改造资金由居民、财政共同负担。",
                 document_number="临政规〔2024〕6号", art20="regulations_and_normative_docs", theme="construction_environment",
                 validity="in_force", organ=CITY, organs=(CITY,)),
        document("read", "一图读懂老旧小区改造", "居民出多少、怎么议、谁来管。", kind=Kind.INTERPRETATION, moment=day(2024, 3, 5)),
        document("annex", "改造项目清单.xlsx", "文昌里小区 外墙保温 加装电梯", kind=Kind.ATTACHMENT),
        document("water", "关于调整城市供水价格的通知", "居民生活用水每立方米3.5元。市水务局负责解释。", document_number="临水发〔2023〕12号",
                 art20="administrative_charges", moment=day(2023, 5, 1), validity="repealed"),
        document("water-old", "关于城市供水管网检漏情况的公告", "本年共检漏管网120公里。", moment=day(2019, 6, 1)),
        document("poor", "最低生活保障审核确认办法", "申请人向乡镇人民政府提出书面申请。", theme="social", moment=day(2022, 1, 4)),
        document("budget", "临禾市水务局2024年部门预算", "一般公共预算拨款支出12,345.67万元。三公经费合计8万元。", art20="budget_final_accounts"),
        document("county", "东坡县农业保险保费补贴实施方案", "对参保农户给予保费补贴。", organ=COUNTY, organs=(CITY, COUNTY), moment=day(2021, 9, 9)),
        document("trad", "關於加強飲用水水源保護的意見", "保護區內禁止新建排污口。"),
        document("mention", "关于执行临政规〔2024〕6号有关事项的说明", "对临政规〔2024〕6号第八条作如下说明。"),
        document("name", "行政处罚决定书（临水罚〔2024〕3号）", "当事人欧阳砚秋擅自取水，责令停止违法行为。", art20="penalties_and_coercion"),
        document("hidden", "内部掌握的老旧小区改造底数", "不公开。", public=False),
    ]  # fmt: skip
