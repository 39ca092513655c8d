"""Consistent annual reports for tests and benches: every relation of the form holds, the prose agrees with the tables.

``make_report("2021", 7)`` is the same report on every machine; ``reports()`` is the hypothesis strategy over the same
maker, so a failing report shrinks towards an empty one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from gongkai.forms import APPLICANTS, Form, form
from gongkai.report import Claim, Figure, Report, Section, State

Figures = dict[str, int | Decimal]

_REGIONS = ("云岭市", "临川府市青禾区", "东屏县", "望江市白鹤区", "石桥县柳溪镇", "南浦市")
_OFFICES = ("司法局", "教育局", "水利局", "自然资源局", "卫生健康委员会", "市场监督管理局", "人民政府办公室", "人民政府")
_WORK = (
    "政策文件与解读材料同步起草、同步审签、同步发布，解读形式以图表和问答为主",
    "设立专人接收登记，来件当日编号，按时限逐件督办",
    "建立公开属性源头认定机制，发文稿纸增设公开属性栏，未填写的不予编号",
    "按月清理失效栏目，合并重复目录，检索功能支持按文号和主题词查找",
    "邀请人大代表、政协委员和群众代表现场评议，意见逐条反馈",
    "组织业务骨干到窗口单位跟班学习，编印答复文书参考样式",
    "对基层报送的信息实行三级审核，涉密和涉及个人隐私的一律不上网",
)
_TROUBLES = (
    "部分目录更新不够及时，个别科室主动公开意识有待增强",
    "解读材料形式较为单一，群众看得懂的内容偏少",
    "依申请公开答复文书的说理还不够充分",
)
_REMEDIES = ("下一步将把更新情况纳入季度通报", "今后将增加案例式、问答式解读", "将组织集中培训并开展文书评查")


def make_report(
    key: str = "2021",
    seed: int = 0,
    *,
    blanks: float = 0.0,
    prose: bool = True,
    after: Report | None = None,
) -> Report:
    """A consistent report on the form ``key``.

    ``blanks`` is the share of zero cells left blank, "/" or unreadable instead of printed 0; ``after`` is the same
    organ's report of the year before (same form), whose stocks are carried on.
    """
    return _report(Random(seed), form(key), blanks, prose, after)


@st.composite
def reports(draw: st.DrawFn, key: str | None = None, *, blanks: float = 0.0, prose: bool = True) -> Report:
    """Strategy of consistent reports; of both forms when ``key`` is None."""
    key = key or draw(st.sampled_from(("2021", "2019")))
    return _report(draw(st.randoms(use_true_random=False)), form(key), blanks, prose, None)


def _report(rnd: Random, the: Form, blanks: float, prose: bool, after: Report | None) -> Report:
    year = after.year + 1 if after and after.year else rnd.randint(the.first_year, the.last_year or 2025)
    organ = after.organ if after else rnd.choice(_REGIONS) + rnd.choice(_OFFICES)
    size = rnd.choice((0, 3, 12, 60, 900))
    values = {
        **(_disclosure_2019 if the.key == "2019" else _disclosure_2021)(rnd, size, after),
        **_requests(rnd, the, size, after),
        **_remedies(rnd, size),
    }
    values = {address: values[address] for address in the.cells}
    claims, texts = _prose(rnd, the, year, values) if prose else ({}, {})
    return Report(
        source=f"{organ}{year}.json",
        organ=organ,
        year=year,
        form=the.key,
        title=f"{organ}{year}年政府信息公开工作年度报告",
        period=(date(year, 1, 1), date(year, 12, 31)),
        published=date(year + 1, 1, rnd.randint(8, 31)),
        figures={a: _figure(rnd, v, blanks) for a, v in values.items()},
        claims=tuple(Claim(name, value) for name, value in claims.items()),
        sections=tuple(Section(n, s.title, texts.get(n, "")) for n, s in enumerate(the.sections, 1) if prose),
    )


def _figure(rnd: Random, value: int | Decimal, blanks: float) -> Figure:
    if blanks and value == 0 and rnd.random() < blanks:
        return Figure(rnd.choice((State.BLANK, State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE)))
    return Figure.of(value)


def _stock(after: Report | None, address: str, otherwise: int) -> int:
    known = after.figures.get(address) if after else None
    return int(known.value) if known and known.value is not None else otherwise


def _money(rnd: Random, size: int) -> Decimal:
    return Decimal(rnd.randint(1, size * 9000 + 1)).scaleb(-rnd.choice((0, 1, 2, 4)))


def _disclosure_2019(rnd: Random, size: int, after: Report | None) -> Figures:
    out: Figures = {}
    for row in ("rules", "normative_documents"):
        made = rnd.randint(0, size) if row != "rules" or size > 50 else 0
        published = rnd.randint(0, made)
        total = _stock(after, f"disclosure.{row}.public_total", rnd.randint(0, 4 * size)) + published
        for column, value in (("made", made), ("published", published), ("public_total", total)):
            out[f"disclosure.{row}.{column}"] = value
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        stock = rnd.randint(0, 3 * size)
        if after:
            stock = _stock(after, f"disclosure.{row}.items_last_year", 0)
            stock += _stock(after, f"disclosure.{row}.items_change", 0)
        out[f"disclosure.{row}.items_last_year"] = stock
        out[f"disclosure.{row}.items_change"] = rnd.randint(-min(stock, size), size)
        if row != "fees":
            out[f"disclosure.{row}.decisions"] = rnd.randint(0, 40 * size)
    projects = rnd.randint(0, size)
    out["disclosure.procurement.projects"] = projects
    out["disclosure.procurement.amount"] = _money(rnd, size) if projects else Decimal(0)
    return out


def _disclosure_2021(rnd: Random, size: int, after: Report | None) -> Figures:
    out: Figures = {}
    for row in ("rules", "normative_documents"):
        before = _stock(after, f"disclosure.{row}.in_force", rnd.randint(0, 4 * size))
        issued = rnd.randint(0, size) if row != "rules" or size > 50 else 0
        repealed = rnd.randint(0, min(before, size))
        for column, value in (("issued", issued), ("repealed", repealed), ("in_force", before + issued - repealed)):
            out[f"disclosure.{row}.{column}"] = value
    for row in ("licensing", "penalties", "coercion"):
        out[f"disclosure.{row}.decisions"] = rnd.randint(0, 40 * size)
    out["disclosure.fees.amount"] = _money(rnd, size) if rnd.random() < 0.5 and size else Decimal(0)
    return out


def _requests(rnd: Random, the: Form, size: int, after: Report | None) -> Figures:
    outcomes, rows = the.sets["requests.outcomes"], the.sets["requests.rows"]
    grid = {row: dict.fromkeys(APPLICANTS, 0) for row in rows}
    favourites = ["granted"] * 8 + ["unable_not_held"] * 4 + ["partially_granted"] * 2 + list(outcomes)
    for place, applicant in enumerate(APPLICANTS):
        most = size if place == 0 else size // 4 if rnd.random() < 0.5 else 0
        received = rnd.randint(0, most)
        carried = _stock(after, f"requests.carried_forward.{applicant}", rnd.randint(0, most // 6))
        forward = rnd.randint(0, min(received + carried, most // 6))
        grid["new_received"][applicant], grid["carried_in"][applicant] = received, carried
        grid["carried_forward"][applicant] = forward
        left = grid["results_total"][applicant] = received + carried - forward
        while left:
            part = rnd.randint(1, left) if left < 5 else rnd.randint(left // 4, left)
            grid[rnd.choice(favourites)][applicant] += part
            left -= part
    out: Figures = {}
    for row in rows:
        for applicant in APPLICANTS:
            out[f"requests.{row}.{applicant}"] = grid[row][applicant]
        out[f"requests.{row}.total"] = sum(grid[row].values())
    return out


def _remedies(rnd: Random, size: int) -> Figures:
    out: Figures = {}
    for row in ("review", "litigation_direct", "litigation_after_review"):
        parts = [rnd.randint(0, max(size // 12, 1)) if size and rnd.random() < 0.5 else 0 for _ in range(4)]
        for column, value in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            out[f"remedies.{row}.{column}"] = value
        out[f"remedies.{row}.total"] = sum(parts)
    if out["remedies.litigation_after_review.total"] > out["remedies.review.total"]:
        for column in ("upheld", "corrected", "other", "pending", "total"):
            out[f"remedies.litigation_after_review.{column}"] = 0
    return out


def _prose(rnd: Random, the: Form, year: int, values: Figures) -> tuple[dict[str, int], dict[int, str]]:
    """The claims the prose makes, and the text of each section."""
    claims: dict[str, int] = {}
    lines = [f"{year}年，本机关认真落实《中华人民共和国政府信息公开条例》，{rnd.choice(_WORK)}。"]
    lines.append("（一）主动公开情况。" + _published(rnd, the, values, claims) + rnd.choice(_WORK) + "。")
    lines.append("（二）依申请公开情况。" + _received(rnd, the, values, claims) + _challenged(values, claims))
    lines += [f"（{n}）{head}情况。{rnd.choice(_WORK)}。" for n, head in zip("三四五", ("政府信息管理", "平台建设", "监督保障"), strict=True)]
    trouble = rnd.randrange(len(_TROUBLES))
    fee = rnd.randint(1, 40) * 100 if rnd.random() < 0.25 else 0
    claims["fee_yuan"] = fee
    notices = int(values.get("requests.other_fee_unpaid.total", 0)) + 1 if fee or the.key == "2021" else 0
    six = f"本年度收取政府信息公开信息处理费{fee}元。" if fee else "本年度未收取政府信息公开信息处理费。"
    if values.get("requests.other_fee_unpaid.total", 0) or fee:
        claims["fee_notices"] = notices
        six = f"本年度共发出收费通知{notices}件。" + six
    texts = {1: "\n".join(lines), 5: f"存在的主要问题：{_TROUBLES[trouble]}。{_REMEDIES[trouble]}。", 6: six}
    return claims, texts


def _published(rnd: Random, the: Form, values: Figures, claims: dict[str, int]) -> str:
    column = "made" if the.key == "2019" else "issued"
    issued = claims["normative_documents_issued"] = int(values[f"disclosure.normative_documents.{column}"])
    quarters = [rnd.randint(1, 400) for _ in range(4)]
    claims["published_items"] = sum(quarters)
    claims.update({f"published_q{n}": value for n, value in enumerate(quarters, 1)})
    spread = "，".join(f"第{n}季度{value}条" for n, value in zip("一二三四", quarters, strict=True))
    return f"全年制发规范性文件{issued}件。全年主动公开政府信息{sum(quarters)}条，其中{spread}。"


def _received(rnd: Random, the: Form, values: Figures, claims: dict[str, int]) -> str:
    def total(*rows: str) -> int:
        return sum(int(values[f"requests.{row}.total"]) for row in rows)

    received = claims["requests_received"] = total("new_received")
    if not received and not total("carried_in"):
        return "本年度未收到政府信息公开申请。"
    labels = {c.key: c.label for c in the.tables["requests"].columns}
    kinds = [a for a in APPLICANTS if values[f"requests.new_received.{a}"] and a != "other_org"]
    claims.update({f"received_by.{a}": int(values[f"requests.new_received.{a}"]) for a in kinds})
    spread = "、".join(f"{labels[a]}申请{claims[f'received_by.{a}']}件" for a in kinds)
    text = f"本年度共收到政府信息公开申请{received}件{'，其中' + spread if spread else ''}。"
    stock = {"carried_in": total("carried_in"), "requests_completed": total("results_total"),
             "carried_forward": total("carried_forward")}  # fmt: skip
    claims.update(stock)
    text += f"上年结转{stock['carried_in']}件，本年办结{stock['requests_completed']}件，结转下年度继续办理{stock['carried_forward']}件。"
    if rnd.random() < 0.5:
        groups = {g: [r for r in the.sets["requests.outcomes"] if r.startswith(f"{g}_")] for g in ("denied", "unable", "not_processed")}
        results = {"granted": total("granted"), "partially_granted": total("partially_granted"),
                   **{g: total(*rows) for g, rows in groups.items()}}  # fmt: skip
        claims.update(results)
        words = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理")
        text += "办理结果中，" + "，".join(f"{w}{v}件" for w, v in zip(words, results.values(), strict=True)) + "。"
    return text


def _challenged(values: Figures, claims: dict[str, int]) -> str:
    claims["review_cases"] = int(values["remedies.review.total"])
    claims["litigation_cases"] = int(values["remedies.litigation_direct.total"]) + int(
        values["remedies.litigation_after_review.total"]
    )
    return f"因政府信息公开被申请行政复议{claims['review_cases']}件，被提起行政诉讼{claims['litigation_cases']}件。"
