"""Verb: attach a file to a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.db.models import Max

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.files.accepting import accepted_type, faults, plain_name
from gongkai.web.catalogue.files.storing import digest, store
from gongkai.web.catalogue.models import Attachment
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Refusal, Rule

MOST = 50


@dataclass(kw_only=True)
class AttachFile(ItemAction[Attachment]):
    """`content` is a seekable binary file of `size` bytes; `heading` describes it (改造内容清单)."""

    verb = "catalogue.attach"
    title = "上传附件"

    content: BinaryIO
    size: int
    name: str
    heading: str = ""
    sha256: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.name = plain_name(self.name)

    def rules(self) -> Iterable[Rule]:
        """A drafter, while it is a draft."""
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield open_to_edits(self.item, self.title)

    def problems(self) -> Iterable[Refusal]:
        """The content is what its name says, harmless, not too large, not there already."""
        yield from faults(self.name, self.size, self.content)
        reason = taxonomy.REASONS.get(self.item.withheld_under)
        if reason is not None and not reason.held:
            yield Refusal(
                "secret", "国家秘密不得录入本平台，不能上传附件。", "《保守国家秘密法》", field="file"
            )
        if self.item.attachments.count() >= MOST:
            yield Refusal("many", f"一条信息最多{MOST}个附件。请合并或打包后上传。", field="file")
        if len(self.heading) > 200:
            yield Refusal("long", "附件说明超过200字。请精简。", field="heading")
        same = self.item.attachments.filter(file_id=digest(self.content)).first()
        if same is not None:
            yield Refusal("twice", f"内容相同的附件“{same.name}”已经上传。", field="file")

    def act(self) -> Attachment:
        """Keep the content, hang it on."""
        stored = store(self.content, self.size, accepted_type(self.name))
        self.sha256 = stored.sha256
        last = self.item.attachments.aggregate(last=Max("position"))["last"] or 0
        return Attachment.objects.create(
            item=self.item, file=stored, name=self.name, title=self.heading, position=last + 1,
            added_by=self.actor.user,
        )  # fmt: skip

    def details(self) -> Mapping[str, Any]:
        """Name and hash."""
        return {"name": self.name, "sha256": self.sha256, "size": self.size}
