"""Verb: take down what is published (or waits under embargo)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.rules import StageIs
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.organs.models import Role
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class WithdrawItem(ItemAction[Item]):
    """It stays on file with its reason; to the public its address is as empty as one that never was."""

    verb = "review.withdraw"
    title = "撤下"
    dangerous = True
    writes = False

    reason: str

    def rules(self) -> Iterable[Rule]:
        """The office or the approver."""
        yield SignedIn()
        yield HasRole(self.item.organ, (Role.OGI_OFFICE, Role.APPROVER), self.title)
        yield StageIs(self.item, (Stage.PUBLISHED,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A reason."""
        if not self.reason.strip():
            yield Refusal("no_reason", "请填写撤下理由。", field="reason")
        if len(self.reason) > 300:
            yield Refusal("long", "撤下理由超过300字。请精简。", field="reason")

    def act(self) -> Item:
        """Down at once. The moment of publication stays: it was public."""
        self.item.stage, self.item.withdrawn_at = Stage.WITHDRAWN, timezone.now()
        self.item.withdrawn_reason = self.reason.strip()
        self.item.save(update_fields=["stage", "withdrawn_at", "withdrawn_reason", "updated_at"])
        return self.item

    def details(self) -> Mapping[str, Any]:
        """Why."""
        return {"basis": self.reason}
