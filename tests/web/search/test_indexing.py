"""From an act to what the public finds: notes by triggers, batches, crashes, rebuilding, checking."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, Attribute, Item, Stage, StoredFile, TextState
from gongkai.web.organs.actions.move_organ import MoveOrgan
from gongkai.web.search import engines, indexing, sources, triggers
from gongkai.web.search.checking import compare
from gongkai.web.search.indexing import Indexer
from gongkai.web.search.models import SearchChange
from gongkai.web.search.query import Query
from gongkai.web.search.searching import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """The default engine in a folder of this test, as the platform's own."""
    made = engines.make("tantivy", tmp_path / "search")
    for module in ("gongkai.web.search.searching", "gongkai.web.search.suggestions"):
        monkeypatch.setattr(f"{module}.configured", lambda: made)
    made.rebuild((), lambda count: None)
    yield made
    made.close()


@pytest.fixture
def indexer(engine):
    SearchChange.objects.all().delete()
    return Indexer(engine)


@pytest.fixture
def make(town):
    """`make(title=…, stage=…)`: an item of the water bureau straight in the table, as an import would."""
    count = iter(range(1, 10_000))

    def go(title="临禾市节约用水办法", *, stage=Stage.PUBLISHED, **more):
        number = next(count)
        facts = {
            "organ": town.water, "number": 9000 + number, "index_number": f"LH-{number}", "kind": "normative", "stage": stage,
            "published_at": timezone.now() - timedelta(days=1) if stage in {Stage.PUBLISHED, Stage.WITHDRAWN} else None,
        } | more  # fmt: skip
        if stage == Stage.WITHDRAWN:
            facts |= {"withdrawn_at": timezone.now(), "withdrawn_reason": "内容有误"}
        return Item.objects.create(title=title, **facts)

    return go


def titles(words="", **more):
    return [hit.document.title for hit in search(Query(words=words, **more)).hits]


def notes():
    return set(SearchChange.objects.values_list("model", "key"))


def test_every_trigger_is_laid(town):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_note_%%'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'search_note_%%'")
        laid = {name for (name,) in cursor.fetchall()}
    assert laid == {one.name for one in triggers.noted()}
    assert len(laid) >= 9


def test_a_change_is_noted_in_its_own_transaction_however_it_is_made(make, indexer):
    item = make()
    assert notes() == {("catalogue.item", str(item.pk))}
    indexer.apply()
    assert notes() == set()
    Item.objects.filter(pk=item.pk).update(title="改了名的办法")
    assert notes() == {("catalogue.item", str(item.pk))}
    indexer.apply()
    Item.objects.bulk_create([Item(title="一", organ=item.organ, number=1, index_number="X1", kind="normative")])
    assert len(notes()) == 1
    indexer.apply()
    with pytest.raises(RuntimeError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(title="不算")
        raise RuntimeError
    assert notes() == set()


def test_what_is_published_is_found_and_what_is_withdrawn_is_gone_at_once(make, indexer):
    item = make(body="<p>节约用水，人人有责。</p>")
    assert titles("节约用水") == []
    assert indexer.apply() == 1
    assert titles("节约用水") == ["临禾市节约用水办法"]
    Item.objects.filter(pk=item.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    found = search(Query(words="节约用水"))
    assert (found.hits, found.total, found.groups) == ((), 0, ())
    indexer.apply()
    assert indexer.engine.health().documents == 0


def test_an_item_withdrawn_takes_its_attachments_with_it_at_once(make, indexer):
    item = make()
    file = StoredFile.objects.create(sha256="ab" * 32, size=3, type="xlsx", text="检漏清单", text_state=TextState.DONE)
    Attachment.objects.create(item=item, file=file, name="清单.xlsx")
    indexer.apply()
    assert titles("检漏清单") == ["清单.xlsx"]
    Item.objects.filter(pk=item.pk).update(attribute=Attribute.ON_REQUEST, stage=Stage.KEPT)
    assert search(Query(words="检漏清单")).total == 0
    indexer.apply()
    assert list(indexer.engine.fingerprints()) == []


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.PUBLISHED])
def test_nothing_unpublished_gets_into_the_index(make, indexer, stage):
    make("不可见的办法", stage=stage)
    indexer.apply()
    indexer.rebuild()
    assert list(indexer.engine.fingerprints()) == []


def test_nothing_that_is_not_proactive_gets_into_the_index(make, indexer):
    make("依申请的办法", stage=Stage.KEPT, attribute=Attribute.ON_REQUEST)
    make("不公开的办法", stage=Stage.APPROVED, attribute=Attribute.NOT_PUBLIC)
    indexer.apply()
    assert indexer.engine.health().documents == 0


def test_an_embargo_ends_by_itself(make, indexer, monkeypatch):
    at = timezone.now() + timedelta(hours=2)
    make("定时发布的办法", published_at=at)
    indexer.apply()
    assert titles("定时发布") == []
    assert list(SearchChange.objects.values_list("due_at", flat=True)) == [at]
    indexer.apply()
    assert SearchChange.objects.count() == 1
    later = at + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    indexer.apply()
    assert titles("定时发布") == ["定时发布的办法"]


def test_a_document_whose_term_ends_is_expired_the_next_day(make, indexer, monkeypatch):
    make("有期限的办法", validity="in_force", expires_on=timezone.localdate())
    indexer.apply()
    assert titles(validity="in_force") == ["有期限的办法"]
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    indexer.apply()
    assert titles(validity="in_force") == []
    assert titles(validity="expired") == ["有期限的办法"]


def test_words_of_a_file_are_found_when_they_have_been_taken_out(make, indexer):
    file = StoredFile.objects.create(sha256="cd" * 32, size=3, type="pdf")
    Attachment.objects.create(item=make(), file=file, name="图.pdf", title="项目平面图")
    indexer.apply()
    assert titles("文昌里") == []
    StoredFile.objects.filter(pk=file.pk).update(text="文昌里小区", text_state=TextState.DONE)
    indexer.apply()
    assert titles("文昌里") == ["项目平面图"]


def test_an_organ_that_moves_takes_its_documents_along(make, indexer, town):
    make(organ=town.county_bureau)
    indexer.apply()
    assert titles(organ=town.county.pk) == ["临禾市节约用水办法"]
    MoveOrgan(actor=town.actor("shi"), organ=town.county_bureau, parent=town.city, on=timezone.localdate()).perform()
    indexer.apply()
    assert titles(organ=town.county.pk) == []
    assert titles(organ=town.city.pk) == ["临禾市节约用水办法"]


def test_joint_organs_find_it_too(make, indexer, town):
    item = make()
    item.joint_organs.add(town.county_bureau)
    indexer.apply()
    assert titles(organ=town.county_bureau.pk) == ["临禾市节约用水办法"]
    item.joint_organs.clear()
    indexer.apply()
    assert titles(organ=town.county_bureau.pk) == []


def test_a_crash_between_index_and_note_repeats_and_loses_nothing(make, indexer, monkeypatch):
    make()
    with monkeypatch.context() as broken:
        broken.setattr("django.db.models.query.QuerySet.delete", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            indexer.apply()
    assert len(notes()) == 1
    indexer.apply()
    assert (indexer.engine.health().documents, notes()) == (1, set())


def test_a_crash_before_the_index_leaves_the_note(make, indexer, monkeypatch):
    make()
    with monkeypatch.context() as broken:
        broken.setattr(indexer.engine, "replace", lambda documents: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            indexer.apply()
    assert indexer.apply() == 1
    assert titles("节约用水") == ["临禾市节约用水办法"]


def test_one_bad_row_does_not_stop_the_others(make, indexer, monkeypatch):
    make("坏的一条")
    make("好的一条")
    source = sources.sources()["catalogue.item"]

    def picky(items):
        if any(item.title == "坏的一条" for item in items):
            raise ValueError("bad row")
        return source.to_documents(items)

    monkeypatch.setitem(sources._sources, "catalogue.item", sources.Source(Item, picky, source.watches, source.due))
    indexer.apply()
    assert [id for id, _ in indexer.engine.fingerprints()] == [f"catalogue.item:{Item.objects.get(title='好的一条').pk}"]
    again = SearchChange.objects.get()
    assert again.due_at > timezone.now()


def test_changes_during_a_rebuild_are_in_the_new_index(make, indexer):
    first = make("甲办法")
    indexer.apply()
    seen = []

    class Slow:
        """Changes the database while the new index is being built."""

        def __init__(self, engine):
            self.engine = engine

        def __getattr__(self, name):
            return getattr(self.engine, name)

        def rebuild(self, documents, progress):
            def slowly():
                for document in documents:
                    yield document
                    if not seen:
                        seen.append(document.id)
                        Item.objects.filter(pk=first.pk).update(title="改名后的办法")
                        make("新来的办法")

            return self.engine.rebuild(slowly(), progress)

    rebuilt = Indexer(Slow(indexer.engine))
    rebuilt.rebuild()
    rebuilt.apply()
    assert set(titles()) == {"改名后的办法", "新来的办法"}
    assert compare(indexer.engine).keys() == {}


def test_the_check_finds_what_is_missing_extra_and_stale(make, indexer):
    same, missing, stale = make("一样"), make("缺少"), make("过时")
    gone = make("多出")
    indexer.apply()
    indexer.engine.remove([f"catalogue.item:{missing.pk}"])
    Item.objects.filter(pk=stale.pk).update(title="新题")
    Item.objects.filter(pk=gone.pk).delete()
    waiting = compare(indexer.engine)
    assert (waiting.missing, waiting.extra, waiting.stale) == ([f"catalogue.item:{missing.pk}"], [], [])
    SearchChange.objects.all().delete()
    found = compare(indexer.engine)
    assert (found.missing, found.extra, found.stale) == tuple(
        [f"catalogue.item:{one}"] for one in (missing.pk, gone.pk or found.extra[0].partition(":")[2], stale.pk)
    )
    assert found.expected == 3
    assert same.pk


def test_the_check_command_repairs(make, engine, monkeypatch, indexer):
    item = make()
    indexer.apply()
    engine.remove([f"catalogue.item:{item.pk}"])
    monkeypatch.setattr("gongkai.web.search.management.commands.check_search.engine", lambda: engine)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("check_search", "--repair", stdout=out)
    assert stopped.value.code == 1
    assert "缺少1篇" in out.getvalue()
    indexer.apply()
    call_command("check_search", stdout=out)
    assert out.getvalue().strip().endswith("一致。")


def test_the_follower_builds_a_missing_index_and_catches_up(make, tmp_path, monkeypatch):
    made = engines.make("tantivy", tmp_path / "fresh")
    command = "gongkai.web.search.management.commands.follow_search"
    monkeypatch.setattr(f"{command}.engine", lambda: made)
    monkeypatch.setattr(f"{command}.folder", lambda: tmp_path / "fresh")
    monkeypatch.setattr(f"{command}.close_old_connections", lambda: None)
    make()
    call_command("follow_search", "--once")
    assert len(list(made.fingerprints())) == 1
    assert notes() == set()


def test_the_command_leaves_the_rebuild_to_the_running_service(engine, tmp_path, monkeypatch):
    other = engines.make("tantivy", tmp_path / "search")
    assert other.claim()
    command = "gongkai.web.search.management.commands.rebuild_search"
    monkeypatch.setattr(f"{command}.engine", lambda: engine)
    monkeypatch.setattr(f"{command}.folder", lambda: tmp_path / "search")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert (tmp_path / "search" / "rebuild-wanted").exists()
    assert "已请它" in out.getvalue()
    other.close()


def test_two_sources_for_one_model_are_refused():
    with pytest.raises(ValueError, match="already"):
        sources.register(Item, list)


def test_notes_for_the_same_time_are_one(db):
    SearchChange.objects.all().delete()
    at = timezone.now() + timedelta(days=1)
    indexing.note_later("catalogue.item", [(1, at), (1, at)])
    assert SearchChange.objects.count() == 1
