"""Every hidden state, at the exits of this room and of the catalogue; each is seen by its own staff only."""

from __future__ import annotations

from unittest import mock

import pytest
from django.urls import reverse

from gongkai.web.catalogue.models import Attachment, Item, ItemVersion, Stage, StoredFile
from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import visible
from gongkai.web.review import models
from tests.web.hidden_items import MARK, hide_everything
from tests.web.support.town import Town

ROUND = (models.ReviewRound, models.ReviewMark, models.RoundStep, models.CheckRun, models.PassedOver, models.FileCheck, models.LinkCheck)


@pytest.fixture
def hidden(town):
    # One process for each little text file would cost a second each; inspection itself is tested with the files.
    from gongkai.web.review.checks.inspection import LIMITS, look

    with mock.patch(
        "gongkai.web.review.checks.contents.inspect_apart", lambda path, name, family: look(str(path), name, family, LIMITS)
    ):
        return hide_everything(town)


def test_there_is_one_of_every_hidden_state(hidden):
    stages = {one.item.stage for one in hidden}
    assert stages == set(Stage)
    assert not any(one.item.is_public() for one in hidden)


def test_the_public_and_strangers_see_none(hidden, town: Town):
    stranger = town.actor("lin")
    for actor in (Actor.public(), stranger):
        for model in (Item, Attachment, StoredFile, ItemVersion, *ROUND):
            assert not visible(model, actor).exists(), (model, actor.name)


def test_other_organs_staff_see_none_of_it(hidden, town):
    for one in hidden:
        other = "hidden-cs" if one.insider.startswith("hidden-w") else "hidden-ws"
        assert not visible(Item, town.actor(other)).filter(pk=one.item.pk).exists()
        assert visible(Item, town.actor(one.insider)).filter(pk=one.item.pk).exists()


def test_no_page_of_ours_tells_of_them(hidden, town, client, sign_in):
    stranger = sign_in("lin")
    for one in hidden:
        number = one.item.number
        pages = [reverse(f"review:{name}", args=[number]) for name in ("item", "submit", "publish", "emergency", "withdraw", "attribute")]
        pages += [reverse("review:print", args=[number, form, kind]) for form in ("attribute", "publication") for kind in ("docx", "pdf")]
        pages += [reverse("catalogue:file", args=[number, one.file.pk]), reverse("catalogue:detail", args=[number])]
        for page in pages:
            assert stranger.get(page).status_code == 404, page
            answer = client.get(page)
            assert answer.status_code in {302, 404}, page
            assert MARK not in answer.content.decode(errors="replace")
    for queue in ("mine", "under_way", "returned", "publish", "overdue", "reassess", "emergency", "escalated"):
        assert MARK not in stranger.get(f"/staff/review?queue={queue}").content.decode()
