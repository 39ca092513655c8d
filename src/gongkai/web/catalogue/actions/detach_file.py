"""Verb: take a file off a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Attachment, Item
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Rule


@dataclass(kw_only=True)
class DetachFile(ItemAction[None]):
    """The stored content stays: versions name it by its hash."""

    verb = "catalogue.detach"
    title = "移除附件"

    attachment: Attachment
    item: Item = field(init=False)

    def __post_init__(self) -> None:
        self.item = self.attachment.item

    def rules(self) -> Iterable[Rule]:
        """A drafter, while it is a draft."""
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield open_to_edits(self.item, self.title)

    def act(self) -> None:
        """The link goes."""
        Attachment.objects.filter(pk=self.attachment.pk).delete()

    def details(self) -> Mapping[str, Any]:
        """Name and hash."""
        return {"name": self.attachment.name, "sha256": self.attachment.file_id}
