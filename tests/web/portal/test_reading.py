"""Attachments are read online: what a browser cannot show is shown as its words, with tables as tables."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage, StoredFile, TextState
from gongkai.web.portal.reading import LONGEST, blocks
from gongkai.web.search.sources.catalogue import attachment_documents


@pytest.fixture
def sheet(shelf):
    attachment = shelf.policy.attachments.get()
    text = "附件1\n项目\t金额\n水价\t3.5\n<script>alert(1)</script>"
    StoredFile.objects.filter(pk=attachment.file_id).update(type="docx", text=text, text_state=TextState.DONE)
    attachment.refresh_from_db()
    return attachment


def test_the_document_leads_to_the_words_of_its_file(shelf, sheet, client):
    address = f"/info/{shelf.policy.number}/files/{sheet.pk}/text"
    assert address in client.get(f"/info/{shelf.policy.number}").content.decode()
    page = client.get(address).content.decode()
    assert "附件1" in page
    assert "<td>3.5</td>" in page
    assert "&lt;script&gt;alert(1)" in page
    assert f"/info/{shelf.policy.number}/files/{sheet.pk}" in page
    assert client.get(f"/api/items/{shelf.policy.number}").json()["attachments"][0]["text_url"] == f"http://testserver{address}"


def test_files_without_words_have_no_such_page_until_the_words_are_taken_out(shelf, client):
    attachment = shelf.reading.attachments.get()
    StoredFile.objects.filter(pk=attachment.file_id).update(type="docx")
    address = f"/info/{shelf.reading.number}/files/{attachment.pk}/text"
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/info/{shelf.reading.number}").content.decode()
    assert client.get(f"/api/items/{shelf.reading.number}").json()["attachments"][0]["text_url"] is None
    StoredFile.objects.filter(pk=attachment.file_id).update(text="甲", text_state=TextState.DONE)
    assert address in client.get(f"/info/{shelf.reading.number}").content.decode()
    assert client.get(address).status_code == 200


def test_words_of_hidden_files_stay_hidden(shelf, sheet, client, sign_in):
    address = f"/info/{shelf.policy.number}/files/{sheet.pk}/text"
    assert client.get(address.replace(str(shelf.policy.number), str(shelf.reading.number))).status_code == 404
    Item.objects.filter(pk=shelf.policy.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert client.get(address).status_code == 404
    assert sign_in("ou").get(address).status_code == 404


def test_lines_with_tabs_are_tables():
    found, cut = blocks("甲\n乙\t丙\n丁\t戊\n\n己")
    assert [(one.rows, one.text) for one in found] == [((), "甲"), ((("乙", "丙"), ("丁", "戊")), ""), ((), "己")]
    assert not cut
    found, cut = blocks("甲\n" * LONGEST)
    assert cut
    assert len(found) == LONGEST // 2


def test_search_leads_to_the_place_of_the_files(shelf, client):
    (found,) = attachment_documents([shelf.policy.attachments.get()])
    page, _, anchor = found.url.partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()
