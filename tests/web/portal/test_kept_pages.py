"""A kept page is never stale and never shown when it is hidden, whatever changes and in whatever order."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.catalogue.models import Interpretation, Item, Stage
from gongkai.web.portal import document_pages, edition, keeping, kept, stamps
from gongkai.web.portal.ahead import Ahead
from gongkai.web.portal.folding import fold
from gongkai.web.portal.keeping import MAKERS
from gongkai.web.portal.views import document

from .changes import STORIES, Clock, World


@pytest.fixture
def clock(monkeypatch):
    moved = Clock()
    monkeypatch.setattr(timezone, "now", moved.now)
    return moved


@pytest.fixture(autouse=True)
def own_file(settings, tmp_path):
    """A data folder of this test's own for the file of pages."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return tmp_path / "run" / kept.NAME


@pytest.fixture
def world(shelf, clock, at):
    now = timezone.now()
    items = {
        "policy": shelf.policy, "reading": shelf.reading,
        "ender": at(Stage.PUBLISHED, title="关于废止部分文件的决定"),
        "term": at(Stage.PUBLISHED, title="节水试行办法", expires_on=timezone.localdate() + timedelta(days=5)),
        "county": at(Stage.PUBLISHED, title="县里的办法"),
        "soon": at(Stage.PUBLISHED, title="即将公布的解读", since=now + timedelta(days=2)),
        "draft": at(Stage.DRAFT, title="还没写完的解读"),
    }  # fmt: skip
    Interpretation.objects.create(policy=items["term"], reading=items["soon"], form="picture")
    Item.objects.filter(pk=items["soon"].pk).update(validity_by=items["county"], validity="repealed", validity_from=timezone.localdate())
    Item.objects.filter(pk=items["reading"].pk).update(validity_by=items["soon"], validity="repealed", validity_from=timezone.localdate())
    Item.objects.filter(pk=items["county"].pk).update(organ=shelf.county_bureau)
    return World(shelf, clock, items, at)


def fresh(number: int, form: str) -> bytes:
    """The page as made now from nothing that was kept or remembered; empty when the public may not see it."""
    if not any(one.is_public() for one in Item.objects.filter(number=number)):
        return b""
    kept_values, edition._values = edition._values, edition.Memory()
    try:
        request = document_pages.AnyHost("/")
        return MAKERS[form](request, number).content.replace(request.get_host().encode(), b"testserver")
    finally:
        edition._values = kept_values


def shown(client, number: int, form: str) -> bytes:
    answer = client.get(f"/info/{number}" + ("/print" if form == "print" else ""))
    assert answer.status_code in {200, 404}
    return answer.content if answer.status_code == 200 else b""


def compare(client, told: str, forms: tuple[str, ...] = tuple(MAKERS)) -> None:
    for number in [*Item.objects.values_list("number", flat=True), 2026_900_001]:
        for form in forms:
            assert shown(client, number, form) == fresh(number, form), (told, number, form)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_page_is_right_after_every_change(world, client, seed, monkeypatch):
    """Whatever is made ahead and whenever stamps are folded."""
    chance, ahead, folded, made, make = random.Random(seed), Ahead(apart=0), 0, [], keeping.make_page
    monkeypatch.setattr(keeping, "make_page", lambda *given: made.append(given) or make(*given))
    going = [(story.__name__, story(world)) for story in STORIES]
    compare(client, "at first")
    steps = 0
    while going:
        name, one = chance.choice(going)
        if next(one, StopIteration) is StopIteration:
            going.remove((name, one))
            continue
        if chance.random() < 0.5:
            edition.pages.__init__()  # then the file answers
        if chance.random() < 0.4:
            ahead.slice(0)
        if chance.random() < 0.4:
            folded += fold(items=chance.randrange(1, 20), rows=chance.randrange(2, 40))
        compare(client, f"{name}, step {steps} of seed {seed}")
        steps += 1
    assert steps > 55
    assert folded > 50
    assert len(made) > 25


def test_every_trigger_is_needed(world, client):
    """Without any one of them a story of its table leaves a stale page, which the comparison finds."""
    laid = stamps._laid(connection)
    assert len(laid) > 30
    for name in laid:
        with transaction.atomic():
            kept.store().remove()
            edition.pages.__init__()
            drop(name)
            assert stale_without(name, world, client), name
            transaction.set_rollback(True)


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' if connection.vendor == "sqlite" else f'DROP FUNCTION "{name}"() CASCADE')


def stale_without(name: str, world: World, client) -> bool:
    compare(client, "at first", ("page",))
    for story, tables in STORIES.items():
        if any(table in name for table in tables):
            for _ in story(world):
                try:
                    compare(client, name, ("page",))
                except AssertionError:
                    return True
    return False


def test_a_kept_page_is_not_made_again(shelf, client, monkeypatch):
    number, made = shelf.policy.number, []
    first = client.get(f"/info/{number}").content
    monkeypatch.setattr(document, "page", lambda *given: made.append(given))
    edition.pages.__init__()
    assert client.get(f"/info/{number}").content == first
    assert client.get(f"/info/{number}?from=elsewhere").content == first
    assert client.get(f"/info/0{number}", headers={"Host": "localhost"}).content == first.replace(b"http://testserver", b"http://localhost").replace(b'"testserver"', b'"localhost"')
    assert made == []


def test_a_publication_elsewhere_leaves_pages_alone(shelf, at, client, monkeypatch):
    client.get(f"/info/{shelf.policy.number}")
    at(Stage.PUBLISHED, title="不相干的一件")
    monkeypatch.setattr(document, "page", None)
    assert client.get(f"/info/{shelf.policy.number}").status_code == 200


@pytest.mark.parametrize("meanwhile", [{"title": "后来的标题"}, {"stage": Stage.WITHDRAWN, "withdrawn_reason": "有误", "withdrawn_at": timezone.now()}])
def test_what_changes_while_a_page_is_made_is_not_lost(shelf, client, monkeypatch, meanwhile):
    plain, number = document.page, shelf.policy.number

    def slow(*given):
        answer = plain(*given)
        monkeypatch.setattr(document, "page", plain)
        Item.objects.filter(number=number).update(**meanwhile)
        return answer

    monkeypatch.setattr(document, "page", slow)
    assert "节水办法" in client.get(f"/info/{number}").content.decode()
    for _ in range(2):
        assert shown(client, number, "page") == fresh(number, "page")
        edition.pages.__init__()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("linking", ["interpretation", "validity"])
def test_a_link_made_while_its_other_end_is_changed(shelf, client, linking):
    """Neither transaction sees the other: the page must not be kept with the old title."""
    Interpretation.objects.all().delete()
    number = shelf.policy.number

    def link() -> None:
        if linking == "validity":
            Item.objects.filter(pk=shelf.policy.pk).update(validity="repealed", validity_from="2026-01-01", validity_by=shelf.reading)
        else:
            Interpretation.objects.create(policy=shelf.policy, reading=shelf.reading, form="text")
        connection.close()

    def look() -> None:
        client.get(f"/info/{number}")
        connection.close()

    linker = threading.Thread(target=link)
    with transaction.atomic():
        Item.objects.filter(pk=shelf.reading.pk).update(title="正在改的标题")
        linker.start()
        linker.join(1.5)
        looker = threading.Thread(target=look)
        looker.start()
        looker.join()
    linker.join()
    assert "正在改的标题" in fresh(number, "page").decode()
    assert shown(client, number, "page") == fresh(number, "page")


def test_another_secret_makes_its_own_pages(shelf, client, settings):
    """The word that stands for the host is made from it."""
    client.get(f"/info/{shelf.policy.number}")
    settings.SECRET_KEY = "another-secret-of-this-test"
    edition.pages.__init__()
    assert b"host-" not in client.get(f"/info/{shelf.policy.number}").content


def test_the_host_of_a_request_is_in_no_kept_page(shelf, client, own_file):
    client.get(f"/info/{shelf.policy.number}", headers={"Host": "localhost:8123"})
    page = kept.store().get(document_pages.key_of(shelf.policy.number, "page"))
    assert b"localhost" not in page.body
    assert b"http://localhost:8123/info" in client.get(f"/info/{shelf.policy.number}", headers={"Host": "localhost:8123"}).content
    assert client.get(f"/info/{shelf.policy.number}", headers={"Host": "evil.example"}).status_code == 400


def test_another_version_or_setting_makes_its_own_pages(shelf, client, settings):
    client.get(f"/info/{shelf.policy.number}")
    settings.ENV = replace(settings.ENV, site_owner="临禾市人民政府办公室")
    assert "临禾市人民政府办公室" in client.get(f"/info/{shelf.policy.number}").content.decode()


def test_nothing_is_kept_when_switched_off(shelf, client, settings, own_file):
    settings.ENV = replace(settings.ENV, kept_pages_mb=0)
    assert client.get(f"/info/{shelf.policy.number}").status_code == 200
    assert not own_file.exists()


def test_another_pages_row_is_never_the_answer(shelf, client):
    """As after a crash of the machine: a whole row, but of another document."""
    one, other = (document_pages.key_of(item.number, "page") for item in (shelf.policy, shelf.reading))
    for item in (shelf.policy, shelf.reading):
        client.get(item.get_absolute_url())
    link = kept.store()._link(making=True)
    link.execute("UPDATE page SET content = (SELECT content FROM page WHERE key = ?) WHERE key = ?", (one, other))
    edition.pages.__init__()
    assert shown(client, shelf.reading.number, "page") == fresh(shelf.reading.number, "page")


@pytest.mark.parametrize("damage", [b"no database at all" * 300, b""])
def test_a_damaged_file_is_not_used(shelf, client, own_file, damage):
    client.get(f"/info/{shelf.policy.number}")
    kept.store().remove()
    own_file.write_bytes(damage)
    for _ in range(2):
        edition.pages.__init__()
        assert shown(client, shelf.policy.number, "page") == fresh(shelf.policy.number, "page")
