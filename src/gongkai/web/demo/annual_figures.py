"""Figures of an annual report that agree with each other, with last year's and with what the organ published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random

from gongkai.forms import APPLICANTS, form
from gongkai.report import Figure, Report, Section

Values = dict[str, int | Decimal]
_RESULTS = ("upheld", "corrected", "other", "pending")
# Outcomes by how often they are met; those not named are met seldom.
_USUAL = (
    ("granted",) * 10
    + ("unable_not_held",) * 5
    + ("partially_granted",) * 3
    + ("not_processed_petition", "not_processed_duplicate")
)


def make_report(
    organ: str, year: int, size: int, issued: int, repealed: int, before: Report | None
) -> Report:
    """The report of `organ` for `year`; `size` is about how many requests it gets, `issued` and `repealed` its
    normative documents of the year, `before` its report of the year before."""
    key = "2019" if year < form("2021").first_year else "2021"
    random = Random(f"{organ}{year}")  # noqa: S311 - an invented city
    values = _disclosure(key, random, size, issued, repealed, before)
    values |= _requests(key, random, size, before) | _remedies(random, size)
    report = Report(
        source="", organ=organ, year=year, form=key, title=f"{organ}{year}年政府信息公开工作年度报告",
        period=(date(year, 1, 1), date(year, 12, 31)), published=date(year + 1, 1, random.randint(11, 29)),
        figures={address: Figure.of(values[address]) for address in form(key).cells},
    )  # fmt: skip
    report.sections = tuple(
        Section(number, section.title, text)
        for number, (section, text) in enumerate(
            zip(form(key).sections, _texts(organ, year, values, random), strict=True), 1
        )
    )
    return report


def _last(before: Report | None, address: str, otherwise: int) -> int:
    if before is None or address not in before.figures:
        return otherwise
    return int(before.value(address) or 0)


def _disclosure(
    key: str, random: Random, size: int, issued: int, repealed: int, before: Report | None
) -> Values:
    values: Values = {address: 0 for address in form(key).cells if address.startswith("disclosure.")}
    row = "disclosure.normative_documents"
    stock = _last(before, f"{row}.in_force", _last(before, f"{row}.public_total", 8 + size // 3))
    if key == "2019":
        values |= {f"{row}.made": issued, f"{row}.published": issued, f"{row}.public_total": stock + issued}
        for name in ("licensing", "other_services", "penalties", "coercion"):
            values[f"disclosure.{name}.items_last_year"] = random.randint(4, 40)
            values[f"disclosure.{name}.items_change"] = random.randint(-2, 3)
        values["disclosure.procurement.projects"] = random.randint(1, 12)
        values["disclosure.procurement.amount"] = Decimal(random.randint(2000, 900000)).scaleb(-2)
    else:
        repealed = min(repealed, stock)
        values |= {
            f"{row}.issued": issued,
            f"{row}.repealed": repealed,
            f"{row}.in_force": stock + issued - repealed,
        }
        values["disclosure.fees.amount"] = (
            Decimal(random.randint(0, 80000)).scaleb(-2) if random.random() < 0.3 else Decimal(0)
        )
    for name, most in (("licensing", 30), ("penalties", 8), ("coercion", 1)):
        values[f"disclosure.{name}.decisions"] = random.randint(0, size * most)
    return values


def _requests(key: str, random: Random, size: int, before: Report | None) -> Values:
    the = form(key)
    grid = {row: dict.fromkeys(APPLICANTS, 0) for row in the.sets["requests.rows"]}
    usual = (*_USUAL, *the.sets["requests.outcomes"][:1], random.choice(the.sets["requests.outcomes"]))
    for place, who in enumerate(APPLICANTS):
        most = size if place == 0 else size // 6 if place == 1 else size // 25
        received = random.randint(most // 2, most)
        carried = _last(before, f"requests.carried_forward.{who}", 0)
        forward = random.randint(0, min(received, 1 + most // 15))
        grid["new_received"][who], grid["carried_in"][who], grid["carried_forward"][who] = (
            received,
            carried,
            forward,
        )
        grid["results_total"][who] = received + carried - forward
        for _ in range(received + carried - forward):
            grid[random.choice(usual)][who] += 1
    values: Values = {}
    for row, cells in grid.items():
        values |= {f"requests.{row}.{who}": count for who, count in cells.items()}
        values[f"requests.{row}.total"] = sum(cells.values())
    return values


def _remedies(random: Random, size: int) -> Values:
    values: Values = {}
    for row, most in (
        ("review", 1 + size // 20),
        ("litigation_direct", size // 40),
        ("litigation_after_review", 0),
    ):
        parts = [random.randint(0, most if place == 0 else most // 2) for place in range(4)]
        values |= {f"remedies.{row}.{name}": part for name, part in zip(_RESULTS, parts, strict=True)}
        values[f"remedies.{row}.total"] = sum(parts)
    return values


def _texts(organ: str, year: int, values: Mapping[str, int | Decimal], random: Random) -> tuple[str, ...]:
    asked, carried = values["requests.new_received.total"], values["requests.carried_forward.total"]
    normative = values.get(
        "disclosure.normative_documents.issued", values.get("disclosure.normative_documents.made")
    )
    review = values["remedies.review.total"]
    work = random.choice(
        (
            "健全公开属性源头认定，未注明属性的文件不予编号",
            "按季核查栏目更新，及时纠正失效链接",
            "推进政策与解读同步起草、同步审签、同步发布",
        )
    )
    fault = random.choice(("解读形式还不够丰富", "个别栏目更新不够及时", "答复文书说理不够充分"))
    first = (
        f"{year}年，{organ}认真落实《中华人民共和国政府信息公开条例》，{work}。\n"
        f"（一）主动公开。全年制发行政规范性文件{normative}件，均在政府网站公开。\n"
        f"（二）依申请公开。全年收到政府信息公开申请{asked}件，结转下年度继续办理{carried}件。因政府信息公开被申请行政复议{review}件。\n"
        "（三）政府信息管理。对现行有效文件集中清理，实行动态调整。\n"
        "（四）平台建设。栏目按法定主动公开内容设置，支持检索、查阅和下载。\n"
        "（五）监督保障。组织业务培训，把政务公开纳入年度考核。"
    )
    return (
        first,
        "",
        "",
        "",
        f"存在的主要问题：{fault}。下一步将加强业务指导，完善工作机制。",
        "本年度没有收取信息处理费。没有其他需要报告的事项。",
    )
