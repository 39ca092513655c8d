"""The command that makes pages ahead."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.organs.models import Office
from gongkai.web.portal import document_pages, edition, keeping, kept
from gongkai.web.portal.models import OrgansStamp
from gongkai.web.portal.views import document


@pytest.fixture(autouse=True)
def own_file(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return tmp_path / "run" / kept.NAME


def keep(**options) -> str:
    out = io.StringIO()
    call_command("keep_pages", stdout=out, **options)
    return out.getvalue().strip()


def keys() -> set[int]:
    return {key for key, _, _ in kept.store().laid(0, kept.LARGEST)}


def test_it_makes_what_is_missing_or_stale_and_drops_what_is_hidden(shelf, at, client):
    at(Stage.PUBLISHED, title="到时公布", since=timezone.now() + timedelta(days=1))
    at(Stage.DRAFT, title="草稿")
    assert keep() == "新生成2个页面，已有0个，清除0个。"
    assert keys() == {document_pages.key_of(item.number, "page") for item in (shelf.policy, shelf.reading)}
    assert keep() == "新生成0个页面，已有2个，清除0个。"
    Item.objects.filter(pk=shelf.reading.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert keep() == "新生成1个页面，已有0个，清除1个。"
    Office.objects.filter(organ=shelf.water).update(phone="0000-5557777")
    assert keep(prints=True) == "新生成2个页面，已有0个，清除0个。"
    assert keys() == {document_pages.key_of(shelf.policy.number, form) for form in document_pages.FORMS}


def test_what_it_made_is_the_answer(shelf, client, monkeypatch):
    keep(prints=True)
    monkeypatch.setattr(document, "page", None)
    edition.pages.__init__()
    text = client.get(f"/info/{shelf.policy.number}").content.decode()
    assert "节水办法" in text
    assert 'content="http://testserver/info/' in text
    assert "打印" in client.get(f"/info/{shelf.policy.number}/print").content.decode()


def test_batches_and_parts_leave_nothing_out(shelf, at, monkeypatch):
    for number in range(9):
        at(Stage.PUBLISHED, title=f"第{number}件")
    monkeypatch.setattr(keeping, "BATCH", 2)
    made = [keeping.keep_part(part, 3, ("page",)).made for part in range(3)]
    assert sum(made) == 11
    assert all(made)
    Item.objects.filter(title__startswith="第").update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert sum(keeping.keep_part(part, 3, ("page",)).dropped for part in range(3)) == 9
    assert len(keys()) == 2


def test_a_damaged_file_is_replaced(shelf, own_file):
    own_file.parent.mkdir()
    own_file.write_bytes(b"no database " * 500)
    assert keep() == "保存页面的文件已损坏，已删除，重新生成。\n新生成2个页面，已有0个，清除0个。"


def test_it_says_why_it_cannot(shelf, settings, monkeypatch):
    monkeypatch.setattr(kept.Store, "put", lambda self, pages: False)
    with pytest.raises(CommandError, match="GONGKAI_KEPT_PAGES_MB"):
        keep()
    OrgansStamp.objects.all().delete()
    with pytest.raises(CommandError, match="prepare"):
        keep()
    settings.ENV = replace(settings.ENV, kept_pages_mb=0)
    with pytest.raises(CommandError, match="为0"):
        keep()
