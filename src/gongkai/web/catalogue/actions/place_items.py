"""Verb: say which catalogue entries an item answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.catalogue.models import CatalogueEntry, Item
from gongkai.web.catalogue.rules import DRAFTERS
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import HasRole


def entries_for(item: Item, actor: Any) -> Any:
    """The entries an item may stand under: its organ's own, and those of the regions and organs above it."""
    above = Organ.objects.filter(above__low=item.organ)
    return visible(CatalogueEntry, actor).filter(ended_on=None, organ__in=above)


@dataclass(kw_only=True)
class PlaceItem(Action[Item]):
    """`entries` are all the entries the item shall stand under, those of today left out are taken away."""

    verb = "catalogue.place"
    title = "归入标准目录"

    item: Item
    entries: tuple[CatalogueEntry, ...]

    def lock(self) -> None:
        """As it is now."""
        self.item = locked(self.item)

    def rules(self) -> Iterable[Rule]:
        """Drafter or OGI office of the item; at any stage, for it changes nothing of the item."""
        yield HasRole(self.item.unit or self.item.organ, DRAFTERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Entries of its own catalogue."""
        allowed = set(entries_for(self.item, self.actor).values_list("pk", flat=True))
        for entry in self.entries:
            if entry.pk not in allowed:
                yield Refusal(
                    "entry", f"“{entry}”不是{self.item.organ}适用的目录事项。请重新选择。", field="entries"
                )

    def change(self) -> Item:
        """The links."""
        self.item.entries.set(self.entries)
        return self.item

    def subject(self, result: Item | None) -> Subject:
        """The item."""
        return Subject.of(self.item, organ_id=self.item.organ_id)

    def details(self) -> Mapping[str, Any]:
        """Which."""
        return {"entries": [entry.pk for entry in self.entries]}
