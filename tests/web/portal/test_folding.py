"""Folding stamps changes no mark, whoever writes meanwhile."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, transaction
from django.db.models import Count, Sum

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.portal import marks
from gongkai.web.portal.folding import fold
from gongkai.web.portal.models import ItemStamp


def sums() -> dict[int, int]:
    return {row["item"]: int(row["sum"]) for row in ItemStamp.objects.order_by().values("item").annotate(sum=Sum("stamp"))}


def most_rows() -> int:
    return max(row["rows"] for row in ItemStamp.objects.order_by().values("item").annotate(rows=Count("pk")))


def test_one_row_an_item_and_the_same_marks(shelf, at):
    gone = at(Stage.PUBLISHED, title="将被删除")
    for title in ("甲", "乙", "丙"):
        Item.objects.filter(pk__in=[shelf.policy.pk, gone.pk]).update(title=title)
    Item.objects.filter(pk=gone.pk).delete()
    marked = [marks.mark_of(item.number) for item in (shelf.policy, shelf.reading)]
    before, newest = sums(), ItemStamp.objects.order_by("pk").last().pk
    assert most_rows() > 3
    rows = ItemStamp.objects.count()
    assert fold() == rows - len(before)
    assert most_rows() == 1
    assert sums() == before
    assert gone.pk in before, "what was made for a deleted item can never be right again"
    assert [marks.mark_of(item.number) for item in (shelf.policy, shelf.reading)] == marked
    assert not ItemStamp.objects.filter(pk__gt=newest).exists()
    assert fold() == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_part_at_any_time(shelf, seed):
    """A few rows at a time, between changes: every sum is that of all that was ever stamped."""
    chance, written = random.Random(seed), {}
    for item, stamp in ItemStamp.objects.values_list("item", "stamp"):
        written[item] = written.get(item, 0) + stamp
    for _ in range(60):
        if chance.random() < 0.6:
            item, stamp = chance.randrange(1, 5), chance.randrange(1, 2**40)
            ItemStamp.objects.create(item=item, stamp=stamp)
            written[item] = written.get(item, 0) + stamp
        else:
            fold(items=chance.randrange(1, 4), rows=chance.randrange(1, 6))
        assert sums() == written
    while fold():
        pass
    assert most_rows() == 1
    assert sums() == written


@pytest.mark.django_db(transaction=True)
def test_writers_and_folders_at_the_same_time(town):
    """Two fold while two write: nothing is lost, nothing counted twice, and no reader sees less than before."""
    seen, going = [], threading.Event()

    def run(work) -> threading.Thread:
        def whole() -> None:
            try:
                work()
            finally:
                connection.close()

        thread = threading.Thread(target=whole)
        thread.start()
        return thread

    def write() -> None:
        for _ in range(40):
            with transaction.atomic():
                ItemStamp.objects.create(item=1, stamp=1)
                ItemStamp.objects.create(item=2, stamp=1000)

    def folding() -> None:
        while not going.is_set():
            fold(items=2, rows=7)

    def read() -> None:
        while not going.is_set():
            seen.append(sums().get(1, 0))

    others, writers = [run(folding), run(folding), run(read)], [run(write), run(write)]
    for one in writers:
        one.join()
    going.set()
    for one in others:
        one.join()
    while fold():
        pass
    assert sums() == {1: 80, 2: 80_000}
    assert most_rows() == 1
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
