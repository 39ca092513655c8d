"""The triggers behind the marks: laid once, left alone by restarts, silent for what no page shows."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.published import published_items
from gongkai.web.portal import marks, stamps
from gongkai.web.portal.models import ItemStamp, OrgansStamp
from gongkai.web.portal.views import document


def test_laying_them_again_keeps_every_mark(shelf):
    before, laid = marks.mark_of(shelf.policy.number), set(stamps._laid(connection))
    stamps.lift(plan=[])  # a start of the platform with nothing to migrate
    stamps.lay(plan=[])
    assert marks.mark_of(shelf.policy.number) == before
    assert set(stamps._laid(connection)) == laid


def test_while_a_migration_runs_there_is_no_mark(shelf, client):
    before = marks.mark_of(shelf.policy.number)
    stamps.lift(plan=["something"])
    assert stamps._laid(connection) == []
    assert marks.mark_of(shelf.policy.number).text == ""
    Item.objects.filter(pk=shelf.policy.pk).update(title="升级时改的标题")
    assert "升级时改的标题" in client.get(f"/info/{shelf.policy.number}").content.decode()
    Item.objects.filter(pk=shelf.policy.pk).update(title="升级时又改的标题")
    assert "升级时又改的标题" in client.get(f"/info/{shelf.policy.number}").content.decode()
    stamps.lay()
    after = marks.mark_of(shelf.policy.number)
    assert after.text
    assert after != before


def test_a_missing_trigger_is_laid_with_a_new_mark(shelf):
    before, laid = marks.mark_of(shelf.policy.number), stamps._laid(connection)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{laid[0]}"' if connection.vendor == "sqlite" else f'DROP FUNCTION "{laid[0]}"() CASCADE')
    stamps.lay()
    assert set(stamps._laid(connection)) == set(laid)
    assert marks.mark_of(shelf.policy.number) != before


def test_new_items_and_drafts_write_no_stamps(shelf, draft):
    stamped, organs = ItemStamp.objects.count(), OrgansStamp.objects.get().stamp if connection.vendor == "sqlite" else None
    item = draft(title="草稿一")
    item.title = "草稿二"
    item.save()
    common = {"organ": shelf.water, "kind": "normative", "stage": Stage.PUBLISHED, "published_at": timezone.now()}
    Item.objects.bulk_create(Item(number=2026_800_000 + n, index_number=f"Y-{n}", title=f"第{n}件", **common) for n in range(20))
    assert ItemStamp.objects.count() == stamped
    if organs is not None:
        assert OrgansStamp.objects.get().stamp == organs


def test_a_change_of_an_item_stamps_its_own_and_what_shows_it(shelf):
    other = Item.objects.create(
        organ=shelf.water, number=2026_700_000, index_number="Z", title="别的", kind="normative", stage=Stage.PUBLISHED, published_at=timezone.now()
    )
    marked = {item.pk: marks.mark_of(item.number) for item in (shelf.policy, shelf.reading, other)}
    Item.objects.filter(pk=shelf.policy.pk).update(summary="新的概述")
    changed = {item.pk for item in (shelf.policy, shelf.reading, other) if marks.mark_of(item.number) != marked[item.pk]}
    assert changed == {shelf.policy.pk, shelf.reading.pk}


def test_compiled_text_is_that_of_the_published_items(shelf):
    """Rule 8: the one condition of visibility is in it, word for word, and binding gives what the queryset gives."""
    for compiled, make in ((marks._marked, marks._of_number), (document._public_item, document._of_number)):
        number = shelf.policy.number
        text, values = compiled.bound(number)
        plain, given = make(number).query.sql_with_params()
        assert text == plain
        [(one, other)] = [pair for pair in zip(values, given, strict=True) if pair[0] != pair[1]]
        assert type(one) is type(other)  # the moment
        condition = published_items().order_by().query.sql_with_params()[0].split(" WHERE ")[1].strip("()")
        assert "released" in condition
        assert condition in text
    shelf.policy.refresh_from_db()
    found = document._public_item.one(shelf.policy.number)
    assert {field.attname: getattr(found, field.attname) for field in Item._meta.concrete_fields} == {
        field.attname: getattr(shelf.policy, field.attname) for field in Item._meta.concrete_fields
    }
