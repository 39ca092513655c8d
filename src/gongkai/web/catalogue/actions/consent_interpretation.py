"""Verb: consent that an interpretation of another organ is linked to a policy of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import Interpretation, ProposedInterpretation
from gongkai.web.catalogue.rules import KEEPERS
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Rule
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class ConsentInterpretation(Action[Interpretation]):
    """The proposal becomes a link. Whoever consents answers for the link, not for the words: those are the other organ's."""

    verb = "catalogue.consent_interpretation"
    title = "同意关联政策解读"

    proposal: ProposedInterpretation

    def rules(self) -> Iterable[Rule]:
        """The OGI office of the policy's organ."""
        yield HasRole(self.proposal.policy.organ, KEEPERS, self.title)

    def lock(self) -> None:
        """The proposal as it is now."""
        self.proposal = locked(self.proposal)

    def change(self) -> Interpretation:
        """The link instead of the proposal."""
        one = self.proposal
        link = Interpretation.objects.create(policy=one.policy, reading=one.reading, form=one.form, linked_by=one.proposed_by)
        ProposedInterpretation.objects.filter(pk=one.pk).delete()
        return link

    def subject(self, result: Interpretation | None) -> Subject:
        """The policy: its organ decides."""
        return Subject.of(self.proposal.policy, organ_id=self.proposal.policy.organ_id)

    def details(self) -> Mapping[str, Any]:
        """What, and whose."""
        one = self.proposal
        return {"reading": one.reading.index_number, "reading_organ": one.reading.organ.name, "form": one.get_form_display()}
