"""The single periods, worked by hand, and what the rules may change."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law import (
    Event,
    Kind,
    Party,
    RulesError,
    correction_notice,
    default_rules,
    due,
    litigation,
    litigation_after_review,
    official_calendar,
    opinion,
    payment,
    publication,
    reconsideration,
)  # fmt: skip


def test_working_day_periods() -> None:
    # 30 September 2026 is day 0; 8-10 October (3), 12-16 (8), 19-23 (13), 26-30 (18), 2-3 November (20)
    assert publication(date(2026, 9, 30)).due == date(2026, 11, 3)
    assert payment(date(2026, 9, 30)).due == date(2026, 11, 3)
    # seven: 8-10 (3), 12-15 (7)
    assert correction_notice(date(2026, 9, 30)).due == date(2026, 10, 15)
    # fifteen: 8-10 (3), 12-16 (8), 19-23 (13), 26-27 (15)
    assert opinion(date(2026, 9, 30), Party.THIRD_PARTY).due == date(2026, 10, 27)
    assert opinion(date(2026, 9, 30), Party.CO_MAKER).due == date(2026, 10, 27)


def test_another_organ_has_no_statutory_time() -> None:
    with pytest.raises(ValueError, match="没有规定其他机关"):
        opinion(date(2026, 9, 30), Party.OTHER_ORGAN)


def test_calendar_day_periods() -> None:
    # 60 days after 2 March: 29 in March, 30 in April, the 60th is 1 May, Labour Day, off to 5 May: 6 May
    assert reconsideration(date(2026, 3, 2)).due == date(2026, 5, 6)
    # 60 days after 1 June: 29 in June, 31 in July: 31 July, a Friday
    assert reconsideration(date(2026, 6, 1)).due == date(2026, 7, 31)
    # six months after 31 August 2025: February has no 31st; 28 February 2026 is a make-up Saturday
    assert litigation(date(2025, 8, 31)).due == date(2026, 2, 28)
    # six months after 4 April 2026: 4 October, National Day, off to 7 October
    assert litigation(date(2026, 4, 4)).due == date(2026, 10, 8)
    # six months after 15 September 2025: 15 March 2026, a Sunday
    assert litigation(date(2025, 9, 15)).due == date(2026, 3, 16)
    assert litigation_after_review(date(2026, 9, 17)).due == date(2026, 10, 8)
    assert litigation_after_review(date(2026, 6, 1)).due == date(2026, 6, 16)


def test_the_last_day_at_rest_is_a_rule() -> None:
    stay = default_rules().override("last_day_at_rest_moves = false")
    assert reconsideration(date(2026, 3, 2), rules=stay).due == date(2026, 5, 1)


def test_periods_explain_themselves() -> None:
    for period in (publication(date(2026, 9, 30)), reconsideration(date(2026, 3, 2)), litigation(date(2026, 4, 4))):
        steps = period.explain().steps
        assert steps[0].date == period.start
        assert steps[-1].date == period.due
        assert [s.number for s in steps if s.counts] == list(range(1, period.length + 1))
        assert period.article in period.explain().text()
    moved = reconsideration(date(2026, 3, 2)).explain()
    assert [(s.date.day, s.why) for s in moved.steps[-6:]] == [
        (1, "劳动节"), (2, "劳动节；末日为休息日，顺延"), (3, "劳动节；末日为休息日，顺延"), (4, "劳动节；末日为休息日，顺延"),
        (5, "劳动节调休；末日为休息日，顺延"), (6, "工作日；顺延后的届满日"),
    ]  # fmt: skip
    months = litigation(date(2025, 8, 31)).explain().steps
    assert [s.date.isoformat() for s in months[1:]] == ["2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
    assert "该月没有对应日" in months[-1].why
    provisional = publication(date(2026, 12, 20), official_calendar(through=2026))
    assert provisional.provisional
    assert "暂定" in provisional.explain().text()


def test_rules_are_data() -> None:
    rules = default_rules()
    assert (rules.reply_days, rules.extension_most, rules.correction_notice_days, rules.third_party_days) == (20, 20, 7, 15)
    assert {"payment_days", "silence_ends_pause", "extension_on_due_day"} <= rules.unverified
    assert "reply_days" not in rules.unverified
    assert set(rules.basis) == {name for name in rules.__dataclass_fields__ if name not in ("basis", "unverified")}


def test_rules_can_be_overridden() -> None:
    local = default_rules().override('reply_days = 15\npayment_days = { value = 10, basis = "某省办法", verified = true }')
    assert due([Event(Kind.RECEIVED, date(2026, 3, 2))], rules=local).due == date(2026, 3, 23)
    assert payment(date(2026, 3, 2), rules=local).due == date(2026, 3, 16)
    assert payment(date(2026, 3, 2), rules=local).article == "某省办法"
    assert "payment_days" not in local.unverified
    assert default_rules().reply_days == 20


def test_silence_and_reasons_are_rules() -> None:
    sent = [Event(Kind.RECEIVED, date(2026, 3, 2)), Event(Kind.CONSULTATION_SENT, date(2026, 3, 3), party=Party.THIRD_PARTY),
            Event(Kind.CONSULTATION_DELIVERED, date(2026, 3, 5))]  # fmt: skip
    patient = default_rules().override("silence_ends_pause = false")
    assert due(sent, today=date(2026, 4, 1), rules=patient).due is None
    assert due(sent, today=date(2026, 4, 1)).due == date(2026, 4, 23)
    reasons = [Event(Kind.RECEIVED, date(2026, 3, 2)), Event(Kind.REASONS_REQUESTED, date(2026, 3, 5)),
               Event(Kind.REASONS_RECEIVED, date(2026, 3, 10))]  # fmt: skip
    pausing = default_rules().override("reasons_pause = true")
    assert due(reasons).due == date(2026, 3, 30)
    assert due(reasons, rules=pausing).due == date(2026, 4, 2)  # 6, 9 and 10 March taken out
    assert "要求说明理由期间不计算" in due(reasons, rules=pausing).explain().text()


@pytest.mark.parametrize(("text", "words"), [
    ("reply_day = 20", "没有“reply_day”"),
    ("reply_days = 0", "正整数"),
    ("reply_days = true", "正整数"),
    ('reply_days = "20"', "正整数"),
    ("silence_ends_pause = 1", "true 或 false"),
    ("reply_days =", "不是有效的 TOML"),
])  # fmt: skip
def test_broken_rules_are_refused(text: str, words: str) -> None:
    with pytest.raises(RulesError, match=words):
        default_rules().override(text)
