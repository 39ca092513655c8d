"""A year at an office, hour after hour: what strangers see is at every moment what was published, neither earlier nor longer.

GONGKAI_DAYS says how many days (5 unless it says otherwise; they go over the end of a year), GONGKAI_SEED what is done on them. The expectation
is kept here, in plain numbers; nothing of the platform is asked for it.
"""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from gongkai.web.audit.chain import verify
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Item
from gongkai.web.organs.models import Role
from gongkai.web.portal import edition
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.actions.withdraw_item import WithdrawItem
from gongkai.web.review.checks.examine import findings
from tests.web.portal.changes import Clock
from tests.web.support.town import Town, person

DAYS = int(os.environ.get("GONGKAI_DAYS", "5"))
SEED = int(os.environ.get("GONGKAI_SEED", "711"))
BEGIN = datetime(2026, 12, 29, 1, tzinfo=UTC)
CLEAN = {"kind": "notice", "art20": "plans", "attribute": "proactive", "body": "<p>各县水务局：</p><p>为加强节约用水管理，现通知如下。</p>"}
REVIEWERS = {"xu": Role.SECTION_REVIEWER, "mi": Role.SECRECY_REVIEWER}


@dataclass
class Year:
    """Who works, what time it is, and what strangers must see: from when until when, by number."""

    town: Town
    clock: Clock
    chance: random.Random
    public: dict[int, tuple[datetime, datetime | None]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def write(self) -> Item:
        """A draft of today."""
        today = timezone.localdate()
        values = {**CLEAN, "title": f"关于第{Item.objects.count() + 1}号工程的通知", "written_on": today, "formed_on": today}
        item = CreateItem(actor=self.town.actor("fan"), organ=self.town.water, values=values).perform()
        self.hidden.add(item.number)
        return item

    def review(self, item: Item) -> Item:
        """Through all steps and the signature; now and then it is returned once."""
        self._submit(item)
        if self.chance.random() < 0.2:
            ReturnToDrafter(actor=self.town.actor("xu"), item=item, comment="请修改").perform()
            item.refresh_from_db()
            self._submit(item)
        for who in ("xu", "mi", "ou"):
            PassStep(actor=self.town.actor(who), item=item).perform()
            item.refresh_from_db()
        ApproveItem(actor=self.town.actor("gu"), item=item).perform()
        item.refresh_from_db()
        return item

    def _submit(self, item: Item) -> None:
        SubmitItem(actor=self.town.actor("fan"), item=item, reasons=self._explained(item)).perform()
        item.refresh_from_db()

    def _explained(self, item: Item) -> dict[str, str]:
        return {one.print: "测试" for one in findings(item)}

    def publish(self, item: Item) -> None:
        """At once, or from an hour to a month later; never at the very minute at which `look` comes."""
        until = None if self.chance.random() < 0.5 else timezone.now() + timedelta(hours=self.chance.choice((1, 30, 24 * 31)), seconds=30)
        PublishItem(actor=self.town.actor("ou"), item=item, reasons=self._explained(item), until=until).perform()
        self.hidden.discard(item.number)
        self.public[item.number] = (until or timezone.now(), None)

    def withdraw(self) -> None:
        """One that is out, or waits for its moment."""
        number = self.chance.choice([number for number, (_, end) in self.public.items() if end is None])
        WithdrawItem(actor=self.town.actor("ou"), item=Item.objects.get(number=number), reason="内容有误").perform()
        self.public[number] = (self.public[number][0], timezone.now())

    def seen(self) -> set[int]:
        """What strangers may see now."""
        now = timezone.now()
        return {number for number, (since, end) in self.public.items() if since <= now and (end is None or now < end)}

    def work(self) -> None:
        """What an office does in an hour."""
        item = self.write()
        if self.chance.random() < 0.8:
            self.review(item)
            if self.chance.random() < 0.9:
                self.publish(item)
        if self.public and self.chance.random() < 0.2 and any(end is None for _, end in self.public.values()):
            self.withdraw()


@pytest.fixture
def year(town, monkeypatch, settings):
    settings.ENV = replace(settings.ENV, api_rate=0)  # a year's questions come within a minute
    clock = Clock()
    clock.ahead = BEGIN - datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", clock.now)
    # What time alone changes shows within edition.SECONDS: that clock goes along.
    monkeypatch.setattr(edition, "time", SimpleNamespace(time=lambda: clock.now().timestamp()))
    for name, role in REVIEWERS.items():
        town.people[name] = person(name, f"审{name}", town.water, role)
    return Year(town, clock, random.Random(SEED))


def look(year: Year, client) -> None:
    """The list, the feed and documents in every state, as a stranger gets them."""
    right = year.seen()
    newest = sorted(right, key=lambda number: year.public[number][0], reverse=True)
    told = client.get("/api/items?limit=100").json()["items"]
    assert {one["number"] for one in told} == set(newest[:100])
    feed = client.get("/column/lh-shuiwu/list.rss").content.decode()
    assert [int(one) for one in re.findall(r"/info/(\d+)</link>", feed)] == newest[:50]
    everything = sorted({*year.public, *year.hidden})
    for number in year.chance.sample(everything, min(6, len(everything))):
        assert client.get(f"/info/{number}").status_code == (200 if number in right else 404), (number, year.public.get(number), timezone.now())


def test_an_office_over_the_end_of_a_year(year, client):
    for day in range(DAYS):
        for hour in (0, 5, 14):
            year.clock.ahead = BEGIN + timedelta(days=day, hours=hour, minutes=year.chance.randint(0, 59)) - datetime.now(UTC)
            if hour < 10:
                year.work()
            look(year, client)
    by_year = defaultdict(list)
    for number in Item.objects.order_by("number").values_list("number", flat=True):
        by_year[number // 1_000_000].append(number % 1_000_000)
    assert len(by_year) > 1
    assert all(numbers == list(range(numbers[0], numbers[0] + len(numbers))) for numbers in by_year.values())
    assert not list(verify())
