"""Verb: record that an item was published on a channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.web.catalogue.models import ChannelUse, Item, Stage
from gongkai.web.catalogue.rules import DRAFTERS, StageIs
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Address, Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole

ONLINE = ("website", "wechat", "weibo", "app")


@dataclass(kw_only=True)
class RecordChannel(Screened[ChannelUse]):
    """Online channels have an address, the others a place or an issue. The platform's own page needs no record."""

    verb = "catalogue.record_channel"
    title = "登记发布渠道"

    item: Item
    channel: str
    on: date
    address: str = ""
    place: str = ""

    def rules(self) -> Iterable[Rule]:
        """Drafter or OGI office; published, for before that there is nothing to count."""
        yield HasRole(self.item.unit or self.item.organ, DRAFTERS, self.title)
        yield StageIs(self.item, (Stage.PUBLISHED,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Every field; a place or an address; no day in the future."""
        try:
            self._use().full_clean(exclude=["item", "recorded_by"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (
                    Refusal("invalid", text, field="" if name == "__all__" else name) for text in messages
                )
            return
        if self.on > timezone.localdate():
            yield Refusal("future", "渠道发布日期不能晚于今天。", field="on")
        if self.channel in ONLINE and not self.address:
            yield Refusal("no_address", "请填写网址。", field="address")
        if self.channel not in ONLINE and not self.place:
            yield Refusal("no_place", "请填写地点、期号或名称。", field="place")
        if self.item.channel_uses.filter(
            channel=self.channel, address=self.address, place=self.place
        ).exists():
            yield Refusal("twice", "这个渠道已经登记。", field="channel")
        yield from self.screen_problems()

    def publication(self) -> Publication:
        """Where it was published, which the document's page shows."""
        return Publication(
            thing=self.item, organ=self.item.organ, words=(Words(self.place, "地点、期号或名称"),),
            addresses=(Address(self.address, "网址"),),
        )  # fmt: skip

    def _use(self) -> ChannelUse:
        return ChannelUse(
            item=self.item, channel=self.channel, on=self.on, address=self.address, place=self.place,
            recorded_by=self.actor.user,
        )  # fmt: skip

    def change(self) -> ChannelUse:
        """The row."""
        use = self._use()
        use.save()
        self.keep_findings()
        return use

    def subject(self, result: ChannelUse | None) -> Subject:
        """The item."""
        return Subject.of(self.item, organ_id=self.item.organ_id)

    def details(self) -> Mapping[str, Any]:
        """Where."""
        return {"channel": self.channel, "on": str(self.on), "address": self.address, "place": self.place, "passed_over": self.let_pass}
