"""Every hidden state at every exit, generated: the states from hidden_items.py, the exits from the resolver itself."""

from __future__ import annotations

from collections import defaultdict
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.audit.models import AuditEvent
from gongkai.web.bringing_in.models import PageState, RunState, SitePage, SiteRun, UploadedTable
from gongkai.web.catalogue.models import (
    Attribute,
    CatalogueEntry,
    EntryImport,
    Interpretation,
    Item,
    Stage,
    StandingPage,
    StoredFile,
    TextState,
)
from gongkai.web.catalogue.models.standing import PageKind
from gongkai.web.house import visibility
from gongkai.web.organs.actions.appoint import Appoint
from gongkai.web.organs.models import ImportDraft, Role
from gongkai.web.portal import edition, marks, next_change
from gongkai.web.portal.views import document
from gongkai.web.review.models import AttributeChange
from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer
from tests.web import exits
from tests.web.catalogue.conftest import own_files  # noqa: F401 - a fixture
from tests.web.hidden_items import MARK, hide_everything
from tests.web.support.town import person

WANTED = {"draft", "in_review_1", "on_request", "withdrawn", "embargoed", "other_organ_draft"}


@pytest.fixture
def scene(town, tmp_path, monkeypatch):
    """All hidden items, linked to what is public where a link could tell of them; uploads that wait; the index built."""
    from gongkai.web.review.checks.inspection import LIMITS, look

    with mock.patch("gongkai.web.review.checks.contents.inspect_apart", lambda path, name, family: look(str(path), name, family, LIMITS)):
        town.hidden_items = hide_everything(town)
    for name, organ in (("alien", town.county), ("native", town.water)):
        town.people[name] = person(name, "外人" if name == "alien" else "本局人", organ, Role.DRAFTER)
        for role in set(Role) - {Role.DRAFTER, Role.AUDITOR}:  # an auditor holds no other post; administrators read the log too
            Appoint(actor=town.actor("shi"), user=town.people[name], organ=organ, role=role).perform()
    _public_things(town)
    _uploads(town)
    made = engines.make("tantivy", tmp_path / "search")
    for module in ("gongkai.web.search.searching", "gongkai.web.search.suggestions"):
        monkeypatch.setattr(f"{module}.configured", lambda: made)
    town.index = Indexer(made)
    town.index.rebuild()
    _forget()
    yield town
    made.close()
    _forget()


def _public_things(town):
    today = timezone.localdate()
    town.slug, town.slugs, town.field, town.part = "lh-shuiwu", ("linhe", "lh-shuiwu", "dp-nongye"), "budget", 1
    town.year, town.month, town.list_forms, town.feed_forms, town.paper = today.year, today.month, ("csv", "xlsx", "json"), ("rss", "atom"), "docx"
    facts = {"organ": town.water, "stage": Stage.PUBLISHED, "published_at": timezone.now(), "kind": "policy", "art20": "plans"}
    policy = Item.objects.create(number=1, index_number="公开-1", title="公开的政策", body="<p>公开。</p>", **facts)
    entry = CatalogueEntry.objects.create(
        organ=town.water, field=town.field, seq=1, item_level1="政策", content_elements="文件", carriers=[], mode_proactive=True
    )
    rule = StandingPage.objects.create(organ=town.water, kind=PageKind.RULE, title="制度", published=True, item=town.hidden_items[0].item)
    for one in town.hidden_items:
        entry.items.add(one.item)
        Interpretation.objects.create(policy=policy, reading=one.item, form="text")
        Item.objects.filter(pk=one.item.pk).update(validity="repealed", validity_by=policy, validity_from=today)
        AttributeChange.objects.create(item=one.item, old="not_public", new="not_public", why=f"{MARK}评估", by=town.people["gu"])
    Item.objects.filter(pk=policy.pk).update(validity="repealed", validity_by=town.hidden_items[0].item, validity_from=today)
    for one in town.hidden_items:
        StoredFile.objects.filter(pk=one.file.file_id).update(text=f"{MARK}附件{one.state}", text_state=TextState.DONE)
    town.entry, town.rule = entry.pk, rule.pk
    town.event_of = lambda one: AuditEvent.objects.filter(subject_label__contains=one.item.title).values_list("number", flat=True).first()


def _uploads(town):
    table = f"标题,信息类别\n{MARK}（上传）,公告公示\n".encode()
    town.organ_table = ImportDraft.objects.create(
        user=town.people["shi"], name="机关.csv", content=f"代号,名称,类别,层级\nlh-x,{MARK}局,机关,市级\n".encode()
    ).pk
    town.item_table = UploadedTable.objects.create(user=town.people["native"], organ=town.water, name="信息.csv", content=table).pk
    text = f"序号,一级事项,二级事项,公开内容（要素）\n1,{MARK}（上传）,甲,乙\n".encode()
    run = SiteRun.objects.create(organ=town.water, user=town.people["native"], name="旧站", kind="other", state=RunState.DONE)
    SitePage.objects.bulk_create(
        SitePage(run=run, source=run.list_name, address=f"http://a.example/{one.state}", state=PageState.DONE, item=one.item) for one in town.hidden_items
    )
    town.site_run, town.sheets = run.pk, ("csv", "xlsx")
    town.entry_table = EntryImport.objects.create(user=town.people["native"], organ=town.water, name="目录.csv", content=text).pk


def _forget():
    edition.pages.__init__()
    edition._values.__init__()
    for compiled in (document._public_item, marks._marked, next_change._coming):
        compiled._found.clear()  # made while the predicate was broken, it would outlive the test


def ask_everything(scene, client, hidden, only=lambda route: True):
    """{(kind, state): addresses that told of it}, for every exit that `only` lets through; ("stored", fault): those of which
    browsers or proxies may keep what they must not. Items beside `hidden` are not counted: the visitor may be one who
    sees them."""
    asked = {one.state for one in hidden} | {"?"}
    leaks = defaultdict(list)
    for route, ask in exits.EXITS.items():
        if not only(route):
            continue
        for address in exits.addresses(route, scene, hidden):
            for method in (client.get, client.post) if ask.kind == "verb" else (client.get,):
                answer = method(address)
                text = exits.text_of(answer)
                told = exits.told(text, address, scene.hidden_items)
                if fault := exits.wrongly_stored(route, answer, bool(told)):
                    leaks["stored", fault].append(address)
                for state in told & asked:
                    leaks[ask.kind, state].append(address)
    return dict(leaks)


def public(route):
    """What anybody may ask; the door of files is the staff's too."""
    return not route.startswith("staff/") and route != "info/<int:number>/files/<int:pk>"


def test_every_route_says_what_kind_of_exit_it_is():
    there = set(exits.routes())
    assert sorted(there - set(exits.EXITS)) == [], "put the new route into tests/web/exits.py"
    assert sorted(set(exits.EXITS) - there) == []
    assert {ask.kind for ask in exits.EXITS.values()} == exits.KINDS | {exits.NONE}


def test_every_hidden_state_is_there(scene):
    states = {one.state for one in scene.hidden_items}
    assert states >= WANTED
    assert {one.item.stage for one in scene.hidden_items} == set(Stage)
    assert {one.item.attribute for one in scene.hidden_items} == set(Attribute)


def test_the_public_meets_none_at_any_exit(scene):
    assert ask_everything(scene, Client(), scene.hidden_items) == {}


def test_staff_of_elsewhere_meet_none_with_every_role(scene, sign_in):
    elsewhere = [one for one in scene.hidden_items if one.insider.startswith("hidden-w")]
    assert ask_everything(scene, sign_in("alien"), elsewhere) == {}
    others = [one for one in scene.hidden_items if one.insider.startswith("hidden-c")]
    assert len(others) == 2
    assert ask_everything(scene, sign_in("native"), others, only=lambda route: "import/" not in route and "bringing-in/<" not in route) == {}


def test_public_pages_are_public_pages_for_insiders_too(scene, sign_in):
    assert ask_everything(scene, sign_in("native"), scene.hidden_items, only=public) == {}


def test_what_insiders_see_before_the_public_is_stored_nowhere(scene, sign_in):
    mine = [one for one in scene.hidden_items if one.insider.startswith("hidden-w")]
    seen = ask_everything(scene, sign_in("native"), mine, only=lambda route: exits.EXITS[route].kind in {"file", "preview"})
    assert {(kind, state) for kind, state in seen if kind == "stored"} == set()
    assert {kind for kind, _ in seen} == {"file", "preview"}
    assert {state for kind, state in seen if kind == "file"} >= {one.state for one in mine}


def test_a_file_is_stored_while_everybody_may_see_it(scene, sign_in):
    """By what its item is at the moment, whatever the address and whoever asks."""
    one = next(one for one in scene.hidden_items if one.state == "embargoed")
    address, insider, public = f"/info/{one.item.number}/files/{one.file.pk}", sign_in(one.insider), Client()

    def headers(visitor, **more):
        answer = visitor.get(address, headers=more)
        return answer.status_code, answer["Cache-Control"]

    assert [headers(insider), headers(public)] == [(200, "private, no-store"), (404, "private, no-store")]
    Item.objects.filter(pk=one.item.pk).update(published_at=timezone.now())
    assert [headers(insider), headers(public)] == [(200, "public, no-cache")] * 2
    etag = public.get(address)["ETag"]
    assert headers(public, if_none_match=etag) == (304, "public, no-cache")
    Item.objects.filter(pk=one.item.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="误")
    assert [headers(insider), headers(public)] == [(200, "private, no-store"), (404, "private, no-store")]
    assert headers(public, if_none_match=etag) == (404, "private, no-store")


@pytest.mark.parametrize("address", ["/account/login", "/health/live", "/metrics", "/nowhere", "/info/99", "/api/items/99", "/api/nowhere", "/staff/home"])
def test_whatever_does_not_say_that_everybody_may_see_it_is_stored_nowhere(town, address):
    assert {"private", "no-store"} <= set(Client().get(address)["Cache-Control"].split(", "))


def test_with_the_predicate_broken_every_kind_of_exit_tells_of_every_state(scene, sign_in, monkeypatch):
    """What the tests above would find: were the one condition not asked, each kind of exit would show each state."""
    for model in (Item, AuditEvent, ImportDraft, EntryImport, UploadedTable):
        monkeypatch.setitem(visibility._conditions, model, lambda actor: visibility.EVERYTHING)
    ids = [one.item.pk for one in scene.hidden_items]
    Item.objects.filter(pk__in=ids).update(published_at=timezone.now())
    scene.index.rebuild()
    _forget()
    states = {one.state for one in scene.hidden_items}
    leaks = ask_everything(scene, Client(), scene.hidden_items)
    for kind in ("page", "file", "list", "search", "suggestion", "feed", "sitemap", "api", "export"):
        assert {state for found, state in leaks if found == kind} >= states, kind
    leaks = ask_everything(scene, sign_in("alien"), scene.hidden_items, only=lambda route: not public(route))
    for kind in ("audit", "work", "preview"):
        assert {state for found, state in leaks if found == kind} >= states, kind
    assert ("preview", "?") in leaks
