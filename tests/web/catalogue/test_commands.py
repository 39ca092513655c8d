"""The operator's commands on files, and numbers under two writers."""

from __future__ import annotations

import io
import threading

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Item, StoredFile, TextState
from gongkai.web.house.actor import Actor
from tests.web.support import town as towns

from .files import text_file


@pytest.fixture
def stored(town, draft) -> StoredFile:
    file, size = text_file("节约用水")
    return AttachFile(actor=town.actor("fan"), item=draft(), content=file, size=size, name="甲.txt").perform().file


def test_waiting_texts_are_taken_out(stored):
    out = io.StringIO()
    call_command("extract_texts", stdout=out)
    stored.refresh_from_db()
    assert (stored.text_state, stored.text) == (TextState.DONE, "节约用水")
    assert "已提取1个" in out.getvalue()
    call_command("extract_texts", stdout=out)
    assert "共0个文件" in out.getvalue()


def test_failed_ones_only_when_asked(stored):
    StoredFile.objects.update(text_state=TextState.FAILED)
    call_command("extract_texts", stdout=io.StringIO())
    stored.refresh_from_db()
    assert stored.text_state == TextState.FAILED
    call_command("extract_texts", again=True, stdout=io.StringIO())
    stored.refresh_from_db()
    assert stored.text_state == TextState.DONE


def test_changed_and_missing_contents_are_found(stored):
    call_command("verify_files", stdout=io.StringIO())
    path = default_storage.path(stored.path)
    with open(path, "wb") as content:  # noqa: PTH123
        content.write(b"changed")
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_files", stdout=io.StringIO(), stderr=err)
    assert stored.sha256 in err.getvalue()
    assert "甲.txt" in err.getvalue()


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_to_writers_at_the_same_moment():
    town = towns.build()
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(5):
                CreateItem(
                    actor=Actor.operator(), organ=town.water, values={"title": f"第{number}件", "kind": "notice"}
                ).perform()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = sorted(Item.objects.values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 20))
    assert len(set(Item.objects.values_list("index_number", flat=True))) == 20
