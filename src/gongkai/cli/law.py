"""The commands of the law: ``due``, ``fee`` and ``calendar``. The rules are in :mod:`gongkai.law`; this only asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from gongkai import law

_NOTICES = click.option("--calendar", "notices", multiple=True, envvar="GONGKAI_CALENDAR", metavar="文件",
                        type=click.Path(path_type=Path), help="放假通知文件（TOML），可多次给出，按次序叠加。")  # fmt: skip
_FORMAT = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                       help="输出格式。")  # fmt: skip


_PRINTED_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


class Refused(click.ClickException):
    """Wrong usage, said in Chinese; exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"错误：{self.format_message()}", err=True)


def _date(text: str, what: str) -> date:
    """A date as 2026-09-21 or as letters print it, 2026年9月21日."""
    try:
        if printed := _PRINTED_DATE.fullmatch(text.strip()):
            return date(*map(int, printed.groups()))
        return date.fromisoformat(text) if len(text) == 10 else _not_a_date()
    except ValueError as error:
        raise Refused(f"{what}“{text}”不是日期。请写成 2026-09-21 或 2026年9月21日 的样式。") from error


def _not_a_date() -> date:
    raise ValueError("a date has ten characters")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"读不了文件“{path}”：{error}。请核对文件名和编码（UTF-8）。") from error


def _calendar(notices: Sequence[Path]) -> law.Calendar:
    return law.official_calendar().with_notices(_read(path) for path in notices)


# ---- due


@click.command("due")
@click.option("--received", metavar="日期", help="收到申请之日（必需），如 2026-09-21。")
@click.option("--channel", type=click.Choice([c.value for c in law.Channel]), help="申请渠道（条例第三十一条）。")
@click.option("--event", "events", multiple=True, metavar="种类:日期[:天数]", help="其后的事件，按发生先后，可多次给出。")
@click.option("--today", metavar="日期", help="计算到哪一天；默认为今天，事件晚于今天的，为最后一个事件当日。")
@click.option("--rules", "rules_file", type=click.Path(path_type=Path), metavar="文件", help="期限规则文件（TOML）。")
@_NOTICES
@_FORMAT
def due_command(received: str | None, channel: str | None, events: tuple[str, ...], today: str | None,
                rules_file: Path | None, notices: tuple[Path, ...], form: str) -> None:  # fmt: skip
    """计算答复期限，并逐日说明理由。

    \b
    事件种类：
      correction_sent:日期[:补正期限]      补正告知；补正期限写日期，或者工作日数
      correction_received:日期             收到补正
      consultation_sent:日期[:对象][:名称] 征求意见；对象为 third_party、co_maker、other_organ
      consultation_delivered:日期[:名称]   被征求意见方收到征求意见书
      consultation_returned:日期[:名称]    收到意见
      extension:日期:天数[:同意人]         延期答复
      fee_notice:日期、fee_paid:日期       送达收费通知、缴费
      reasons_requested:日期、reasons_received:日期、delay:日期:天数   条例第三十五条
      replied:日期、withdrawn:日期、abandoned:日期                     答复、撤回、不再处理

    \b
    退出码：0 已算出；1 已算出，但有不合规定的行为（列在最后）；2 用法或者事件有误，没有算出。
    """  # \b is click's mark for text to leave as it is
    try:
        calendar = _calendar(notices)
        rules = law.default_rules().override(_read(rules_file)) if rules_file else law.default_rules()
        history = tuple(_history(received, channel, events, calendar))
        deadline = law.due(history, calendar, _as_of(today, history), rules)
        explanation = deadline.explain()
    except (law.HistoryError, law.CalendarError, law.RulesError) as error:
        raise Refused(str(error)) from error
    if form == "json":
        click.echo(json.dumps(_due_json(deadline, explanation), ensure_ascii=False))
        for irregularity in deadline.irregularities:
            click.echo(f"提示：{irregularity.text}", err=True)
    else:
        click.echo(explanation.text())
        click.echo("\n" + "\n".join(_next(deadline)))
    if deadline.irregularities:
        raise click.exceptions.Exit(1)


def _as_of(today: str | None, history: tuple[law.Event, ...]) -> date:
    if today is not None:
        return _date(today, "--today ")
    now = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return max(now, history[-1].on)


def _history(received: str | None, channel: str | None, events: tuple[str, ...],
             calendar: law.Calendar) -> Iterator[law.Event]:  # fmt: skip
    if received is None:
        raise Refused("缺少收到申请之日。请用 --received 写明，如 --received 2026-09-21。")
    yield law.Event(law.Kind.RECEIVED, _date(received, "收到申请之日"), channel=law.Channel(channel) if channel else None)
    for text in events:
        yield _event(text, calendar)


def _event(text: str, calendar: law.Calendar) -> law.Event:
    """``种类:日期[:天数或对象或名称]…`` as an event."""
    kind_text, *rest = text.split(":")
    kinds = [k.value for k in law.Kind if k is not law.Kind.RECEIVED]
    if kind_text not in kinds:
        raise Refused(f"事件“{text}”的种类“{kind_text}”不认识；可用的有：{'、'.join(kinds)}。")
    if not rest:
        raise Refused(f"事件“{text}”缺少日期。请写成 {kind_text}:2026-09-21 的样式。")
    kind, on, extra = law.Kind(kind_text), _date(rest[0], f"事件“{text}”的日期"), rest[1:]
    if kind in (law.Kind.EXTENSION, law.Kind.DELAY):
        if not extra or not extra[0].isdecimal():
            raise Refused(f"事件“{text}”应写明多少个工作日，如 {kind_text}:{on}:10。")
        return law.Event(kind, on, days=int(extra[0]), approved_by=":".join(extra[1:]))
    if kind is law.Kind.CORRECTION_SENT and len(extra) == 1:
        until = calendar.add(on, int(extra[0])) if extra[0].isdecimal() and int(extra[0]) else _date(extra[0], "补正期限")
        return law.Event(kind, on, until=until)
    if kind_text.startswith("consultation_") and extra:
        party = law.Party(extra[0]) if extra[0] in list(law.Party) else None
        return law.Event(kind, on, party=party, ref=":".join(extra[1:] if party else extra))
    if extra:
        raise Refused(f"事件“{text}”在日期之后多了“{':'.join(extra)}”。请删去。")
    return law.Event(kind, on)


def _due_json(deadline: law.Deadline, explanation: law.Explanation) -> dict[str, Any]:
    return {
        "due": deadline.due.isoformat() if deadline.due else None,
        "state": deadline.state.value,
        "days_used": deadline.days_used,
        "days_left": deadline.days_left,
        "provisional": deadline.provisional,
        "steps": [
            {"date": s.date.isoformat(), "counts": s.counts, "why": s.why + (f"（{s.article}）" if s.article else "")}
            for s in explanation.steps
        ],
    }


def _next(deadline: law.Deadline) -> Iterator[str]:
    found = deadline.next()
    yield "此后可以办理：" if found else "已经办结，没有待办事项。"
    for move in found:
        by = f"，最迟{move.by}" if move.by and move.status is law.Status.ALLOWED else ""
        late = f"（{move.status.label}：{move.reason}）" if move.status is law.Status.LATE else ""
        condition = f"，{move.act.condition}" if move.act.condition else ""
        yield f"  {move.act.label}{by}{late}{condition}{f'（{move.article}）' if move.article and not late else ''}"


# ---- fee


@click.command("fee")
@click.option("--items", type=click.IntRange(min=0), metavar="件数", help="按件计收：本次申请的件数。")
@click.option("--pages", type=click.IntRange(min=0), metavar="页数", help="按量计收：提供信息的页数。")
@click.option("--before", type=click.IntRange(min=0), default=0, metavar="件数",
              help="按件计收：同一申请人同一自然月内此前已申请的件数。")  # fmt: skip
@click.option("--date", "on_text", metavar="日期", help="收到申请之日，决定适用哪一期标准；默认为今天。")
@_FORMAT
def fee_command(items: int | None, pages: int | None, before: int, on_text: str | None, form: str) -> None:
    """计算信息处理费（国办函〔2020〕109号），逐档列出。

    每件申请只能适用一种标准：--items 或者 --pages，二者取一。

    \b
    退出码：0 已算出；2 用法有误，或者当日没有生效的标准。
    """
    if (items is None) == (pages is None):
        raise Refused("每件申请只能适用一种标准：请写明 --items（按件）或者 --pages（按量），二者取一。")
    if before and items is None:
        raise Refused("--before 只用于按件计收（--items）；按量计收不累计此前的申请。请删去。")
    on = _date(on_text, "日期") if on_text else datetime.now(ZoneInfo("Asia/Shanghai")).date()
    quantity = items if items is not None else pages or 0
    try:
        tariff = law.tariff("per_item" if items is not None else "per_volume", on)
    except law.FeeError as error:
        raise Refused(str(error)) from error
    lines = tariff.lines(quantity, before)
    amount = tariff.fee(quantity, before)
    if form == "json":
        click.echo(json.dumps({
            "tariff": tariff.key, "basis": tariff.basis, "quantity": quantity, "before": before, "amount": str(amount),
            "lines": [{"first": x.band.first, "last": x.band.last, "units": x.units, "rate": str(x.band.rate),
                       "amount": str(x.amount)} for x in lines],
        }, ensure_ascii=False))  # fmt: skip
        return
    click.echo(f"信息处理费计算说明（{tariff.name}，{tariff.basis}）")
    click.echo(f"本次{quantity}{tariff.unit}" + (f"，当月此前已有{before}{tariff.unit}" if before else ""))
    for x in lines:
        span = f"第{x.band.first}{tariff.unit}以上" if x.band.last is None else f"第{x.band.first}至{x.band.last}{tariff.unit}"
        click.echo(f"  {span}：{x.units}{tariff.unit} × {x.band.rate}元 = {x.amount}元")
    click.echo(f"合计：{amount}元")


# ---- calendar


@click.command("calendar")
@click.argument("year", type=int, metavar="年份")
@_NOTICES
@_FORMAT
def calendar_command(year: int, notices: tuple[Path, ...], form: str) -> None:
    """列出一年的工作日历：放假、调休上班和各月工作日数。

    尚无国务院办公厅放假通知的年份按法定节日估算，标为暂定；通知发布后用 --calendar 加入。

    \b
    退出码：0 已列出；2 年份不在日历范围内，或者通知文件有误。
    """
    try:
        calendar = _calendar(notices)
        days = list(calendar.days(date(year, 1, 1), date(year, 12, 31)))
    except (law.CalendarError, ValueError) as error:
        raise Refused(str(error) if isinstance(error, law.CalendarError) else f"年份“{year}”不对。请核对。") from error
    provisional = year not in calendar.announced
    if form == "json":
        click.echo(json.dumps({
            "year": year, "version": calendar.version, "provisional": provisional,
            "working_days": sum(d.working for d in days),
            "days": [{"date": d.on.isoformat(), "weekday": d.weekday, "working": d.working, "why": d.why} for d in days],
        }, ensure_ascii=False))  # fmt: skip
        return
    click.echo(f"{year}年工作日历{'（暂定：尚无放假通知，按法定节日估算）' if provisional else ''}")
    click.echo(f"依据：{calendar.version}")
    click.echo("放假：")
    for name, first, last in _holidays(days):
        click.echo(f"  {name}：{first.on}（{first.weekday}）" + (f"至{last.on}（{last.weekday}）" if last != first else ""))
    makeup = [d for d in days if d.working and d.on.weekday() >= 5]
    if makeup:
        click.echo("调休上班：")
        for d in makeup:
            click.echo(f"  {d.on}（{d.weekday}）：{d.why}")
    months = [sum(d.working for d in days if d.on.month == m) for m in range(1, 13)]
    click.echo("各月工作日：" + "，".join(f"{m}月{n}天" for m, n in enumerate(months, start=1)))
    click.echo(f"全年工作日：{sum(months)}天")


def _holidays(days: Sequence[law.Day]) -> Iterator[tuple[str, law.Day, law.Day]]:
    """Runs of rest days under one festival's name (its adjusted days included)."""
    runs: list[tuple[str, law.Day, law.Day]] = []
    for d in days:
        if d.working or d.why == d.weekday:
            continue
        name = d.why.removesuffix("调休").removesuffix("补假")
        if runs and runs[-1][0] == name and (d.on - runs[-1][2].on).days == 1:
            runs[-1] = (name, runs[-1][1], d)
        else:
            runs.append((name, d, d))
    yield from runs
