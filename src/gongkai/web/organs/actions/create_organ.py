"""Verb: enter an organ into the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs import tree
from gongkai.web.organs.models import Alias, Change, ChangeKind, Kind, Organ, OrganName, Role
from gongkai.web.organs.placing import cannot_stand_under
from gongkai.web.organs.rules import HasRole, Open


@dataclass(kw_only=True)
class CreateOrgan(Screened[Organ]):
    """`organ` is a filled, unsaved Organ. Only the operator can make a root."""

    verb = "organs.create"
    title = "新建机关"

    organ: Organ
    aliases: tuple[str, ...] = field(default=())
    basis: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator of the parent; the parent exists."""
        yield HasRole(self.organ.parent, (Role.ADMIN,), self.title) if self.organ.parent else RootByOperator()
        if self.organ.parent is not None:
            yield Open(self.organ.parent, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Its place in the tree, and every field."""
        if self.organ.parent is None:
            if self.organ.kind != Kind.REGION:
                yield Refusal("root_is_region", "最上级须是地区。", field="kind")
        else:
            yield from cannot_stand_under(self.organ, self.organ.parent)
        yield from invalid_fields(self.organ)
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """What the organ's page and its history show. While it is not there its parent's levels hold."""
        organ = self.organ if self.organ.pk else self.organ.parent or self.organ
        return Publication(thing=self.organ, organ=organ, words=(Words(self.organ.name, "名称"), Words(self.organ.short_name, "简称"), *(Words(one, "别名") for one in self.aliases), Words(self.basis, "依据")))

    def change(self) -> Organ:
        """The row, its place, its first name, its founding."""
        self.organ.save()
        tree.attach(self.organ)
        OrganName.objects.create(organ=self.organ, name=self.organ.name, since=None)
        Change.objects.create(
            organ=self.organ, kind=ChangeKind.FOUNDED, on=self.organ.founded_on, basis=self.basis
        )
        Alias.objects.bulk_create(Alias(organ=self.organ, text=text) for text in sorted(set(self.aliases)))
        self.keep_findings(self.organ, self.organ)
        return self.organ

    def subject(self, result: Organ | None) -> Subject:
        """The new organ; its parent's matter while it is refused."""
        organ_id = result.pk if result else self.organ.parent_id
        return Subject.of(self.organ, organ_id=organ_id)

    def details(self) -> Mapping[str, Any]:
        """Where it was put."""
        parent = self.organ.parent
        return {
            "slug": self.organ.slug,
            "kind": self.organ.get_kind_display(),
            "parent": parent.name if parent else None,
        }


class RootByOperator:
    """The first region is entered at the machine's own command line."""

    def refuse(self, actor: Any) -> Refusal | None:
        """Nobody else."""
        if actor.is_operator:
            return None
        return Refusal(
            "root_by_operator", "最上级地区由系统管理员用establish命令建立。请选择一个上级。", field="parent"
        )


def invalid_fields(organ: Organ) -> Iterable[Refusal]:
    """What the model's own validators say, as refusals at their fields."""
    try:
        organ.full_clean(exclude=["parent"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                yield Refusal("invalid", message, field="" if name == "__all__" else name)
