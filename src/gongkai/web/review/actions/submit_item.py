"""Verb: hand a draft in for review, with the attribute proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.item_problems import problems_of
from gongkai.web.catalogue.models import Stage
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.rules import Open
from gongkai.web.review.actions.checked_action import CheckedAction
from gongkai.web.review.checks.contents import contents_of, links_of_contents
from gongkai.web.review.checks.links import links_of_text, to_ask
from gongkai.web.review.models import Act, ReviewRound
from gongkai.web.review.rounds import begin, sign
from gongkai.web.review.routes import plan_for
from gongkai.web.review.tasks import check_links

LONGEST = 1000


@dataclass(kw_only=True)
class SubmitItem(CheckedAction[ReviewRound]):
    """`needs_reading` marks a policy that is to be published together with its interpretation."""

    verb = "review.submit"
    title = "提交审核"
    writes = False

    note: str = ""
    needs_reading: bool = False

    def rules(self) -> Iterable[Rule]:
        """A drafter in person, while it is a draft, of an organ that exists."""
        yield SignedIn()
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield open_to_edits(self.item, self.title)
        yield Open(self.item.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Complete, clean or explained."""
        if len(self.note) > LONGEST:
            yield Refusal("long", f"提交说明超过{LONGEST}字。请精简。", field="note")
        # What was valid when it was saved may be so no longer (a term, an embargo that has passed is harmless).
        yield from problems_of(self.item)
        yield from self.check_problems()

    def act(self) -> ReviewRound:
        """A round begins; links elsewhere are asked meanwhile."""
        self.item.stage = Stage.SUBMITTED
        self.item.submitted_by, self.item.submitted_at = self.actor.user, timezone.now()
        self.item.save(update_fields=["stage", "submitted_by", "submitted_at", "updated_at"])
        self.keep_findings()
        new = begin(self.item, plan_for(self.item.organ), self.actor, self.note.strip(), self.needs_reading)
        sign(new, None, self.actor, Act.SUBMIT, self.note, self.item.attribute, self.item.withheld_under)
        if addresses := to_ask([*links_of_text(self.item.body), *links_of_contents(contents_of(self.item))]):
            check_links.enqueue(addresses)
        return new

    def details(self) -> Mapping[str, Any]:
        """What was proposed, what was let pass."""
        return {
            "attribute": self.item.attribute, "withheld_under": self.item.withheld_under, "passed_over": self.let_pass,
        }  # fmt: skip
