"""Day by day, why each day counted or not: what a clerk puts in the file and a court can follow.

The list is made by walking the calendar one day at a time with the same events, not by the prefix sums that
:func:`gongkai.law.deadline.due` uses; that both end on the same day is one of the properties the tests hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Day
from gongkai.law.clock import Clock
from gongkai.law.events import CLOSING, Event, Kind, Party, words
from gongkai.law.history import apply, run
from gongkai.law.standing import Standing, State


@dataclass(frozen=True, slots=True)
class Step:
    """One day. ``number`` is its place in the running count when it counts; ``why`` is complete in itself."""

    date: date
    weekday: str
    counts: bool
    number: int | None
    why: str
    article: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps from receipt to the due date (to the day of reckoning while there is none), and the summary lines."""

    heading: str
    summary: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]

    def text(self) -> str:
        """The whole as plain text in columns of even width, to print for a file or a court."""
        rows = [("日期", "星期", "计入", "累计", "说明")]
        rows += [(s.date.isoformat(), s.weekday, "是" if s.counts else "否", str(s.number) if s.number else "",
                  s.why + (f"（{s.article}）" if s.article else "")) for s in self.steps]  # fmt: skip
        widths = (12, 6, 6, 6, 0)
        lines = ["".join(_pad(c, w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([self.heading, "", *self.summary, "", *lines, *(["", *self.notes] if self.notes else [])])


def _pad(text: str, width: int) -> str:
    taken = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(0, width - taken)


def explain(standing: Standing) -> Explanation:
    """The explanation of a standing. The counted steps number ``standing.limit`` when it has a due date."""
    steps = tuple(_steps(standing))
    notes = [*_lateness(standing), *_awaited(standing), *(i.text for i in standing.irregularities)]
    if standing.provisional:
        notes.append("期限经过的年份尚无国务院办公厅放假通知，日期按法定节日估算，为暂定；通知发布后应重新计算。")
    return Explanation("政府信息公开申请答复期限计算说明", tuple(_summary(standing)), steps, tuple(notes))


# ---- the summary


def _summary(d: Standing) -> Iterator[str]:
    yield f"收到申请之日：{d.received.on}（{_channel(d.received)}）"
    yield f"答复期限：{d.limit}个工作日（{d.rules.basis['reply_days']}）"
    if d.due is not None:
        yield f"期限届满日：{d.due}（{d.calendar.day(d.due).weekday}）{'，暂定' if d.provisional else ''}"
    yield f"截至{d.as_of}：{_standing(d)}"
    yield f"工作日历：{d.calendar_version}"


def _channel(received: Event) -> str:
    if received.channel is None:
        return Kind.RECEIVED.article
    word = words()["channel"][received.channel.value]
    return f"{word['label']}，以{word['day']}为准，{word['article']}"


def _standing(d: Standing) -> str:
    if d.cause is not None and d.cause.kind in CLOSING:
        late = f"，超期{max(0, -d.days_left)}个工作日" if d.late else ""
        return f"已于{d.cause.on}以“{d.cause.kind.label}”办结，用{d.days_used}个工作日{late}"
    if d.state is State.STOPPED and d.cause is not None:
        return f"{d.state.label}（{d.cause.on}{d.cause.kind.label}），此后自次日起重新计算{d.days_left}个工作日"
    if d.state is State.OVERDUE:
        return f"{d.state.label}{-d.days_left}个工作日"
    paused = f"（{d.cause.on}{d.cause.kind.label}）" if d.state is State.PAUSED and d.cause is not None else ""
    return f"{d.state.label}{paused}，已用{d.days_used}个工作日，余{d.days_left}个工作日"


def _lateness(d: Standing) -> Iterator[str]:
    """The working days past the due date, named as far as a reader would check them."""
    if not d.late or d.due is None:
        return
    until = d.cause.on if d.cause is not None and d.cause.kind in CLOSING else d.as_of
    past = [x.on.isoformat() for x in d.calendar.days(d.due, until) if x.working][1:]
    named = f"：{'、'.join(past[:_NAMED])}{'等' if len(past) > _NAMED else ''}" if past else ""
    yield f"期限于{d.due}届满，至{until}逾期{len(past)}个工作日{named}。"


def _awaited(d: Standing) -> Iterator[str]:
    """Until when the answers that pause the clock may come, or that nobody can know it yet (Articles 32, 34)."""
    if d.state is not State.PAUSED:
        return
    clock = run(d.events, d.calendar, d.rules)
    ends = {id(event): date.fromordinal(end) for end, event in clock.silences}
    days = {Party.THIRD_PARTY: d.rules.third_party_days, Party.CO_MAKER: d.rules.co_maker_days}
    for event in clock.open:
        if event.party in days:
            name = event.party.label + (f"“{event.ref}”" if event.ref else "")
            if id(event) in ends:
                yield f"{name}提出意见的期限至{ends[id(event)]}届满；届满未提出的，次日起恢复计算（{event.party.article}）。"
            else:
                yield (f"{name}应自收到征求意见书之日起{days[event.party]}个工作日内提出意见（{event.party.article}），"
                       "收到日期尚未登记。请登记。")  # fmt: skip


_NAMED = 20  # dates named in a line of lateness; a longer delay is not checked day by day


# ---- the days


def _steps(d: Standing) -> Iterator[Step]:
    restart = _last_restart(d)
    void = {id(i.event) for i in d.irregularities if i.void}
    clock, pending, number = Clock(d.calendar, d.rules), list(d.events), 0
    closed = d.cause.on if d.cause is not None and d.cause.kind in CLOSING else None
    end = d.due or closed or d.as_of
    for day in d.calendar.days(d.received.on, end):
        clock.settle(day.on.toordinal())
        counts, why, article = _verdict(clock, day, restart)
        number += counts
        happened = []
        while pending and pending[0].on == day.on:
            apply(clock, pending[0])
            happened.append(pending.pop(0))
        if happened:
            why, article = _with_events(why, article, happened, void)
        if day.on == d.due:
            why += "；期限届满日"
        yield Step(day.on, day.weekday, counts, number if counts else None, why, article, day.provisional)


def _last_restart(d: Standing) -> date:
    """Day 0 of the count that stands; while a notice is unanswered nothing counted so far stands."""
    clock = Clock(d.calendar, d.rules)
    for event in d.events:
        apply(clock, event)
    if clock.waiting is not None:
        return d.as_of
    assert clock.start is not None
    return clock.start.on


def _verdict(clock: Clock, day: Day, restart: date) -> tuple[bool, str, str]:
    """Whether the day counts, given the state the night before, why, and the article."""
    if clock.received is None:
        return False, "第0日，不计入", ""
    word = day.why + ("（暂定）" if day.provisional else "")
    if not day.working:
        return False, word, ""
    if clock.closed is not None:
        return True, f"{word}；申请已办结，列供核对", ""
    if clock.waiting is not None:
        which = "等待补正" if clock.waiting.kind is Kind.CORRECTION_SENT else "等待缴费"
        return False, f"{word}；{which}，不计入", clock.waiting.kind.article
    if clock.paused:
        return False, f"{word}；{_pausing(clock)}期间不计算", clock.open[0].kind.article
    if day.on <= restart:
        return False, f"{word}；期限须重新计算，此前的日数作废，不计入", ""
    return True, word, ""


def _pausing(clock: Clock) -> str:
    named = [e.party for e in clock.open if e.party is not None]
    if clock.open[0].kind is Kind.REASONS_REQUESTED:
        return "要求说明理由"
    return f"征求{'、'.join(dict.fromkeys(p.label for p in named))}意见" if named else "征求意见"


def _with_events(why: str, article: str, happened: list[Event], void: set[int]) -> tuple[str, str]:
    told = "；".join(_told(e) + ("（不合规定，不产生效力）" if id(e) in void else "") for e in happened)
    articles = dict.fromkeys([article, *(e.kind.article for e in happened)])
    return f"{told}；{why}", "、".join(a for a in articles if a)


def _told(event: Event) -> str:
    extra = ""
    if event.days is not None:
        extra = f"{event.days}个工作日"
    elif event.kind is Kind.CONSULTATION_SENT and event.party is not None:
        extra = f"（{event.party.label}{f'，{event.ref}' if event.ref else ''}）"
    elif event.ref:
        extra = f"（{event.ref}）"
    elif event.kind is Kind.CORRECTION_SENT and event.until is not None:
        extra = f"（补正期限至{event.until}）"
    restart = "，自次日起重新计算" if event.kind in (Kind.CORRECTION_RECEIVED, Kind.FEE_PAID) else ""
    by = f"，{event.approved_by}同意" if event.approved_by else ""
    return f"{event.kind.label}{extra}{restart}{by}"



