"""Conditional requests, memory of one edition, files as data, query counts."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.web.catalogue.models import Attachment, Interpretation, Item, Stage
from gongkai.web.portal import edition, triggers
from gongkai.web.portal.models import Edition

from .conftest import CITY, PDF, SLUG, dress, exits


def test_every_public_page_answers_304_to_who_has_it(shelf, client):
    for address in exits(shelf):
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        assert answer["Cache-Control"] == "public, no-cache", address
        same = client.get(address, headers={"If-None-Match": answer["ETag"]})
        if "form.docx" in address or "form.pdf" in address or ".xlsx" in address:
            continue
        assert same.status_code == 304, address
        assert same["ETag"] == answer["ETag"]
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_change_changes_the_validator(shelf, client):
    for address in (f"/info/{shelf.policy.number}", f"{SLUG}/list", f"{SLUG}/list.csv", f"{SLUG}/list.rss", "/api/items"):
        before = client.get(address)["ETag"]
        Item.objects.filter(pk=shelf.policy.pk).update(title=f"改名{address}"[:50])
        assert client.get(address, headers={"If-None-Match": before}).status_code == 200, address


def test_the_second_look_costs_one_query(shelf, client):
    for address in (f"{SLUG}/", f"/info/{shelf.policy.number}", f"{CITY}/content", "/api/items"):
        first = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).content == first.content
        assert len(queries) == 1, address


def test_memory_goes_with_any_change_of_what_is_shown(shelf, client):
    keys = [edition.current().key]
    for model in triggers.watched():
        row = model._base_manager.first()
        if row is None:
            continue
        field = next(one for one in model._meta.concrete_fields if not one.primary_key and not one.generated)
        model._base_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})
        keys.append(edition.current().key)
    assert len(keys) > 8
    assert len(set(keys)) == len(keys)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL notes each statement")
def test_drafts_leave_the_edition_alone(shelf, draft):
    before = edition.current().key[:3]
    item = draft(title="草稿一")
    item.title = "草稿二"
    item.save()
    assert edition.current().key[:3] == before


def test_nothing_is_remembered_without_triggers(shelf, client):
    client.get(f"{SLUG}/")
    Edition.objects.all().delete()
    assert edition.current().key is None
    assert client.get(f"{SLUG}/").status_code == 200


def test_memory_is_bounded():
    memory = edition.Memory(most_bytes=1000, most=5)
    for number in range(20):
        memory.put(number, number, 90)
    assert memory.get(0) is None
    assert memory.get(19) == 19
    assert len(memory._kept) == 5
    memory.put("large", 1, 500)
    assert memory.get("large") is None


def test_files_are_read_online_and_downloaded(shelf, client):
    pk = shelf.policy.attachments.get().pk
    shown = client.get(f"/info/{shelf.policy.number}/files/{pk}?show=1")
    assert b"".join(shown.streaming_content) == PDF
    assert shown["Content-Disposition"].startswith("inline")
    assert client.get(f"/info/{shelf.policy.number}/files/{pk}")["Content-Disposition"].startswith("attachment")


def test_lists_as_files(shelf, client):
    Item.objects.filter(pk=shelf.policy.pk).update(title="=1+1", summary="甲,乙\n丙")
    text = b"".join(client.get(f"{SLUG}/list.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["名称"] for row in rows] == ["节水办法怎么看", "'=1+1"]
    assert rows[1]["内容概述"] == "甲,乙\n丙"
    assert rows[1]["网址"] == f"http://testserver/info/{shelf.policy.number}"
    data = json.loads(b"".join(client.get(f"{SLUG}/list.json").streaming_content))
    assert [row["title"] for row in data] == ["节水办法怎么看", "=1+1"]
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get(f"{SLUG}/list.xlsx").streaming_content)))
    assert book.get_sheet_by_index(0).to_python()[2][1] == "=1+1"
    assert next(iter(client.get(f"{CITY}/list.csv?art20=statistics").streaming_content)).count(b"\n") == 1


def test_feeds_are_feeds(shelf, client):
    from lxml import etree

    rss = etree.fromstring(client.get(f"{SLUG}/list.rss?art20=plans").content)
    assert [one.text for one in rss.findall("channel/item/title")] == ["节水办法"]
    assert rss.find("channel/item/guid").text == f"http://testserver/info/{shelf.policy.number}"
    atom = etree.fromstring(client.get(f"{SLUG}/list.atom").content)
    assert len(atom.findall("{http://www.w3.org/2005/Atom}entry")) == 2


def test_forms_to_fill_in(shelf, client):
    import docx

    answer = client.get(f"{SLUG}/request/form.docx")
    document = docx.Document(io.BytesIO(answer.content))
    assert "受理机关：临禾市水务局" in [one.text for one in document.paragraphs]
    cells = {cell.text for row in document.tables[0].rows for cell in row.cells}
    assert {"公民", "法人或者其他组织", "姓名", "统一社会信用代码"} <= cells
    assert "用途" not in "".join(cells)
    assert client.get(f"{SLUG}/request/form.pdf").content.startswith(b"%PDF")


COUNTED = ("/", f"{SLUG}/", f"{CITY}/content", f"{SLUG}/list", f"{SLUG}/list.rss", f"{SLUG}/list.csv", f"{CITY}/interpretations",
           f"{SLUG}/archive", "/sitemap-1.xml", "/api/items?limit=100", "/api/entries?organ=lh-shuiwu", "DOCUMENT")  # fmt: skip


def test_query_counts_do_not_grow_with_the_lists(shelf, client, at):
    def counts():
        found = {}
        for name in COUNTED:
            address = f"/info/{shelf.policy.number}" if name == "DOCUMENT" else name
            edition.pages.__init__()
            edition._values.__init__()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
                if answer.streaming:
                    list(answer.streaming_content)
            found[address] = len(queries)
        return found

    few = counts()
    for number in range(12):
        item = at(Stage.PUBLISHED, title=f"第{number}件", kind="interpretation", since=timezone.now() - timedelta(hours=number + 1))
        dress(item)
        Interpretation.objects.create(policy=shelf.policy, reading=item, form="text")
        file = item.attachments.get().file
        Attachment.objects.create(item=shelf.policy, file=file, name="又一件.pdf")
    many = counts()
    assert {address: (few[address], many[address]) for address in few if many[address] > few[address]} == {}
    assert max(many.values()) <= 20
