"""Verb: take back that an item passes another document on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.review.models import Original
from gongkai.web.review.originals import original_of


@dataclass(kw_only=True)
class DropOriginal(ItemAction[Item]):
    """For what was named by mistake. The log and the versions keep that it was."""

    verb = "review.drop_original"
    title = "取消转发登记"

    named: str = field(default="", init=False)

    def rules(self) -> Iterable[Rule]:
        """As for naming it."""
        yield SignedIn()
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield open_to_edits(self.item, self.title)

    def problems(self) -> Iterable[Refusal]:
        """There is one."""
        if original_of(self.item) is None:
            yield Refusal("none", f"{quoted(self.item.title)}没有登记转发原件。请刷新页面核对。")

    def act(self) -> Item:
        """Gone."""
        self.named = str(original_of(self.item) or "")
        Original.objects.filter(item=self.item).delete()
        self.item.save(update_fields=["updated_at"])
        return self.item

    def details(self) -> Mapping[str, Any]:
        """Which."""
        return {"original": self.named}
