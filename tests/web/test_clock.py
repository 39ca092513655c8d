"""A clock that runs ahead by an hour or a year and is put right again: nobody is barred, no limit stretched, nothing public early."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.web.accounts.models import Authenticator, StaffSession
from gongkai.web.accounts.one_time_codes import code, step_now
from gongkai.web.audit import chain
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.actor import REAUTHENTICATED, Actor
from gongkai.web.house.rate import Rate, wait
from gongkai.web.portal import edition, keeping
from gongkai.web.portal.kept import store
from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer
from tests.web.catalogue.conftest import at, draft, own_files  # noqa: F401 - fixtures
from tests.web.support.town import PASSWORD

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
pytestmark = pytest.mark.parametrize("jump", [HOUR, YEAR], ids=["an hour", "a year"])


@pytest.fixture
def clock(monkeypatch):
    """`clock(YEAR)` puts the clock ahead by so much, `clock()` right."""
    offset, true = [timedelta()], time.time

    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + offset[0]

    # Not timezone.now itself: libraries have it by its own name.
    monkeypatch.setattr(timezone, "datetime", Shifted)
    monkeypatch.setattr(time, "time", lambda: true() + offset[0].total_seconds())

    def put(ahead=timedelta()):
        offset[0] = ahead

    return put


def test_sessions_keep_their_limits(sign_in, town, client, clock, jump):
    before = sign_in("gu")
    clock(jump)
    assert before.get("/staff/home").status_code == 302  # idle for as long as the clock says
    during = sign_in("shi")
    assert during.get("/staff/home").status_code == 200
    clock()
    assert during.get("/staff/home").status_code == 302  # it could last until the clock gets there
    assert during.get("/organs/").status_code == 200
    device = Authenticator.objects.get(user=town.people["shi"])
    client.post("/account/login", {"username": "shi", "password": PASSWORD})
    client.post("/account/second-factor", {"token": code(device.secret, step_now())})  # though a later one was used
    assert client.get("/staff/home").status_code == 200
    assert list(chain.verify()) == []


def test_a_second_put_back_ends_no_session(sign_in, town, clock, jump):
    clock(timedelta(seconds=2))
    client = sign_in("gu")
    clock()
    assert client.get("/staff/home").status_code == 200
    StaffSession.objects.update(seen_at=timezone.now() + jump)
    assert client.get("/staff/home").status_code == 302


def test_a_typed_password_is_fresh_for_ten_minutes_only(sign_in, town, rf, clock, jump):
    client = sign_in("shi")

    def fresh(moved):
        session = client.session
        session[REAUTHENTICATED] = time.time() + moved
        request = rf.get("/")
        request.user, request.session, request.session_complete = town.people["shi"], session, True
        return Actor.of(request).freshly_authenticated

    assert fresh(-60)
    assert fresh(5)
    assert not fresh(-601)
    assert not fresh(jump.total_seconds())


def test_wrong_guesses_bar_nobody_until_the_clock_gets_there(town, client, clock, jump):
    right = {"username": "gu", "password": PASSWORD}

    def lock_out():
        for _ in range(5):
            client.post("/account/login", {"username": "gu", "password": "wrong"})
        return client.post("/account/login", right).status_code

    clock(jump)
    assert lock_out() == 429
    clock()
    assert client.post("/account/login", right).status_code == 302
    client.post("/account/logout")
    client.cookies.clear()
    assert lock_out() == 429  # from now on it counts as it must
    clock(timedelta(minutes=16))
    assert client.post("/account/login", right).status_code == 302


def test_what_is_counted_by_address_is_counted_anew(own_files, clock, jump):  # noqa: F811
    few = Rate(f"clock-{jump}", "核对", 1)
    clock(jump)
    assert wait(few, "198.51.100.7") == 0
    assert 0 < wait(few, "198.51.100.7") <= few.seconds
    clock()
    assert wait(few, "198.51.100.7") == 0


def test_nothing_stays_public_before_its_time(town, client, at, clock, jump, tmp_path, monkeypatch):  # noqa: F811
    """Seen while the clock was ahead, it is hidden again with the clock: no page, list, feed, index or cache keeps it."""
    made = engines.make("tantivy", tmp_path / "search")
    for module in ("gongkai.web.search.searching", "gongkai.web.search.suggestions"):
        monkeypatch.setattr(f"{module}.configured", lambda: made)
    indexer = Indexer(made)
    indexer.rebuild()
    store().remove()
    soon = at(Stage.PUBLISHED, title="到时公布的蓼蓝办法", since=timezone.now() + jump / 2)
    column = "/column/lh-shuiwu"
    exits = ["/", f"{column}/list", f"{column}/list.rss", f"{column}/list.json", "/api/items", "/search/?q=蓼蓝", f"/info/{soon.number}", f"/info/{soon.number}/print"]

    def showing():
        indexer.apply()
        texts = {path: b"".join(client.get(path)).decode() for path in exits}
        return {path for path, text in texts.items() if soon.title in text or f"/info/{soon.number}" in text}

    assert showing() == set()
    clock(jump)
    assert showing() == set(exits)
    etags = {path: client.get(path).headers.get("ETag", "") for path in exits}
    assert keeping.keep_all().right + keeping.keep_all().made
    clock()
    assert showing() == set()
    for path, etag in etags.items():
        assert client.get(path, headers={"If-None-Match": etag}).status_code != 304
    assert soon.title not in str(edition.current())
    clock(jump)
    assert showing() == set(exits)
    made.close()


def test_what_was_published_under_a_clock_ahead_comes_when_its_day_comes(town, client, at, clock, jump):  # noqa: F811
    """It bears the day it was given; nothing else can be known of it. Taken back and published anew it is out at once."""
    clock(jump)
    item = at(Stage.PUBLISHED, title="提前了的公告", since=timezone.now())
    clock()
    assert client.get(f"/info/{item.number}").status_code == 404
    Item.objects.filter(pk=item.pk).update(published_at=timezone.now())
    assert client.get(f"/info/{item.number}").status_code == 200
