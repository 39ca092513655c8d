"""Verb: link an interpretation to the policy it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Form, Interpretation, Item, ProposedInterpretation
from gongkai.web.catalogue.rules import DRAFTERS, KEEPERS
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted
from gongkai.web.house.visibility import may_see
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class LinkInterpretation(Action[Interpretation | ProposedInterpretation]):
    """Done by the organ of the interpretation; the policy may be another organ's that one sees. Then it is proposed: the
    link stands once that organ's office consents (ADR 114).

    The portal shows the link both ways once both are public, so they appear together when published together.
    """

    verb = "catalogue.link_interpretation"
    title = "关联政策解读"

    policy: Item
    reading: Item
    form: Form

    def rules(self) -> Iterable[Rule]:
        """A drafter or the OGI office of the interpretation's unit or organ."""
        yield HasRole(self.reading.unit or self.reading.organ, DRAFTERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """An interpretation, of another document, once."""
        reads, read = taxonomy.KINDS.get(self.reading.kind), taxonomy.KINDS.get(self.policy.kind)
        if reads is None or not reads.reads:
            yield Refusal(
                "reading", f"{quoted(self.reading.title)}的信息类别不是政策解读。请先改类别。", field="reading"
            )
        if not may_see(self.policy, self.actor):
            yield Refusal("policy_unseen", "没有找到这份政策文件。请核对索引号或永久编号。", field="policy")
        elif read is not None and read.reads:
            yield Refusal(
                "policy", f"{quoted(self.policy.title)}本身是政策解读。请选择被解读的文件。", field="policy"
            )
        if Interpretation.objects.filter(policy=self.policy, reading=self.reading).exists():
            yield Refusal("twice", "这两份信息已经关联。", field="policy")
        elif ProposedInterpretation.objects.filter(policy=self.policy, reading=self.reading).exists():
            yield Refusal("proposed", f"已经提出关联，正等待{self.policy.organ.name}同意。", field="policy")

    @property
    def needs_consent(self) -> bool:
        """Whether the policy is another organ's, for which the actor does not speak."""
        own = self.policy.organ_id == self.reading.organ_id
        return not own and HasRole(self.policy.organ, KEEPERS, "").refuse(self.actor) is not None

    def change(self) -> Interpretation | ProposedInterpretation:
        """The row."""
        if self.needs_consent:
            return ProposedInterpretation.objects.create(
                policy=self.policy, reading=self.reading, form=self.form, proposed_by=self.actor.user
            )
        return Interpretation.objects.create(
            policy=self.policy, reading=self.reading, form=self.form, linked_by=self.actor.user
        )

    def subject(self, result: Interpretation | ProposedInterpretation | None) -> Subject:
        """The interpretation."""
        return Subject.of(self.reading, organ_id=self.reading.organ_id)

    def details(self) -> Mapping[str, Any]:
        """Of what."""
        return {"policy": self.policy.index_number, "form": self.form.label, "needs_consent": self.needs_consent}
