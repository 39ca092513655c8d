"""Verb: say what becomes of one document of a clean-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.models import CleanupTask, Verdict
from gongkai.web.catalogue.rules import DRAFTERS
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class DecideCleanup(Action[CleanupTask]):
    """Nothing happens to the document yet: closing the round carries all verdicts out together."""

    verb = "catalogue.decide_cleanup"
    title = "填写清理结果"

    task: CleanupTask
    verdict: Verdict
    basis: str

    def lock(self) -> None:
        """As it is now."""
        self.task = locked(self.task)

    def rules(self) -> Iterable[Rule]:
        """The drafting unit proposes as well as the office."""
        yield HasRole(self.task.item.unit or self.task.item.organ, DRAFTERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Open round, a verdict, a reason."""
        if self.task.round.closed_at is not None:
            yield Refusal("closed", f"{self.task.round}的结果已经公布，不能再改。有效性变更请在信息页办理。")
        if self.verdict == Verdict.OPEN:
            yield Refusal("verdict", "请选择清理结果。", field="verdict")
        if not self.basis.strip():
            yield Refusal("basis", "请写明依据和理由。", field="basis")
        elif len(self.basis) > 300:
            yield Refusal("long", "依据和理由超过300字。请精简。", field="basis")

    def change(self) -> CleanupTask:
        """The verdict."""
        self.task.verdict, self.task.basis = self.verdict, self.basis.strip()
        self.task.decided_at, self.task.decided_by = timezone.now(), self.actor.user
        self.task.save()
        return self.task

    def subject(self, result: CleanupTask | None) -> Subject:
        """The document."""
        return Subject.of(self.task.item, organ_id=self.task.item.organ_id)

    def details(self) -> Mapping[str, Any]:
        """What and why."""
        return {"round": str(self.task.round), "verdict": self.verdict.label, "basis": self.basis}
