"""Histories that cannot have happened: one clear error that names the event, in Chinese, with the remedy."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import CalendarError, Channel, Event, HistoryError, Kind, Party, due, legal_moves, receipt

MARCH = [date(2026, 3, day) for day in range(1, 32)]
RECEIVED = Event(Kind.RECEIVED, MARCH[1])


def event(kind: Kind, day: int, **more: object) -> Event:
    return Event(kind, MARCH[day - 1], **more)  # type: ignore[arg-type]


MALFORMED = {
    "no event at all": ([], "没有登记“收到申请”", None),
    "receipt missing": ([event(Kind.REPLIED, 5)], "第1个事件“答复”（2026-03-05）：此前没有登记“收到申请”", 0),
    "receipt twice": ([RECEIVED, event(Kind.RECEIVED, 4)], "第2个事件“收到申请”（2026-03-04）", 1),
    "before the request": ([RECEIVED, event(Kind.EXTENSION, 1, days=5)], "早于收到申请之日（2026-03-02）", 1),
    "out of order": ([RECEIVED, event(Kind.CONSULTATION_SENT, 9), event(Kind.EXTENSION, 6, days=5)],
                     "第3个事件“延期答复”（2026-03-06）：早于上一个事件（2026-03-09）", 2),
    "correction without a notice": ([RECEIVED, event(Kind.CORRECTION_RECEIVED, 6)], "没有尚未补正的补正告知", 1),
    "correction twice": ([RECEIVED, event(Kind.CORRECTION_SENT, 3), event(Kind.CORRECTION_RECEIVED, 6),
                          event(Kind.CORRECTION_RECEIVED, 9)], "没有尚未补正的补正告知", 3),
    "correction due before the notice": ([RECEIVED, event(Kind.CORRECTION_SENT, 6, until=MARCH[3])], "早于告知之日", 1),
    "answer without a consultation": ([RECEIVED, event(Kind.CONSULTATION_RETURNED, 6)], "没有未收回的征求意见", 1),
    "delivery without a consultation": ([RECEIVED, event(Kind.CONSULTATION_DELIVERED, 6)], "没有未收回的征求意见", 1),
    "delivered twice": ([RECEIVED, event(Kind.CONSULTATION_SENT, 3, ref="甲", party=Party.THIRD_PARTY),
                         event(Kind.CONSULTATION_DELIVERED, 5, ref="甲"), event(Kind.CONSULTATION_DELIVERED, 6, ref="甲")],
                        "已登记过收到征求意见书的日期", 3),
    "answer to another letter": ([RECEIVED, event(Kind.CONSULTATION_SENT, 3, ref="甲"),
                                  event(Kind.CONSULTATION_RETURNED, 6, ref="乙")], "没有名为“乙”的", 2),
    "answer to one of several": ([RECEIVED, event(Kind.CONSULTATION_SENT, 3, ref="甲"),
                                  event(Kind.CONSULTATION_SENT, 3, ref="乙"), event(Kind.CONSULTATION_RETURNED, 6)],
                                 "没有写明是哪一件", 3),
    "delivery of one of several unnamed letters": (
        [RECEIVED, event(Kind.CONSULTATION_SENT, 3), event(Kind.CONSULTATION_SENT, 4), event(Kind.CONSULTATION_DELIVERED, 5)],
        "没有写明是哪一件", 3),
    "answer to an unnamed letter beside one whose time ran out": (
        [RECEIVED, event(Kind.CONSULTATION_SENT, 3, party=Party.THIRD_PARTY), event(Kind.CONSULTATION_DELIVERED, 3),
         event(Kind.CONSULTATION_SENT, 26), event(Kind.CONSULTATION_RETURNED, 27)], "没有写明是哪一件", 4),
    "the same letter twice": ([RECEIVED, event(Kind.CONSULTATION_SENT, 3, ref="甲"),
                               event(Kind.CONSULTATION_SENT, 4, ref="甲")], "尚未收回", 2),
    "extension without days": ([RECEIVED, event(Kind.EXTENSION, 6)], "延期天数应为1至20个工作日", 1),
    "extension of 21 days": ([RECEIVED, event(Kind.EXTENSION, 6, days=21)], "延期天数应为1至20个工作日，现为21", 1),
    "extension of no days": ([RECEIVED, event(Kind.EXTENSION, 6, days=0)], "延期天数应为1至20个工作日，现为0", 1),
    "payment without a notice": ([RECEIVED, event(Kind.FEE_PAID, 6)], "没有待缴费的收费通知", 1),
    "reasons nobody asked for": ([RECEIVED, event(Kind.REASONS_RECEIVED, 6)], "没有要求申请人说明理由", 1),
    "delay without days": ([RECEIVED, event(Kind.DELAY, 6)], "没有写明延迟答复多少个工作日", 1),
    "an event after the reply": ([RECEIVED, event(Kind.REPLIED, 6), event(Kind.EXTENSION, 9, days=5)],
                                 "已于2026-03-06以“答复”办结", 2),
    "a reply after the withdrawal": ([RECEIVED, event(Kind.WITHDRAWN, 6), event(Kind.REPLIED, 9)], "撤回申请”办结", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(name: str) -> None:
    events, words, place = MALFORMED[name]
    with pytest.raises(HistoryError) as caught:
        due(events)
    assert words in str(caught.value)
    assert str(caught.value).count("请") >= 1, "the remedy is missing"
    assert caught.value.event is (None if place is None else events[place])
    assert caught.value.position == (None if place is None else place + 1)


def test_today_before_the_last_event_names_the_event() -> None:
    events = [RECEIVED, event(Kind.CONSULTATION_SENT, 9)]
    for ask in (lambda: due(events, today=MARCH[4]), lambda: legal_moves(events, MARCH[4])):
        with pytest.raises(HistoryError, match="第2个事件“发出征求意见书”（2026-03-09）：晚于"):
            ask()


def test_a_date_outside_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarError, match="2003-12-31不在工作日历范围"):
        due([Event(Kind.RECEIVED, date(2003, 12, 31))])
    with pytest.raises(CalendarError, match="工作日历范围"):
        due([Event(Kind.RECEIVED, date(2036, 12, 20))])


def test_receipt_follows_the_channel() -> None:
    days = {"submitted": MARCH[1], "signed": MARCH[3], "confirmed": MARCH[5]}
    assert receipt(Channel.IN_PERSON, days).on == MARCH[1]
    assert receipt(Channel.REGISTERED_POST, days).on == MARCH[3]
    for channel in (Channel.ORDINARY_POST, Channel.INTERNET, Channel.FAX):
        assert receipt(channel, days).on == MARCH[5]
    assert "双方确认之日" in receipt(Channel.FAX, days).why
    assert receipt(Channel.FAX, days).article == "条例第三十一条第三项"


def test_receipt_does_not_guess_the_decisive_day() -> None:
    with pytest.raises(HistoryError, match=r"双方确认之日.*没有登记这一天"):
        receipt(Channel.INTERNET, {"submitted": MARCH[1]})
    with pytest.raises(HistoryError, match="早于提交之日"):
        receipt(Channel.REGISTERED_POST, {"submitted": MARCH[5], "signed": MARCH[3]})
