"""Events as plain data and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from gongkai.law import Channel, Event, HistoryError, Kind, Party, from_plain, to_plain
from tests.law.histories import histories


@given(histories())
def test_there_and_back(events: list[Event]) -> None:
    assert from_plain(json.loads(json.dumps([to_plain(e) for e in events]))) == tuple(events)


def test_every_field_survives() -> None:
    event = Event(Kind.EXTENSION, date(2026, 3, 10), 5, Party.CO_MAKER, "函一", date(2026, 4, 1), Channel.FAX, "公开办主任")
    assert from_plain([to_plain(event)]) == (event,)
    assert to_plain(Event(Kind.REPLIED, date(2026, 3, 10))) == {"kind": "replied", "on": "2026-03-10"}


@pytest.mark.parametrize(("row", "words"), [
    ({"on": "2026-03-10"}, "第2行事件没有写明种类"),
    ({"kind": "extended", "on": "2026-03-10"}, "“extended”不认识"),
    ({"kind": "replied"}, "第2行事件没有日期"),
    ({"kind": "replied", "on": "10 March"}, "“10 March”不是日期"),
    ({"kind": "replied", "on": datetime(2026, 3, 10, 9, 0, tzinfo=UTC)}, "不是日期"),
    ({"kind": "extension", "on": "2026-03-10", "days": "5"}, "天数“5”不是整数"),
    ({"kind": "replied", "on": "2026-03-10", "by": "post"}, "不认识的项“by”"),
])  # fmt: skip
def test_a_row_that_is_no_event_is_named(row: dict[str, object], words: str) -> None:
    with pytest.raises(HistoryError, match=words):
        from_plain([{"kind": "received", "on": "2026-03-02"}, row])


def test_an_event_has_no_time_of_day() -> None:
    with pytest.raises(TypeError, match="happens on a date"):
        Event(Kind.RECEIVED, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
