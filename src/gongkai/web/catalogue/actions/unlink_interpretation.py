"""Verb: take back a link between a policy and an interpretation, or the proposal of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import Interpretation, ProposedInterpretation
from gongkai.web.catalogue.rules import OfEitherEnd
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Rule


@dataclass(kw_only=True)
class UnlinkInterpretation(Action[None]):
    """The event keeps what was linked."""

    verb = "catalogue.unlink_interpretation"
    title = "取消解读关联"

    link: Interpretation | ProposedInterpretation

    def rules(self) -> Iterable[Rule]:
        """As for linking, or the office of the policy's organ."""
        yield OfEitherEnd(self.link, self.title)

    def change(self) -> None:
        """The row goes."""
        self.link.delete()

    def subject(self, result: None) -> Subject:
        """The interpretation."""
        return Subject.of(self.link.reading, organ_id=self.link.reading.organ_id)

    def details(self) -> Mapping[str, Any]:
        """Of what."""
        return {"policy": self.link.policy.index_number, "form": self.link.get_form_display()}
