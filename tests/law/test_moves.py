"""Which acts are allowed, late or impossible, each with its article and its last day."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import Event, Kind, Party, Status, default_rules, legal_move, legal_moves

DAY = {n: date(2026, 3, n) for n in range(1, 32)}
RECEIVED = Event(Kind.RECEIVED, DAY[2])  # a Monday: notice by 11 March, due 30 March


def status(events: list[Event], act: Kind, on: date) -> Status:
    return legal_move(events, act, on).status


def test_on_the_first_day_everything_but_answers_is_allowed() -> None:
    allowed = {m.act for m in legal_moves([RECEIVED], DAY[2]) if m.status is Status.ALLOWED}
    assert allowed == {Kind.CORRECTION_SENT, Kind.CONSULTATION_SENT, Kind.EXTENSION, Kind.FEE_NOTICE,
                       Kind.REASONS_REQUESTED, Kind.REPLIED, Kind.WITHDRAWN}  # fmt: skip


def test_every_refusal_has_its_article_and_reason() -> None:
    histories = [
        [RECEIVED],
        [RECEIVED, Event(Kind.CORRECTION_SENT, DAY[4])],
        [RECEIVED, Event(Kind.FEE_NOTICE, DAY[4])],
        [RECEIVED, Event(Kind.EXTENSION, DAY[4], days=5)],
        [RECEIVED, Event(Kind.REPLIED, DAY[4])],
    ]
    for events in histories:
        for on in (DAY[5], date(2026, 5, 20)):
            for move in legal_moves(events, on):
                if move.status is not Status.ALLOWED:
                    assert move.reason and move.article, move


def test_a_second_extension_is_impossible() -> None:
    events = [RECEIVED, Event(Kind.EXTENSION, DAY[10], days=5)]
    move = legal_move(events, Kind.EXTENSION, DAY[11])
    assert move.status is Status.IMPOSSIBLE
    assert move.article == "条例第三十三条第二款"
    assert "2026-03-10" in move.reason


def test_an_extension_is_possible_to_the_last_day_and_not_after() -> None:
    assert legal_move([RECEIVED], Kind.EXTENSION, DAY[30]).status is Status.ALLOWED
    late = legal_move([RECEIVED], Kind.EXTENSION, DAY[31])
    assert late.status is Status.IMPOSSIBLE
    assert late.by == DAY[30]
    assert "2026-03-30届满" in late.reason


def test_the_last_day_can_be_closed_to_extensions_by_the_rules() -> None:
    strict = default_rules().override("extension_on_due_day = false")
    assert legal_move([RECEIVED], Kind.EXTENSION, DAY[30], rules=strict).status is Status.IMPOSSIBLE
    assert legal_move([RECEIVED], Kind.EXTENSION, DAY[27], rules=strict).status is Status.ALLOWED


def test_a_correction_notice_is_late_after_the_seventh_day() -> None:
    assert status([RECEIVED], Kind.CORRECTION_SENT, DAY[11]) is Status.ALLOWED
    late = legal_move([RECEIVED], Kind.CORRECTION_SENT, DAY[12])
    assert late.status is Status.LATE
    assert late.by == DAY[11]
    assert late.article == "条例第三十条"
    strict = default_rules().override("late_correction_notice_restarts = false")
    assert legal_move([RECEIVED], Kind.CORRECTION_SENT, DAY[12], rules=strict).status is Status.IMPOSSIBLE


def test_a_second_correction_notice_is_impossible() -> None:
    events = [RECEIVED, Event(Kind.CORRECTION_SENT, DAY[4]), Event(Kind.CORRECTION_RECEIVED, DAY[6])]
    move = legal_move(events, Kind.CORRECTION_SENT, DAY[9])
    assert (move.status, move.article) == (Status.IMPOSSIBLE, "条例第三十条")


def test_while_a_correction_is_awaited() -> None:
    events = [RECEIVED, Event(Kind.CORRECTION_SENT, DAY[4], until=DAY[20])]
    assert legal_move(events, Kind.CORRECTION_RECEIVED, DAY[9]).by == DAY[20]
    for act in (Kind.EXTENSION, Kind.FEE_NOTICE):
        assert status(events, act, DAY[9]) is Status.IMPOSSIBLE
    assert status(events, Kind.ABANDONED, DAY[20]) is Status.IMPOSSIBLE
    assert status(events, Kind.ABANDONED, DAY[21]) is Status.ALLOWED
    unknown = legal_move([RECEIVED, Event(Kind.CORRECTION_SENT, DAY[4])], Kind.ABANDONED, DAY[31])
    assert unknown.status is Status.IMPOSSIBLE
    assert "没有登记补正期限" in unknown.reason


def test_an_unpaid_fee_lapses_after_twenty_working_days() -> None:
    events = [RECEIVED, Event(Kind.FEE_NOTICE, DAY[4])]  # 5-6 (2), 9-13 (7), 16-20 (12), 23-27 (17), 30-1 April (20)
    assert legal_move(events, Kind.FEE_PAID, DAY[9]).by == date(2026, 4, 1)
    assert status(events, Kind.ABANDONED, date(2026, 4, 1)) is Status.IMPOSSIBLE
    assert status(events, Kind.ABANDONED, date(2026, 4, 2)) is Status.ALLOWED


def test_a_late_reply_is_still_owed() -> None:
    move = legal_move([RECEIVED], Kind.REPLIED, DAY[31])
    assert move.status is Status.LATE
    assert "应当立即答复" in move.reason


def test_the_later_date_of_article_35_needs_reasons_first() -> None:
    asked = [RECEIVED, Event(Kind.REASONS_REQUESTED, DAY[4])]
    assert status(asked, Kind.DELAY, DAY[5]) is Status.IMPOSSIBLE
    answered = [*asked, Event(Kind.REASONS_RECEIVED, DAY[6])]
    assert status(answered, Kind.DELAY, DAY[9]) is Status.ALLOWED
    delayed = [*answered, Event(Kind.DELAY, DAY[9], days=10)]
    assert status(delayed, Kind.DELAY, DAY[10]) is Status.IMPOSSIBLE
    assert legal_move(delayed, Kind.REPLIED, DAY[10]).by == date(2026, 4, 14)  # 31 March-3 (24), 7-10 (28), 13-14 (30)


def test_silence_of_a_third_party_is_seen_by_the_moves() -> None:
    events = [RECEIVED, Event(Kind.CONSULTATION_SENT, DAY[3], party=Party.THIRD_PARTY), Event(Kind.CONSULTATION_DELIVERED, DAY[5])]
    assert legal_move(events, Kind.REPLIED, DAY[20]).by is None, "paused: no date"
    assert legal_move(events, Kind.EXTENSION, DAY[27]).by == date(2026, 4, 23), "the pause ended on 26 March"
    assert status(events, Kind.EXTENSION, date(2026, 4, 24)) is Status.IMPOSSIBLE


def test_a_closed_request_allows_nothing() -> None:
    events = [RECEIVED, Event(Kind.REPLIED, DAY[4])]
    assert {m.status for m in legal_moves(events, DAY[5])} == {Status.IMPOSSIBLE}


@pytest.mark.parametrize("kind", [Kind.EXTENSION, Kind.CONSULTATION_SENT, Kind.FEE_NOTICE, Kind.DELAY])
def test_conditions_are_told(kind: Kind) -> None:
    assert kind.condition
