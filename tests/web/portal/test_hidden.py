"""What is hidden is at no exit of portal and API, in every hidden state, also after the pages were remembered."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage, StandingPage

from .conftest import CITY, SLUG, STATES, body, exits


@pytest.mark.parametrize("state", STATES)
def test_hidden_items_are_at_no_exit(shelf, hidden, client, sign_in, state):
    item = hidden(state)
    for address in exits(shelf):
        text = body(client.get(address))
        for word in (item.title, str(item.number), f"密文{state}", f"渠道{item.title}", item.index_number):
            assert word.encode() not in text, (address, word)
            assert word.encode("unicode_escape") not in text, (address, word)
    own = [f"/info/{item.number}", f"/info/{item.number}/print", f"/info/{item.number}/files/{item.attachments.get().pk}",
           f"/api/items/{item.number}", f"/zwgk/t{item.pk}.shtml?id=7"]  # fmt: skip
    assert {address: client.get(address).status_code for address in own} == dict.fromkeys(own, 404)
    staff = sign_in("ou")
    assert staff.get(f"/info/{item.number}").status_code == 404
    assert item.title not in staff.get(f"{SLUG}/list").content.decode()


def test_counts_leave_hidden_items_out(shelf, hidden, client):
    for state in STATES:
        hidden(state)
    text = client.get(f"{SLUG}/content").content.decode()
    assert "现有2条" in text
    assert len(client.get("/api/items").json()["items"]) == 2


def test_withdrawn_is_gone_with_the_next_look(shelf, client):
    addresses = exits(shelf)
    seen = [address for address in addresses if "节水办法怎么看".encode() in body(client.get(address))]
    assert len(seen) > 30
    Item.objects.filter(pk=shelf.reading.pk).update(
        stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="有误"
    )
    still = [address for address in seen if "节水办法怎么看".encode() in body(client.get(address))]
    assert still == []


def test_unpublished_pages_and_unlisted_organs_have_no_column(shelf, client):
    StandingPage.objects.update(published=False)
    rule = StandingPage.objects.get(kind="rule")
    assert "按条例分类" not in client.get(f"{SLUG}/guide").content.decode()
    assert "发布审查制度" not in client.get(f"{SLUG}/rules").content.decode()
    assert client.get(f"{SLUG}/rules/{rule.pk}").status_code == 404
    assert client.get("/api/pages?organ=lh-shuiwu").json() == []
    for page in ("/", "/guide", "/list", "/list.rss", "/list.csv", "/request/form.pdf"):
        assert client.get(f"/column/lh-weiban{page}").status_code == 404
    assert client.get("/api/organs/lh-weiban").status_code == 404
    assert "某委员会" not in client.get(f"{CITY}/").content.decode()
    assert "某委员会" not in client.get("/sitemap-columns.xml").content.decode()
