"""Attributes that were changed after a re-assessment (Art. 18), through the verbs: what the count of conversions counts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.publish_item import PublishItem
from gongkai.web.review.actions.set_reassess_date import SetReassessDate
from gongkai.web.review.checks.examine import findings

from .case_files import Turned, cases
from .teams import Team, teams


def turn_attributes() -> int:
    """Each change of data/cases.toml on another of the items its team keeps; how many. Inside the caller's transaction."""
    found, taken = teams(), set[int]()
    for change in cases().change:
        team = found[change.team]
        kept = Item.objects.filter(organ__slug=team.slug, stage=Stage.KEPT, attribute=change.attribute).exclude(pk__in=taken)
        item = (kept.filter(withheld_under=change.ground) if change.ground else kept).order_by("-pk")[0]
        # The last: the first are due, and stay in the queue.
        taken.add(item.pk)
        _turn(team, item, change)
    return len(cases().change)


def _turn(team: Team, item: Item, change: Turned) -> None:
    if not change.new:
        SetReassessDate(actor=team.approver, item=item, on=timezone.localdate() + timedelta(days=365), why=change.why).perform()
        return
    ChangeAttribute(actor=team.approver, item=item, attribute=change.new, withheld_under=change.new_ground, why=change.why).perform()
    if change.published:
        item.refresh_from_db()
        # A request to superiors is warned of as information of a process: that it no longer is, is why it was opened.
        PublishItem(actor=team.office, item=item, reasons={one.print: change.why for one in findings(item)}).perform()
