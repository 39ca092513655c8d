"""Whatever a page shows, the API has: page by page, with its search."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import CatalogueEntry, Item
from gongkai.web.organs.actions.rename_organ import RenameOrgan
from gongkai.web.search import engines
from gongkai.web.search.indexing import Indexer
from tests.web.portal.conftest import SLUG


@pytest.fixture
def searched(shelf, tmp_path, monkeypatch):
    """The shelf, in an index of this test."""
    made = engines.make("tantivy", tmp_path / "search")
    for module in ("searching", "suggestions"):
        monkeypatch.setattr(f"gongkai.web.search.{module}.configured", lambda: made)
    Indexer(made).rebuild()
    yield shelf
    made.close()


def test_search_as_the_page_has_it(searched, client):
    found = client.get("/api/search?q=节水办法").json()
    assert (found["total"], found["page"], found["size"]) == (4, 1, 20)
    assert [one["kind"] for one in found["groups"]] == ["item", "interpretation", "attachment"]
    first = found["hits"][0]
    assert first["title"] == {"text": "节水办法", "marks": [[0, 2], [2, 4]]}
    assert first["url"] == f"http://testserver/info/{searched.policy.number}"
    assert first["organ"] == "lh-shuiwu"
    assert client.get("/api/search?q=节水&kind=interpretation&where=title&organ=linhe&sort=date&period=week").json()["total"] == 1
    assert client.get("/api/search?q=节水&organ=dp-nongye").json()["total"] == 0
    assert client.get("/api/search?number=临政规〔2025〕3号").json()["hits"][0]["document_number"] == "临政规〔2025〕3号"
    assert client.get("/api/search?phrase=节水办法&without=怎么看&since=2020-01-01").json()["groups"][0]["total"] == 1
    assert client.get("/api/search?q=节水办怯").json()["corrected"] == "节水办法"


def test_search_answers_conditionally_and_is_no_page_in_memory(searched, client):
    answer = client.get("/api/search?q=节水办法")
    assert answer["Cache-Control"] == "public, no-cache"
    assert client.get("/api/search?q=节水办法", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    Item.objects.filter(pk=searched.reading.pk).update(stage="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="有误")
    assert client.get("/api/search?q=节水办法", headers={"If-None-Match": answer["ETag"]}).json()["total"] == 2


def test_wrong_conditions_of_a_search_are_told(searched, client):
    for query in ("kind=x", "since=2026-13-01", "since=2026-02-02&until=2026-02-01", "page=x", "theme=x", "organ=nobody"):
        answer = client.get(f"/api/search?q=节水&{query}")
        assert answer.status_code == 422, query
        assert answer.json()["detail"]


def test_suggestions(searched, client):
    assert "节水办法" in client.get("/api/search/suggestions?q=节水").json()


def test_a_document_tells_what_its_page_tells(shelf, client):
    RenameOrgan(actor=shelf.actor("shi"), organ=shelf.water, name="临禾市水利局", on=date(2026, 2, 1), basis="临编〔2026〕1号").perform()
    Item.objects.filter(pk=shelf.policy.pk).update(
        validity="repealed", validity_from=date(2026, 3, 1), validity_basis="临政发〔2026〕9号", formed_on=date(2025, 12, 2)
    )
    found = client.get(f"/api/items/{shelf.policy.number}").json()
    page = client.get(f"/info/{shelf.policy.number}").content.decode()
    assert (found["organ_name"], found["publisher"]) == ("临禾市水利局", "临禾市水务局")
    assert found["publisher"] in page
    assert (found["validity_from"], found["validity_basis"]) == ("2026-03-01", "临政发〔2026〕9号")
    assert found["validity_basis"] in page
    assert found["language"] == "zh-CN"


def test_an_organ_tells_what_its_page_tells(shelf, client):
    RenameOrgan(actor=shelf.actor("shi"), organ=shelf.water, name="临禾市水利局", on=date(2026, 2, 1), basis="临编〔2026〕1号").perform()
    found = client.get("/api/organs/lh-shuiwu").json()
    page = client.get("/organs/lh-shuiwu/").content.decode()
    assert [one["name"] for one in found["names"]] == ["临禾市水务局", "临禾市水利局"]
    change = found["changes"][-1]
    assert (change["title"], change["on"], change["basis"]) == ("更名", "2026-02-01", "临编〔2026〕1号")
    assert change["basis"] in page
    assert client.get("/api/organs/linhe").json()["below"] == ["dongpo", "lh-shuiwu"]
    assert "lh-weiban" not in client.get("/api/organs").content.decode()


def test_counts_of_the_content_page_and_of_the_archive(shelf, client):
    found = client.get("/api/counts?organ=lh-shuiwu").json()
    assert found["total"] == 2
    assert {one["key"]: one["count"] for one in found["art20"]}["plans"] == 1
    assert {one["key"]: one["count"] for one in found["kinds"]} == {"normative": 1, "interpretation": 1}
    assert sum(one["count"] for one in found["months"]) == 2
    assert "现有2条" in client.get(f"{SLUG}/content").content.decode()
    assert client.get("/api/counts?organ=nobody").status_code == 404


def test_policies_with_their_interpretations(shelf, client):
    found = client.get("/api/interpretations?organ=lh-shuiwu").json()
    pair = found["pairs"][0]
    assert (pair["policy"]["number"], pair["interpretation"]["number"], pair["form"]) == (shelf.policy.number, shelf.reading.number, "图解")
    assert found["next"] is None
    assert client.get("/api/interpretations?organ=dp-nongye").json()["pairs"] == []


def test_entries_as_the_column_has_them_with_their_items(shelf, client):
    entry = CatalogueEntry.objects.get()
    city = CatalogueEntry.objects.create(
        organ=shelf.city, field="budget", seq=2, item_level1="预算", content_elements="表", responsible=shelf.water,
        mode_proactive=True, level_county=True, level_village=True,
    )  # fmt: skip
    found = {row["id"]: row for row in client.get("/api/entries?organ=lh-shuiwu").json()}
    assert set(found) == {entry.pk, city.pk}
    assert (found[city.pk]["level_county"], found[city.pk]["level_township"], found[city.pk]["level_village"]) == (True, False, True)
    numbers = [one["number"] for one in client.get(f"/api/items?entry={entry.pk}").json()["items"]]
    assert set(numbers) == {shelf.policy.number, shelf.reading.number}
    assert client.get("/api/items?entry=999999").json()["items"] == []
    assert client.get("/api/entries?organ=lh-shuiwu&limit=1&page=2").json() == [found[city.pk]]


@pytest.mark.parametrize("path", ["/api/organs", "/api/entries?organ=lh-shuiwu", "/api/reports", "/api/pages?organ=lh-shuiwu"])
def test_every_list_has_pages(shelf, client, path):
    more = "&" if "?" in path else "?"
    whole = client.get(path).json()
    walked = [row for page in range(1, len(whole) + 2) for row in client.get(f"{path}{more}limit=1&page={page}").json()]
    assert walked == whole
    assert client.get(f"{path}{more}limit=0").status_code == 422
