"""The open API: shapes, paging, limits, methods."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import jsonschema
from django.utils import timezone

from gongkai.web.catalogue.models import Stage


def test_an_item_has_what_its_page_shows(shelf, client):
    item = client.get(f"/api/items/{shelf.policy.number}").json()
    assert item["title"] == "节水办法"
    assert item["body"] == "<p>正文在此。</p>"
    assert item["keywords"] == ["节水", "水价"]
    assert item["organ"] == "lh-shuiwu"
    assert [one["number"] for one in item["interpretations"]] == [shelf.reading.number]
    assert item["attachments"][0]["sha256"] == shelf.policy.attachments.get().file_id
    address = item["attachments"][0]["url"].removeprefix("http://testserver")
    assert client.get(address).status_code == 200
    assert client.get(f"/api/items/{shelf.reading.number}").json()["policies"][0]["form"] == "图解"


def test_cursors_walk_the_whole_list_while_it_grows(shelf, client, at):
    moment = timezone.now() - timedelta(hours=5)
    for number in range(9):
        at(Stage.PUBLISHED, title=f"第{number}件", since=moment)
    seen, cursor, turn = [], "", 0
    while cursor is not None:
        page = client.get(f"/api/items?limit=3&cursor={cursor}").json()
        seen += [one["number"] for one in page["items"]]
        cursor, turn = page["next"], turn + 1
        at(Stage.PUBLISHED, title=f"新{turn}", since=timezone.now())
    assert len(seen) == len(set(seen)) == 11


def test_answers_keep_to_the_published_schema(shelf, client):
    schema = client.get("/api/openapi.json").json()
    for path, address in {
        "/api/items": "/api/items", "/api/organs": "/api/organs", "/api/pages": "/api/pages?organ=lh-shuiwu",
        "/api/entries": "/api/entries?organ=lh-shuiwu", "/api/items/{number}": f"/api/items/{shelf.policy.number}",
    }.items():  # fmt: skip
        wanted = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(client.get(address).json(), {**wanted, "components": schema["components"]})
    assert all(set(methods) == {"get"} for methods in schema["paths"].values())


def test_wrong_parameters_are_told(shelf, client):
    for query in ("limit=0", "limit=101", "limit=x", "cursor=x", "cursor=YQ", "art20=nonsense", "cursor=%F0%9F%98%80"):
        answer = client.get(f"/api/items?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["detail"]
    assert client.get("/api/items/99999999999999999999999").status_code in {404, 422}
    assert client.get("/api/entries").status_code == 422
    assert client.get("/api/entries?organ=nobody").status_code == 404
    assert client.get("/api/reports?year=99999999999999999999").status_code == 200
    assert client.post("/api/items").status_code == 405


def test_too_many_requests_wait(shelf, client, settings):
    settings.ENV = replace(settings.ENV, api_rate=3)
    codes = [client.get("/api/terms").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    answer = client.get("/api/terms")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert client.get("/api/terms", REMOTE_ADDR="10.9.8.7").status_code == 200
    assert client.get("/column/lh-shuiwu/").status_code == 200
