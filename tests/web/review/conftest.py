"""Five people of the water bureau, and the way of an item through them."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.web.catalogue.models import Attribute
from gongkai.web.organs.models import Role
from gongkai.web.review.actions.approve_item import ApproveItem
from gongkai.web.review.actions.pass_step import PassStep
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.examine import findings
from tests.web.catalogue.conftest import at, draft, more_people, own_files  # noqa: F401 - fixtures
from tests.web.support.town import person

CLEAN = {
    "title": "临禾市水务局关于加强节约用水管理的通知", "kind": "notice", "written_on": date(2026, 3, 2), "formed_on": date(2026, 3, 2),
    "art20": "regulations_and_normative_docs", "body": "<p>各县水务局：</p><p>为加强节约用水管理，现通知如下。</p>",
    "attribute": Attribute.PROACTIVE,
}  # fmt: skip
WITHHELD = {**CLEAN, "attribute": Attribute.ON_REQUEST, "withheld_under": "specific_parties", "art20": ""}
REVIEWERS = ("xu", "mi", "ou")


@pytest.fixture
def bureau(town):
    """Beside fan (draft), ou (office) and gu (approval): xu reviews for the section, mi secrecy."""
    town.people["xu"] = person("xu", "徐科", town.water, Role.SECTION_REVIEWER)
    town.people["mi"] = person("mi", "宓密", town.water, Role.SECRECY_REVIEWER)
    return town


def reasons(item, words="已核对，可以公开"):
    return {one.print: words for one in findings(item)}


@pytest.fixture
def submitted(bureau, draft):  # noqa: F811
    def make(**values):
        item = draft(**{**CLEAN, **values})
        SubmitItem(actor=bureau.actor("fan"), item=item, reasons=reasons(item)).perform()
        item.refresh_from_db()
        return item

    return make


@pytest.fixture
def reviewed(bureau, submitted):
    """At the approver."""

    def make(**values):
        item = submitted(**values)
        for who in REVIEWERS:
            PassStep(actor=bureau.actor(who), item=item).perform()
        item.refresh_from_db()
        return item

    return make


@pytest.fixture
def approved(bureau, reviewed):
    def make(**values):
        item = reviewed(**values)
        ApproveItem(actor=bureau.actor("gu"), item=item).perform()
        item.refresh_from_db()
        return item

    return make


@pytest.fixture
def published(bureau, approved):
    def make(**values):
        item = approved(**values)
        PublishItem(actor=bureau.actor("ou"), item=item).perform()
        item.refresh_from_db()
        return item

    return make
