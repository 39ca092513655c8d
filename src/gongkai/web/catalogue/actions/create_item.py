"""Verb: begin a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.catalogue.item_problems import fill, problems_of
from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.numbering import number_items
from gongkai.web.catalogue.rules import drafts_for
from gongkai.web.catalogue.versions import keep_version
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import Open


@dataclass(kw_only=True)
class CreateItem(Action[Item]):
    """`values` are fields of item_problems.REVISABLE. `index_number` only for items that bring theirs along."""

    verb = "catalogue.create"
    title = "起草信息"

    organ: Organ
    values: Mapping[str, Any]
    unit: Organ | None = None
    joint_organs: tuple[Organ, ...] = ()
    index_number: str = ""
    item: Item = field(init=False)

    def __post_init__(self) -> None:
        self.item = Item(
            organ=self.organ, unit=self.unit, index_number=self.index_number, created_by=self.actor.user
        )
        fill(self.item, self.values)

    def rules(self) -> Iterable[Rule]:
        """A drafter of the unit or organ; the organ exists."""
        yield drafts_for(self.organ, self.unit, self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Every field."""
        yield from problems_of(self.item)

    def change(self) -> Item:
        """The row with its numbers, and its first version."""
        number_items([self.item])
        self.item.save()
        self.item.joint_organs.set(self.joint_organs)
        keep_version(self.item, self.actor, self.verb)
        return self.item

    def subject(self, result: Item | None) -> Subject:
        """The draft; the organ's matter."""
        return Subject.of(self.item, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Its numbers."""
        return {
            "index_number": self.item.index_number,
            "kind": self.item.kind,
            "attribute": self.item.attribute,
        }
