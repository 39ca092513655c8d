"""Attached files: what is taken, what is refused, how it is kept, read and served."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django_tasks_db.models import DBTaskResult

from gongkai.reading.limits import CannotRead, Limits
from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.actions.detach_file import DetachFile
from gongkai.web.catalogue.files.accepting import plain_name
from gongkai.web.catalogue.files.extraction import words_of
from gongkai.web.catalogue.files.storing import intact
from gongkai.web.catalogue.files.types import BY_KEY
from gongkai.web.catalogue.models import Attachment, Stage, StoredFile, TextState
from gongkai.web.catalogue.tasks import extract_text
from gongkai.web.house.rule import Refused

from .files import docx_bytes, macro_docx, workbook

PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"


def attach(town, item, data: bytes, name: str, by: str = "fan") -> AttachFile:
    return AttachFile(actor=town.actor(by), item=item, content=io.BytesIO(data), size=len(data), name=name)


def refusals(action) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        action.perform()
    return {one.rule: one.message for one in caught.value.refusals}


def test_a_file_is_kept_under_its_hash(town, draft):
    item = draft()
    data = docx_bytes("第一条　节约用水。")
    attachment = attach(town, item, data, "C:\\稿\\附件一.docx").perform()
    assert attachment.name == "附件一.docx"
    assert attachment.file.type == "docx"
    assert attachment.file.size == len(data)
    with default_storage.open(attachment.file.path) as content:
        assert content.read() == data
    assert intact(attachment.file)
    assert item.versions.first().content["attachments"][0]["sha256"] == attachment.file_id


def test_one_content_at_two_items_is_one_file(town, draft):
    data = docx_bytes("甲")
    for title in ("甲", "乙"):
        attach(town, draft(title=title), data, "附件.docx").perform()
    assert StoredFile.objects.count() == 1
    assert Attachment.objects.count() == 2


def test_a_damaged_content_is_noticed_and_mended_by_the_next_upload(town, draft):
    data = docx_bytes("甲")
    stored = attach(town, draft(), data, "附件.docx").perform().file
    default_storage.delete(stored.path)
    assert not intact(stored)
    attach(town, draft(title="乙"), data, "附件.docx").perform()
    assert intact(stored)


@pytest.mark.parametrize(
    ("data", "name", "rule"),
    [
        (b"", "甲.pdf", "content"),
        (b"<html><script>alert(1)</script></html>", "甲.txt", "content"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "甲.png", "content"),
        (b"<html>", "甲.html", "content"),
        (b"MZ\x90\x00", "甲.exe", "content"),
        (b"MZ\x90\x00", "甲.pdf", "content"),
        (macro_docx(), "甲.docx", "content"),
        (PDF, "甲.docx", "mismatch"),
        (b"PK\x03\x04broken", "甲.docx", "mismatch"),
        (docx_bytes("甲"), "甲.xlsx", "mismatch"),
        ("文字".encode(), "甲.md", "type"),
        ("文字".encode(), "甲", "type"),
        (PDF, "甲" * 200 + ".pdf", "name"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "甲.doc", "mismatch"),
    ],
)
def test_what_may_not_be_attached(town, draft, data, name, rule):
    found = refusals(attach(town, draft(), data, name))
    assert rule in found
    assert "请" in found[rule]
    assert not StoredFile.objects.exists()


def test_too_large_a_file_says_its_size_and_the_limit(town, draft):
    action = attach(town, draft(), PDF, "甲.pdf")
    action.size = 51 * 1024 * 1024
    assert "51.0 MB" in refusals(action)["size"]


def test_the_same_file_twice_and_too_many_files(town, draft, monkeypatch):
    item = draft()
    attach(town, item, PDF, "甲.pdf").perform()
    assert "twice" in refusals(attach(town, item, PDF, "乙.pdf"))
    monkeypatch.setattr("gongkai.web.catalogue.actions.attach_file.MOST", 1)
    assert "many" in refusals(attach(town, item, PDF + b"%", "丙.pdf"))


def test_no_file_for_a_state_secret(town, draft):
    item = draft(attribute="not_public", withheld_under="state_secret")
    assert "secret" in refusals(attach(town, item, PDF, "甲.pdf"))


def test_files_of_finished_items_stay(town, draft, at):
    item = draft()
    attachment = attach(town, item, PDF, "甲.pdf").perform()
    type(item).objects.filter(pk=item.pk).update(stage=Stage.SUBMITTED)
    attachment.refresh_from_db()
    assert set(refusals(DetachFile(actor=town.actor("fan"), attachment=attachment))) == {"stage"}
    assert set(refusals(attach(town, item, PDF + b"%", "乙.pdf"))) == {"stage"}
    assert set(refusals(attach(town, item, PDF + b"%", "乙.pdf", by="gu"))) == {"has_role", "stage"}


def test_detaching_leaves_the_content_for_the_versions(town, draft):
    item = draft()
    attachment = attach(town, item, PDF, "甲.pdf").perform()
    DetachFile(actor=town.actor("fan"), attachment=attachment).perform()
    assert not item.attachments.exists()
    assert StoredFile.objects.exists()
    assert [len(one.content["attachments"]) for one in item.versions.all()] == [0, 1, 0]


@pytest.mark.parametrize(
    ("name", "plain"),
    [("../../etc/passwd", "passwd"), ("甲\u202efdp.exe", "甲fdp.exe"), ("a\x00b.pdf", "ab.pdf"), ("C:\\x\\乙.pdf", "乙.pdf")],
)
def test_names_are_made_plain(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize("show", ["", "?show=1"])
def test_nothing_served_can_act(town, sign_in, draft, show):
    item = draft()
    client = sign_in("fan")
    for data, name in ((PDF, "甲.pdf"), ("甲".encode(), "乙.txt"), (docx_bytes("甲"), "丙.docx")):
        attachment = attach(town, item, data, name).perform()
        answer = client.get(f"/info/{item.number}/files/{attachment.pk}{show}")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == BY_KEY[attachment.file.type].media
        assert "script" not in answer["Content-Security-Policy"]
        shown = bool(show) and name.endswith(".pdf")
        assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
        assert shown or answer["Content-Security-Policy"].startswith("sandbox")


def test_words_are_taken_out_for_search(town, draft):
    item = draft()
    word = attach(town, item, docx_bytes("第一条　节约用水。"), "甲.docx").perform().file
    table = attach(town, item, workbook({"表": [["河段", "水质"], ["东段", "Ⅱ类"]]}), "乙.xlsx").perform().file
    for row in (word, table):
        assert row.text_state == TextState.WAITING
        extract_text.func(row.sha256)
        row.refresh_from_db()
        assert row.text_state == TextState.DONE
    assert "节约用水" in word.text
    assert "河段\t水质" in table.text


def test_the_task_is_written_with_the_row(town, draft):
    """After the commit would be too late: a process killed between the two leaves words nobody takes out."""
    row = attach(town, draft(), docx_bytes("第一条　节约用水。"), "甲.docx").perform().file
    (task,) = DBTaskResult.objects.all()
    assert (task.task_path, task.args_kwargs["args"]) == (extract_text.module_path, [row.sha256])


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    path = tmp_path / "甲.xlsx"
    path.write_bytes(workbook({"表": [["甲"] * 40] * 2000}))
    with pytest.raises(CannotRead):
        words_of(path, path.name, Limits(seconds=0.001))


def test_a_file_that_cannot_be_read_says_why(town, draft):
    row = attach(town, draft(), PDF, "甲.pdf").perform().file
    extract_text.func(row.sha256)
    row.refresh_from_db()
    assert row.text_state == TextState.FAILED
    assert row.text_note
    extract_text.func(row.sha256)
