"""The publication clock and its queue."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import publication
from gongkai.web.catalogue.models import Item
from gongkai.web.review import queues
from gongkai.web.review.clock import clock_of, latest_overdue_start


@given(st.dates(date(2020, 2, 1), date(2026, 11, 1)), st.integers(0, 80))
def test_the_queue_and_the_law_agree_on_every_day(today, ago):
    start = today - timedelta(days=ago)
    assert (publication(start).due < today) == (start <= latest_overdue_start(today))


def test_the_clock_in_words(submitted):
    item = submitted(formed_on=date(2026, 3, 2))
    due = publication(date(2026, 3, 2)).due
    assert clock_of(item, due).words == "今天到期"
    assert clock_of(item, due + timedelta(days=1)).left < 0
    assert clock_of(item, date(2026, 3, 2)).words == "剩20个工作日"
    assert sum(1 for step in clock_of(item).explain().steps if step.number) == 20


def test_the_overdue_queue(bureau, submitted, approved):
    late, item = submitted(formed_on=date(2026, 3, 2)), approved(formed_on=None, written_on=date(2026, 3, 2))
    day = publication(date(2026, 3, 2)).due
    assert not queues.overdue(bureau.actor("ou"), day).exists()
    assert set(queues.overdue(bureau.actor("ou"), day + timedelta(days=1))) == {late, item}
    assert not queues.overdue(bureau.actor("fan"), day + timedelta(days=1)).exists()
    Item.objects.filter(pk=late.pk).update(attribute="on_request", withheld_under="specific_parties")
    assert set(queues.overdue(bureau.actor("ou"), day + timedelta(days=1))) == {item}
