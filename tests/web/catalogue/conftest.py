"""Items and helpers for the tests of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.catalogue.actions.create_item import CreateItem
from gongkai.web.catalogue.models import Attribute, Item, Stage
from gongkai.web.organs.models import Role
from tests.web.support.town import person

Make = Callable[..., Item]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files of a test go with it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture
def draft(town) -> Make:
    """`draft(title="…", kind="policy")`: a draft of the water bureau by its drafter."""

    def make(**values) -> Item:
        who = values.pop("by", "fan")
        organ = values.pop("organ", town.water)
        unit = values.pop("unit", None)
        values = {"title": "临禾市节约用水办法", "kind": "normative", **values}
        return CreateItem(actor=town.actor(who), organ=organ, unit=unit, values=values).perform()

    return make


@pytest.fixture
def at(draft) -> Make:
    """`at(Stage.PUBLISHED, …)`: an item put at a stage, as the review would leave it."""

    def make(stage: Stage, **values) -> Item:
        since = values.pop("since", timezone.now() - timedelta(days=1))
        item = draft(**values)
        now = timezone.now()
        facts = {"stage": stage}
        if stage == Stage.PUBLISHED:
            facts["published_at"] = since
        if stage == Stage.WITHDRAWN:
            facts |= {"withdrawn_at": now, "withdrawn_reason": "内容有误"}
        if stage not in {Stage.DRAFT}:
            facts["submitted_at"] = now
        Item.objects.filter(pk=item.pk).update(**facts)
        item.refresh_from_db()
        return item

    return make


@pytest.fixture
def more_people(town):
    """A supervisor of the city, a case officer and a section drafter of the bureau."""
    town.people["su"] = person("su", "苏督", town.city, Role.SUPERVISOR)
    town.people["cao"] = person("cao", "曹办", town.water, Role.CASE_OFFICER)
    town.people["ke"] = person("ke", "柯草", town.section, Role.DRAFTER)
    town.people["dp"] = person("dp", "东起", town.county_bureau, Role.DRAFTER)
    return town


WITHHELD = {"attribute": Attribute.ON_REQUEST, "withheld_under": "specific_parties"}
