"""Pages made ahead in slices: what changed at once, the rest in circles, and what stands in its way."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import Interpretation, Item, Stage
from gongkai.web.organs.models import Office
from gongkai.web.portal import ahead as ahead_module
from gongkai.web.portal import document_pages, edition, keeping, kept
from gongkai.web.portal.ahead import Ahead
from gongkai.web.portal.models import ItemStamp, OrgansStamp
from gongkai.web.portal.views import document


@pytest.fixture(autouse=True)
def own_file(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return tmp_path / "run" / kept.NAME


@pytest.fixture
def made(monkeypatch) -> list[int]:
    """The numbers of the items whose pages were made, in order."""
    numbers, plain = [], keeping.make_page
    monkeypatch.setattr(keeping, "make_page", lambda make, number, form: numbers.append(number) or plain(make, number, form))
    return numbers


def work(one: Ahead) -> None:
    """Until nothing waits."""
    for _ in range(100):
        if not one.slice(10):
            return
    raise AssertionError("it never comes to rest")


def kept_numbers() -> set[int]:
    return {key // len(document_pages.FORMS) for key, _, _ in kept.store().laid(0, kept.LARGEST)}


def test_everything_is_made_once(shelf, at, made, client, monkeypatch):
    at(Stage.PUBLISHED, title="到时公布", since=timezone.now() + timedelta(days=1))
    at(Stage.DRAFT, title="草稿")
    one = Ahead(apart=0)
    work(one)
    assert kept_numbers() == set(made) == {shelf.policy.number, shelf.reading.number}
    work(one)
    work(Ahead(apart=0))
    assert len(made) == 2
    monkeypatch.setattr(document, "page", None)
    edition.pages.__init__()
    assert "节水办法" in client.get(f"/info/{shelf.policy.number}").content.decode()


def test_a_change_comes_first_with_all_it_outdated(shelf, at, made, monkeypatch):
    for number in range(6):
        at(Stage.PUBLISHED, title=f"第{number}件")
    one = Ahead(apart=0)
    work(one)
    monkeypatch.setattr(ahead_module, "CHUNK", 2)
    OrgansStamp.objects.update(stamp=7)  # every page is outdated
    one.slice(0)
    draft = at(Stage.DRAFT, title="刚公布的")
    Item.objects.filter(pk=draft.pk).update(stage=Stage.PUBLISHED, published_at=timezone.now())
    Item.objects.filter(pk=shelf.policy.pk).update(title="新的标题")
    made.clear()
    while ItemStamp.objects.filter(pk__gt=one.stands.stamp).exists():
        one.slice(0)
    assert set(made) == {draft.number, shelf.policy.number, shelf.reading.number}
    work(one)
    assert len(made) == len(set(made)) == 9 - 2 + 2, "two were made before the change, and two of these again"


def test_what_is_hidden_leaves_the_file_at_once(shelf):
    one = Ahead()
    work(one)
    Item.objects.filter(pk=shelf.reading.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    work(one)
    assert kept_numbers() == {shelf.policy.number}


@pytest.mark.parametrize("told", ["organs", "import", "embargo", "day"])
def test_a_circle_finds_what_no_stamp_tells(shelf, at, made, monkeypatch, told):
    soon = at(Stage.PUBLISHED, title="到时公布的解读", since=timezone.now() + timedelta(hours=1))
    Interpretation.objects.create(policy=shelf.policy, reading=soon, form="text")
    one = Ahead(apart=0)
    work(one)
    made.clear()
    moved, expected = timedelta(), set()
    if told == "organs":
        Office.objects.filter(organ=shelf.water).update(phone="0000-5557777")
        expected = {shelf.policy.number, shelf.reading.number}
    elif told == "import":
        item = Item(organ=shelf.water, number=2019_000_001, index_number="E-1", title="旧文件", kind="normative", stage=Stage.PUBLISHED, published_at=timezone.now() - timedelta(days=900))
        Item.objects.bulk_create([item])
        expected = {item.number}
    else:
        moved = timedelta(hours=2 if told == "embargo" else 50)
        expected = {shelf.policy.number, soon.number}
    plain = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: plain() + moved)
    work(one)
    assert set(made) == expected


def test_circles_are_apart(shelf, made):
    one = Ahead(apart=3600)
    work(one)
    Office.objects.filter(organ=shelf.water).update(phone="0000-5557777")
    work(one)
    assert len(made) == 2


def test_it_goes_on_where_it_stood(shelf, at, made, monkeypatch):
    for number in range(6):
        at(Stage.PUBLISHED, title=f"第{number}件")
    monkeypatch.setattr(ahead_module, "CHUNK", 3)
    Ahead().slice(0)
    assert len(made) == 3
    Ahead().slice(0)
    assert len(made) == len(set(made)) == 6
    work(Ahead())
    assert len(made) == len(set(made)) == 8


def test_a_new_file_is_filled_anew(shelf, made):
    one = Ahead(apart=3600)
    work(one)
    kept.store().remove()
    work(one)
    assert len(made) == 4
    assert kept_numbers() == {shelf.policy.number, shelf.reading.number}


def test_a_damaged_file_is_replaced(shelf, own_file):
    own_file.parent.mkdir()
    own_file.write_bytes(b"no database " * 500)
    one = Ahead(apart=0)
    for _ in range(4):
        one.slice(10)
    assert kept_numbers() == {shelf.policy.number, shelf.reading.number}


def test_a_full_file_is_told_and_not_tried_again_and_again(shelf, made, monkeypatch, caplog):
    monkeypatch.setattr(kept.Store, "_write", lambda self, statement, rows: False)
    one = Ahead()
    with caplog.at_level(logging.WARNING, logger=ahead_module.__name__):
        for _ in range(5):
            one.slice(10)
    assert len(made) == 2
    assert caplog.text.count("GONGKAI_KEPT_PAGES_MB") == 1


def test_a_page_that_cannot_be_made_keeps_no_other_waiting(shelf, monkeypatch, caplog):
    plain = keeping.make_page

    def make(view, number, form):
        if number == shelf.policy.number:
            raise ValueError("data of a kind nobody thought of")
        return plain(view, number, form)

    monkeypatch.setattr(keeping, "make_page", make)
    work(Ahead())
    assert kept_numbers() == {shelf.reading.number}
    assert str(shelf.policy.number) in caplog.text


def test_numbers_of_changes_that_went_back(shelf, made):
    """After a restored backup."""
    one = Ahead(apart=0)
    work(one)
    kept.store().note(json.dumps(json.loads(kept.store().noted()) | {"stamp": 10**9, "ended": 0}))
    work(one)
    made.clear()
    Item.objects.filter(pk=shelf.policy.pk).update(title="恢复之后")
    work(one)
    assert set(made) == {shelf.policy.number, shelf.reading.number}


def test_stamps_are_folded_after_a_circle(shelf):
    one = Ahead()
    for title in "甲乙丙":
        Item.objects.filter(pk=shelf.policy.pk).update(title=title)
    work(one)
    assert ItemStamp.objects.filter(item=shelf.policy.pk).count() == 1


def test_nothing_while_a_migration_runs(shelf, made):
    OrgansStamp.objects.all().delete()
    work(Ahead())
    assert made == []
