"""Who sees which item, in every state, at every exit of this room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.catalogue.actions.attach_file import AttachFile
from gongkai.web.catalogue.models import (
    Attachment,
    Form,
    Interpretation,
    Item,
    ItemVersion,
    Stage,
    StoredFile,
)
from gongkai.web.catalogue.published import published_items
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import may_see, visible
from gongkai.web.organs.models import Role
from tests.web.support.town import person

from .conftest import WITHHELD
from .files import text_file

HIDDEN = {
    "draft": (Stage.DRAFT, {}),
    "returned": (Stage.RETURNED, {}),
    "in_review": (Stage.SUBMITTED, {}),
    "approved": (Stage.APPROVED, {}),
    "on_request": (Stage.KEPT, WITHHELD),
    "not_public": (Stage.KEPT, {"attribute": "not_public", "withheld_under": "process_info"}),
    "withdrawn": (Stage.WITHDRAWN, {}),
    "embargoed": (Stage.PUBLISHED, {"since": timezone.now() + timedelta(days=2)}),
}
# Who of the town sees which hidden state of an item of the water bureau.
WRITERS = {"fan", "gu", "ou", "ke"}
SEEN_BY = {
    "draft": WRITERS, "returned": WRITERS,
    "in_review": WRITERS | {"su"}, "approved": WRITERS | {"su", "cao"}, "on_request": WRITERS | {"su", "cao"},
    "not_public": WRITERS | {"su", "cao"}, "withdrawn": WRITERS | {"su", "cao"}, "embargoed": WRITERS | {"su", "cao"},
}  # fmt: skip


@pytest.fixture
def hidden(town, more_people, at):
    def make(state: str) -> Item:
        stage, values = HIDDEN[state]
        return at(stage, unit=town.section, title=f"隐藏{state}", **values)

    return make


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_item_is_seen_by_its_own_only(town, hidden, state):
    item = hidden(state)
    assert not may_see(item, Actor.public())
    assert not item.is_public()
    seen = {name for name in town.people if may_see(item, town.actor(name))}
    assert seen == SEEN_BY[state]
    assert may_see(item, Actor.operator())
    assert item not in published_items()


def test_a_published_item_is_seen_by_all(town, more_people, at):
    item = at(Stage.PUBLISHED)
    assert all(may_see(item, actor) for actor in (Actor.public(), *map(town.actor, town.people)))
    assert item.is_public()
    assert list(published_items()) == [item]


def test_the_moment_of_publication(at):
    soon = at(Stage.PUBLISHED, since=timezone.now() + timedelta(seconds=30))
    assert soon not in published_items()
    Item.objects.filter(pk=soon.pk).update(published_at=timezone.now())
    assert soon in published_items()


def test_the_database_says_released_only_of_published_proactive_items(at):
    assert at(Stage.PUBLISHED).released
    assert not at(Stage.APPROVED, title="乙").released
    assert not at(Stage.KEPT, title="丙", **WITHHELD).released


def test_a_post_in_the_county_shows_nothing_of_the_city(town, more_people, hidden):
    person("dao", "道审", town.county, Role.OGI_OFFICE)
    actor = town.actor("dp")
    assert not may_see(hidden("draft"), actor)


def exits(client: Client, item: Item, pk: int) -> list[str]:
    """What this client gets at each exit of the room, as text."""
    addresses = [
        "/staff/items", f"/staff/items?q={item.title}", f"/staff/items?q={item.number}", f"/staff/items/{item.number}",
        f"/staff/items/{item.number}/versions", f"/staff/items/{item.number}/versions/1", f"/info/{item.number}/files/{pk}",
        f"/info/{item.number}/files/{pk}?show=1", f"/staff/items/{item.number}/revise", "/staff/home",
    ]  # fmt: skip
    found = []
    for address in addresses:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found.append(body.decode("utf-8", "replace"))
    return found


@pytest.mark.parametrize("state", HIDDEN)
@pytest.mark.parametrize("who", ["", "dp", "he", "shi"])
def test_no_exit_shows_a_hidden_item_to_strangers(town, sign_in, hidden, state, who):
    item = hidden(state)
    stage = item.stage
    Item.objects.filter(pk=item.pk).update(stage=Stage.DRAFT)
    file, size = text_file("机密内容")
    AttachFile(actor=town.actor("fan"), item=item, content=file, size=size, name="甲.txt").perform()
    Item.objects.filter(pk=item.pk).update(stage=stage)
    attachment = Attachment.objects.get(item=item)
    client = sign_in(who) if who else Client()
    for text in exits(client, item, attachment.pk):
        # What the visitor typed himself comes back in the search field; nothing else may.
        assert text.count(item.title) <= text.count(f'value="{item.title}"')
        assert "机密内容" not in text
        assert item.index_number not in text
    actor = town.actor(who) if who else Actor.public()
    for model in (Attachment, StoredFile, ItemVersion):
        assert not visible(model, actor).exists()


def test_a_public_file_is_read_by_anyone(town, at, client):
    item = at(Stage.DRAFT)
    file, size = text_file("公开内容")
    attachment = AttachFile(actor=town.actor("fan"), item=item, content=file, size=size, name="甲.txt").perform()
    Item.objects.filter(pk=item.pk).update(stage=Stage.PUBLISHED, published_at=timezone.now())
    answer = client.get(f"/info/{item.number}/files/{attachment.pk}")
    assert b"".join(answer.streaming_content).decode() == "公开内容"
    assert client.get(f"/info/{item.number + 1}/files/{attachment.pk}").status_code == 404


def test_versions_are_for_writers_even_of_public_items(town, at):
    item = at(Stage.PUBLISHED)
    version = item.versions.get()
    assert not may_see(version, Actor.public())
    assert {name for name in town.people if may_see(version, town.actor(name))} == {"fan", "gu", "ou"}


def test_a_link_to_a_hidden_item_is_hidden(town, at):
    policy, reading = at(Stage.PUBLISHED), at(Stage.APPROVED, title="解读", kind="interpretation")
    link = Interpretation.objects.create(policy=policy, reading=reading, form=Form.TEXT)
    assert not may_see(link, Actor.public())
    assert may_see(link, town.actor("fan"))
    Item.objects.filter(pk=reading.pk).update(stage=Stage.PUBLISHED, published_at=timezone.now())
    assert may_see(link, Actor.public())
