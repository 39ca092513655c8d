"""Verb: throw away a draft that never left its drafter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.rules import StageIs, drafts_for
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted


@dataclass(kw_only=True)
class DiscardDraft(Action[None]):
    """The event keeps its title and numbers; the numbers are not given again. What was once submitted stays."""

    verb = "catalogue.discard"
    title = "删除草稿"

    item: Item

    def lock(self) -> None:
        """The item as it is now."""
        self.item = locked(self.item)
        self._subject = Subject.of(self.item, organ_id=self.item.organ_id)

    def rules(self) -> Iterable[Rule]:
        """A drafter, while it is a first draft."""
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield StageIs(self.item, (Stage.DRAFT,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Never submitted."""
        if self.item.submitted_at is not None:
            yield Refusal(
                "submitted", f"{quoted(self.item.title)}曾经提交审核，不能删除。请继续修改，或另行起草。"
            )

    def change(self) -> None:
        """Gone, with its versions and attachments (the stored contents stay until cleaned up)."""
        self.item.delete()

    def subject(self, result: None) -> Subject:
        """The draft as it was."""
        return self._subject

    def details(self) -> Mapping[str, Any]:
        """Its numbers."""
        return {"index_number": self.item.index_number, "number": self.item.number}
