"""Verb: say that a document is in force, amended, repealed or no longer valid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Item, Stage, Validity
from gongkai.web.catalogue.rules import KEEPERS, StageIs
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.visibility import may_see
from gongkai.web.organs.rules import HasRole

CHANGES = (Validity.AMENDED, Validity.EXPIRED, Validity.REPEALED)


@dataclass(kw_only=True)
class SetValidity(Screened[Item], ItemAction[Item]):
    """`by` is the document that did it, where it is on the platform; `basis` names it otherwise.

    Back to 现行有效 is possible (a mistake), with its reason as `basis`.
    """

    verb = "catalogue.set_validity"
    title = "变更有效性"

    validity: Validity
    on: date | None = None
    by: Item | None = None
    basis: str = ""

    def rules(self) -> Iterable[Rule]:
        """The OGI office; drafts are revised instead."""
        yield HasRole(self.item.organ, KEEPERS, self.title)
        yield StageIs(self.item, (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT, Stage.WITHDRAWN), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A kind with validity, a day, a basis that is not the document itself."""
        kind = taxonomy.KINDS.get(self.item.kind)
        if kind is None or not kind.validity or self.validity == Validity.NONE:
            label = self.item.get_kind_display()
            yield Refusal(
                "kind", f"“{label}”没有有效性。只有规章、规范性文件和政策文件标注有效性。", field="validity"
            )
        if self.validity in CHANGES and self.on is None:
            yield Refusal("no_day", f"请填写{self.validity.label}的日期。", field="on")
        if self.by is None and not self.basis.strip():
            yield Refusal("no_basis", "请选择变更依据文件，或写明依据。", field="basis")
        if self.by is not None and self.by.pk == self.item.pk:
            yield Refusal("by_itself", "变更依据不能是文件本身。请选择宣布变更的文件。", field="by")
        elif self.by is not None and not may_see(self.by, self.actor):
            yield Refusal("by_unseen", "没有找到这份依据文件。请核对索引号或永久编号。", field="by")
        if self.on and self.item.written_on and self.on < self.item.written_on:
            yield Refusal("before", f"日期早于成文日期{self.item.written_on}。请核对。", field="on")
        if len(self.basis) > 200:
            yield Refusal("long", "变更依据超过200字。请精简。", field="basis")
        yield from self.screen_problems()

    def publication(self) -> Publication | None:
        """The basis, which the page of a published document shows."""
        if self.item.stage != Stage.PUBLISHED or not self.basis.strip():
            return None
        return Publication(thing=self.item, organ=self.item.organ, words=(Words(self.basis, "变更依据"),))

    def act(self) -> Item:
        """Four fields."""
        self.item.validity = self.validity
        self.item.validity_from = self.on
        self.item.validity_by = self.by
        self.item.validity_basis = self.basis.strip()
        self.item.save(
            update_fields=["validity", "validity_from", "validity_by", "validity_basis", "updated_at"]
        )
        self.keep_findings()
        return self.item

    def details(self) -> Mapping[str, Any]:
        """What, when, by what."""
        by = self.by.index_number if self.by else ""
        return {"validity": self.validity.label, "on": str(self.on or ""), "by": by, "basis": self.basis, "passed_over": self.let_pass}
