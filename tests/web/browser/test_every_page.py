"""Every page of the platform, from the URL configuration itself, at every width; error pages too."""

from __future__ import annotations

import pytest

from gongkai.web.accounts.models import Authenticator
from gongkai.web.house import error_pages
from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer
from tests.web import exits
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD

from . import everything
from .judging import judged

PARTS = 4


@pytest.fixture
def scene(real_town, settings, tmp_path, monkeypatch):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    made = everything.build(real_town)
    index = engines.make("tantivy", tmp_path / "search")
    for module in ("gongkai.web.search.searching", "gongkai.web.search.suggestions"):
        monkeypatch.setattr(f"{module}.configured", lambda: index)
    Indexer(index).rebuild()
    yield made
    index.close()


def test_no_route_is_forgotten():
    known, there = everything.known(), set(exits.routes())
    assert there - known == set(), "say in everything.py whether these are pages"
    assert known - there == set(), "these are gone"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(visit, sign_in_page, real_town, scene, part):
    visitors, report = {}, {}
    for who, address in everything.addresses(scene)[part::PARTS]:
        if who not in visitors:
            visitors[who] = _visitor(who, visit, sign_in_page)
        page = visitors[who]
        answer = page.goto(address)
        report[address] = [f"answers {answer.status}"] if answer.status != 200 else judged(page)
    assert {address: found for address, found in report.items() if found} == {}


def _answer(body):
    def answer(route):
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=body)

    return answer


def _visitor(who, visit, sign_in_page):
    if who == everything.STAFF:
        return sign_in_page("shi")
    page = visit()
    if who == everything.HALF:
        page.goto("/account/login")
        page.get_by_label("登录名").fill("gu")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_label("动态口令").wait_for()
    return page


@pytest.mark.browser
@pytest.mark.slow
def test_error_pages(visit, real_town, client):
    client.post("/account/login", {"username": "fan", "password": PASSWORD})
    client.post("/account/second-factor", {"token": fresh_code(Authenticator.objects.get(user=real_town.people["fan"]))})
    words = (error_pages.BAD, error_pages.FORBIDDEN, error_pages.FORGED, error_pages.MISSING, error_pages.MANY, error_pages.BROKEN)
    shown = {str(one.status) + one.title: error_pages.page(None, one).content for one in words}
    shown |= {path: client.get(path).content for path in ("/nowhere", "/staff/nowhere", "/staff/organs/linhe/create")}
    shown["405"] = client.post("/column/linhe/").content
    page, report = visit(), {}
    for name, body in shown.items():
        # answered with 200: a browser reports every other status as an error of its own
        page.route("**/as-it-was", _answer(body))
        page.goto("/as-it-was")
        report[name] = judged(page)
        page.unroute("**/as-it-was")
    assert {name: found for name, found in report.items() if found} == {}
