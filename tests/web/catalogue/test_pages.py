"""The staff's pages: each opens, does its act, and shows what stood in the way."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.catalogue.actions.import_entries import ImportEntries
from gongkai.web.catalogue.actions.open_cleanup import OpenCleanup
from gongkai.web.catalogue.models import (
    Attachment,
    CatalogueEntry,
    ChannelUse,
    CleanupRound,
    CleanupTask,
    Interpretation,
    Item,
    Stage,
    StandingPage,
)
from gongkai.web.catalogue.standard.apply import rows_of
from gongkai.web.catalogue.standard.reading import read_catalogue
from gongkai.web.house.actor import Actor

from .test_standard import official
from .test_verbs import DAY


@pytest.fixture
def office(sign_in):
    return sign_in("ou")


def test_drafting_in_the_browser(town, sign_in):
    client = sign_in("fan")
    assert client.get("/staff/items/new").status_code == 200
    values = {"organ": town.water.pk, "title": "甲", "kind": "policy", "attribute": "proactive", "body": "<p>文</p><script>x</script>"}
    answer = client.post("/staff/items/new", values)
    item = Item.objects.get()
    assert answer["Location"] == f"/staff/items/{item.number}"
    assert item.body == "<p>文</p>"
    page = client.get(f"/staff/items/{item.number}").content.decode()
    assert "修改" in page and "删除草稿" in page
    assert client.get(f"/staff/items/{item.number}/revise").status_code == 200
    edited = values | {"title": "乙", "seen": "1"}
    assert client.post(f"/staff/items/{item.number}/revise", edited).status_code == 302
    again = client.post(f"/staff/items/{item.number}/revise", edited | {"title": "丙"})
    assert "在您编辑期间保存过" in again.content.decode()
    item.refresh_from_db()
    assert item.title == "乙"
    assert client.get(f"/staff/items/{item.number}/discard").status_code == 200
    client.post(f"/staff/items/{item.number}/discard")
    assert not Item.objects.exists()


def test_errors_stand_at_their_fields(town, sign_in):
    page = sign_in("fan").post(
        "/staff/items/new", {"organ": town.water.pk, "title": "甲", "kind": "policy", "attribute": "on_request"}
    )
    text = page.content.decode()
    assert "依申请公开的信息须注明理由" in text
    assert 'href="#id_withheld_under"' in text


@pytest.mark.parametrize(
    "query",
    ["", "?q=节约", "?q=LH-SHUIWU", "?q=临水规〔2026〕3号", "?stage=draft", "?kind=normative", "?attribute=proactive",
     "?organ=lh-shuiwu", "?validity=in_force", "?theme=x", "?q=%00'%22<script>", "?page=999", "?stage='--", "?q=" + "9" * 400],
)  # fmt: skip
def test_the_list_takes_any_filter(draft, sign_in, query):
    draft(document_number="临水规〔2026〕3号")
    answer = sign_in("fan").get(f"/staff/items{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize(("query", "count"), [("validity=in_force", 1), ("validity=expired", 1), ("reassess=due", 1), ("q=到期", 1)])
def test_filters_find_what_they_say(at, sign_in, query, count):
    from datetime import date

    at(Stage.PUBLISHED)
    at(Stage.PUBLISHED, title="到期的", expires_on=date(2020, 1, 1))
    at(Stage.KEPT, title="不公开的", kind="other", attribute="not_public", withheld_under="process_info", reassess_on=date(2026, 1, 1))
    text = sign_in("fan").get(f"/staff/items?{query}").content.decode()
    assert text.count('<th scope="row" class="main">') == count


def test_files_in_the_browser(draft, sign_in):
    item = draft()
    client = sign_in("fan")
    address = f"/staff/items/{item.number}/attach"
    assert client.post(address, {"file": SimpleUploadedFile("甲.txt", "文".encode())}).status_code == 302
    bad = client.post(address, {"file": SimpleUploadedFile("甲.html", b"<html>")})
    assert "网页" in bad.content.decode()
    attachment = Attachment.objects.get()
    assert client.get(f"/staff/items/{item.number}").status_code == 200
    assert client.post(f"/staff/files/{attachment.pk}/detach").status_code == 302
    assert client.get(f"/staff/files/{attachment.pk}/detach").status_code == 405


def test_the_smaller_verbs_in_the_browser(at, office):
    policy, reading = at(Stage.PUBLISHED), at(Stage.PUBLISHED, title="解读", kind="interpretation")
    base = f"/staff/items/{policy.number}"
    for verb in ("validity", "classify", "channel", "place"):
        assert office.get(f"{base}/{verb}").status_code == 200
    office.post(f"{base}/validity", {"validity": "repealed", "on": "2026-03-01", "basis": "临政发〔2026〕1号"})
    office.post(f"{base}/classify", {"theme": "finance"})
    office.post(f"{base}/channel", {"channel": "weibo", "on": "2026-03-01", "address": "https://a.example/1"})
    policy.refresh_from_db()
    assert (policy.validity, policy.theme, ChannelUse.objects.count()) == ("repealed", "finance", 1)
    other = f"/staff/items/{reading.number}/interpretation"
    assert office.get(other).status_code == 200
    assert "没有找到" in office.post(other, {"policy": "无此号", "form": "text"}).content.decode()
    office.post(other, {"policy": policy.index_number, "form": "text"})
    link = Interpretation.objects.get()
    assert "取消关联" in office.get(f"/staff/items/{reading.number}").content.decode()
    office.post(f"/staff/interpretations/{link.pk}/unlink")
    assert not Interpretation.objects.exists()
    assert office.get(f"{base}/versions").status_code == 200
    assert office.get(f"{base}/versions/1").status_code == 200


def test_buttons_are_those_one_may_press(at, sign_in):
    item = at(Stage.PUBLISHED)
    assert "变更有效性" not in sign_in("gu").get(f"/staff/items/{item.number}").content.decode()
    assert sign_in("gu").get(f"/staff/items/{item.number}/validity").status_code == 403
    assert sign_in("fan").get(f"/staff/items/{item.number}/revise").status_code == 403


def test_guide_and_rules_in_the_browser(town, office):
    assert office.get("/staff/pages").status_code == 200
    assert office.get("/staff/pages/lh-shuiwu/guide").status_code == 200
    values = {"title": "指南", "classification": "甲", "arrangement": "乙", "obtaining": "丙"}
    assert "工作机构" in office.post("/staff/pages/lh-shuiwu/guide", values | {"published": "on"}).content.decode()
    assert office.post("/staff/pages/lh-shuiwu/guide", values).status_code == 302
    assert office.post("/staff/pages/lh-shuiwu/rules/new", {"title": "制度", "position": 1, "body": "<p>文</p>"}).status_code == 302
    rule = StandingPage.objects.get(kind="rule")
    assert office.get(f"/staff/pages/rules/{rule.pk}").status_code == 200
    assert "指南" in office.get("/staff/pages").content.decode()
    assert office.get("/staff/pages/dp-nongye/guide").status_code == 403


def reauthenticated(client):
    """The session that has typed its password just now."""
    import time

    session = client.session
    session["reauthenticated_at"] = time.time()
    session.save()
    return client


def test_the_catalogue_in_the_browser(town, office):
    page = "/staff/entries/of/lh-shuiwu"
    assert office.get("/staff/entries").status_code == 200
    assert office.get(f"{page}/import").status_code == 200
    assert office.get(f"{page}/new").status_code == 200
    bad = office.post(f"{page}/import", {"file": SimpleUploadedFile("甲.pdf", b"%PDF")})
    assert "XLSX" in bad.content.decode()
    answer = office.post(f"{page}/import", {"file": SimpleUploadedFile("目录.xlsx", official())})
    preview = office.get(answer["Location"]).content.decode()
    assert preview.count("新建</span>") == 3
    assert not CatalogueEntry.objects.exists()
    reauthenticated(office)
    assert office.post(answer["Location"]).status_code == 302
    assert CatalogueEntry.objects.count() == 3
    entry = CatalogueEntry.objects.first()
    assert office.get(f"/staff/entries/{entry.pk}").status_code == 200
    assert office.get("/staff/entries?field=elderly_care&state=empty").status_code == 200
    export = office.get(f"{page}/export")
    assert read_catalogue("目录.xlsx", export.content).rows
    assert office.get(f"/staff/entries/{entry.pk}/revise").status_code == 200
    assert office.get(f"/staff/entries/{entry.pk}/end").status_code == 200
    office.post(f"/staff/entries/{entry.pk}/end")
    assert CatalogueEntry.objects.filter(ended_on=None).count() == 2


def test_a_faulty_table_shows_its_rows_and_imports_nothing(town, office):
    bad = [[1, "甲", "乙", "内容", "", "", "", "■飞鸽", "√", "", "√", "", "√", ""]]
    page = "/staff/entries/of/lh-shuiwu/import"
    answer = office.post(page, {"file": SimpleUploadedFile("目录.xlsx", official(bad))})
    assert "飞鸽" in office.get(answer["Location"]).content.decode()
    reauthenticated(office)
    assert "没有导入任何事项" in office.post(answer["Location"]).content.decode()
    assert not CatalogueEntry.objects.exists()


def test_clean_up_in_the_browser(town, at, office):
    at(Stage.PUBLISHED, written_on=DAY)
    notice = at(Stage.PUBLISHED, title="公告", kind="notice")
    assert office.get("/staff/cleanups").status_code == 200
    assert office.get("/staff/cleanups/new").status_code == 200
    answer = office.post("/staff/cleanups/new", {"organ": town.water.pk, "year": 2026, "cutoff": "2026-03-01"})
    found, task = CleanupRound.objects.get(), CleanupTask.objects.get()
    assert answer["Location"] == f"/staff/cleanups/{found.pk}"
    assert office.get(f"/staff/cleanups/{found.pk}?verdict=open").status_code == 200
    assert office.get(f"/staff/cleanups/tasks/{task.pk}").status_code == 200
    office.post(f"/staff/cleanups/tasks/{task.pk}", {"verdict": "repeal", "basis": "已有新规定"})
    assert office.get(f"/staff/cleanups/{found.pk}/close").status_code == 200
    reauthenticated(office)
    office.post(f"/staff/cleanups/{found.pk}/close", {"announcement": notice.index_number})
    found.refresh_from_db()
    assert found.closed_at is not None


STAFF = ["/staff/items", "/staff/items/new", "/staff/pages", "/staff/entries", "/staff/cleanups", "/staff/cleanups/new"]


@pytest.mark.parametrize("address", STAFF)
def test_staff_pages_are_closed_to_the_public(town, client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("who", ["he", "shi"])
def test_auditor_and_administrator_are_told_why_not(sign_in, who):
    assert sign_in(who).get("/staff/items/new").status_code == 403
    assert sign_in(who).get("/staff/items").status_code == 200


def test_the_first_page_counts_drafts(draft, sign_in):
    draft()
    assert "起草中" in sign_in("fan").get("/staff/home").content.decode()


def test_lists_do_not_query_row_by_row(town, at, office, django_assert_max_num_queries):
    for number in range(12):
        at(Stage.PUBLISHED, title=f"第{number}件", written_on=DAY)
    ImportEntries(
        actor=Actor.operator(), organ=town.water, rows=rows_of(read_catalogue("目录.xlsx", official()), town.water), source="x"
    ).perform()
    OpenCleanup(actor=town.actor("ou"), organ=town.water, year=2026, cutoff=DAY).perform()
    for address in ("/staff/items", "/staff/entries", "/staff/pages", f"/staff/cleanups/{CleanupRound.objects.get().pk}"):
        with django_assert_max_num_queries(30):
            office.get(address)


def test_unused_bytes_are_not_kept(office):
    assert office.post("/staff/items/2026000001/attach", {"file": io.BytesIO(b"x")}).status_code == 404


def test_a_draft_leads_to_its_review(town, draft, sign_in):
    item = draft()
    page = sign_in("fan")
    assert "检查和提交审核" in page.get(f"/staff/items/{item.number}").content.decode()
    assert ">提交审核</a>" in page.get(f"/staff/review/{item.number}").content.decode()


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT, Stage.WITHDRAWN])
def test_what_was_submitted_leads_to_how_it_was_reviewed(town, at, sign_in, stage):
    item = at(stage)
    page = sign_in("ou")
    assert f'href="/staff/review/{item.number}">审核情况</a>' in page.get(f"/staff/items/{item.number}").content.decode()
    assert page.get(f"/staff/review/{item.number}").status_code == 200


def test_who_neither_writes_nor_reviews_is_not_led_there(town, at, sign_in):
    item = at(Stage.PUBLISHED)
    page = sign_in("he")
    assert "/staff/review/" not in page.get(f"/staff/items/{item.number}").content.decode().split("<main")[1]
    assert page.get(f"/staff/review/{item.number}").status_code == 403
