"""What the verbs that run the checks share: files are looked at before the transaction, findings are judged inside."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.house.rule import Refusal
from gongkai.web.review.checks.contents import examine_files
from gongkai.web.review.checks.examine import Finding, findings
from gongkai.web.review.passing import check_problems, keep

T = TypeVar("T")


@dataclass(kw_only=True)
class CheckedAction(ItemAction[T], ABC, Generic[T]):
    """`reasons` say by the print of a finding why its warning may stand."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list, init=False)
    let_pass: list[str] = field(default_factory=list, init=False)

    def perform(self) -> T:
        """Look at new files first, when the person may do this at all: that takes time and must hold no lock."""
        if all(rule.refuse(self.actor) is None for rule in self.rules()):
            examine_files(self.item)
        return super().perform()

    def more_findings(self) -> list[Finding]:
        """What the verb itself finds, beside the checks."""
        return []

    def check_problems(self) -> Iterable[Refusal]:
        """What the findings say."""
        self.found = [*findings(self.item), *self.more_findings()]
        return check_problems(self.item, self.found, self.reasons)

    def keep_findings(self) -> None:
        """Record the run."""
        self.let_pass = keep(self.item, self.actor, self.verb, self.found, self.reasons)
