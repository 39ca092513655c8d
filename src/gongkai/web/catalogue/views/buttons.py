"""Which buttons a person sees on an item: each asks the rules of its verb."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.rules import DRAFTERS, KEEPERS, StageIs, drafts_for, open_to_edits
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Rule
from gongkai.web.organs.rules import HasRole


@dataclass(frozen=True, slots=True)
class Button:
    """A link to a verb's page."""

    title: str
    address: str


def buttons_for(actor: Actor, item: Item) -> list[Button]:
    """The acts of this room open to `actor` on `item`. Other rooms add theirs on their own pages."""
    kind = taxonomy.KINDS.get(item.kind)
    finished = StageIs(item, (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT), "")
    office = HasRole(item.organ, KEEPERS, "")
    drafter = HasRole(item.unit or item.organ, DRAFTERS, "")
    mine = drafts_for(item.organ, item.unit, "")
    acts: list[tuple[str, str, tuple[Rule, ...], bool]] = [
        ("修改", "revise", (mine, open_to_edits(item, "")), True),
        ("关联被解读文件", "interpretation", (drafter,), kind is not None and kind.reads),
        ("归入标准目录", "place", (drafter,), True),
        ("登记发布渠道", "channel", (drafter, StageIs(item, (Stage.PUBLISHED,), "")), True),
        ("变更有效性", "validity", (office, finished), kind is not None and kind.validity),
        ("调整分类", "classify", (office, finished), True),
        ("删除草稿", "discard", (mine, StageIs(item, (Stage.DRAFT,), "")), item.submitted_at is None),
    ]
    return [
        Button(title, reverse(f"catalogue:{view}", args=[item.number]))
        for title, view, rules, sensible in acts
        if sensible and all(rule.refuse(actor) is None for rule in rules)
    ]
