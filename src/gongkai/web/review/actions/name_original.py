"""Verb: name the document that an item passes on (转发), with what its maker decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.models import Attribute, Item
from gongkai.web.catalogue.rules import drafts_for, open_to_edits
from gongkai.web.house.rule import Refusal, Rule, SignedIn
from gongkai.web.house.titles import quoted
from gongkai.web.house.visibility import may_see
from gongkai.web.review.models import Original
from gongkai.web.review.opinions import attribute_problems
from gongkai.web.review.originals import BASIS, decision_of

LONGEST = {"maker": 200, "title": 300, "number": 80, "decided": 300}


@dataclass(kw_only=True)
class NameOriginal(ItemAction[Original]):
    """`source` where the original is on the platform, which then tells the rest; otherwise the words of the paper.

    Naming it changes nothing about the item. `adopt` proposes the original's attribute for it: the drafter's own act.
    """

    verb = "review.name_original"
    title = "登记转发原件"

    source: Item | None = None
    maker: str = ""
    original_title: str = ""
    number: str = ""
    attribute: str = ""
    withheld_under: str = ""
    decided: str = ""
    adopt: bool = False

    def rules(self) -> Iterable[Rule]:
        """A drafter in person, while it is a draft."""
        yield SignedIn()
        yield drafts_for(self.item.organ, self.item.unit, self.title)
        yield open_to_edits(self.item, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Another organ's document, named; an attribute that can be taken over."""
        if self.source is not None:
            yield from self._wrong_source(self.source)
        else:
            yield from self._wrong_words()
        if self.adopt:
            facts = self._facts()
            if not facts["attribute"]:
                yield Refusal("undecided", "原件的公开属性还没有认定或者不明，不能照此拟定。请与制作机关核实。", BASIS, field="adopt")
            else:
                yield from attribute_problems(self.item, facts["attribute"], facts["withheld_under"])

    def _wrong_source(self, source: Item) -> Iterable[Refusal]:
        if not may_see(source, self.actor):
            yield Refusal("unseen", "没有找到这份原件。不在平台上或看不到的，请填写原件标题和制作机关。", field="source")
        elif source.organ_id == self.item.organ_id:
            yield Refusal("own", f"{quoted(source.title)}是本机关的文件，不是转发。请选择其他机关的原件。", field="source")

    def _wrong_words(self) -> Iterable[Refusal]:
        for name, words in (("maker", "请填写原件的制作机关。"), ("original_title", "请填写原件标题，或填写平台上原件的索引号。")):
            if not getattr(self, name).strip():
                yield Refusal("unnamed", words, field=name)
        for name, value in (("maker", self.maker), ("title", self.original_title), ("number", self.number), ("decided", self.decided)):
            if len(value) > LONGEST[name]:
                label = Original._meta.get_field(name).verbose_name
                yield Refusal("long", f"{label}超过{LONGEST[name]}字。请精简。", field="original_title" if name == "title" else name)
        if self.attribute and self.attribute not in Attribute.values:
            yield Refusal("attribute", "请选择原件的公开属性。", field="attribute")
        elif self.attribute and not self.decided.strip():
            yield Refusal("no_trace", "请写明原件的公开属性由谁认定、依据什么（例如版记标注、来函）。", BASIS, field="decided")

    def _facts(self) -> dict[str, Any]:
        source = self.source
        if source is None:
            ground = "" if self.attribute == Attribute.PROACTIVE else self.withheld_under
            return {
                "maker": self.maker.strip(), "title": self.original_title.strip(), "number": self.number.strip(),
                "attribute": self.attribute, "withheld_under": ground, "decided": self.decided.strip(),
            }  # fmt: skip
        attribute, ground, decided = decision_of(source, self.actor)
        return {
            "maker": source.organ.name, "title": source.title, "number": source.document_number, "attribute": attribute,
            "withheld_under": ground, "decided": decided,
        }  # fmt: skip

    def act(self) -> Original:
        """Named anew, the trace with it."""
        facts = self._facts() | {"source": self.source, "by": self.actor.user, "at": timezone.now()}
        original, _ = Original.objects.update_or_create(item=self.item, defaults=facts)
        changed = ["updated_at"]
        if self.adopt:
            self.item.attribute, self.item.withheld_under = facts["attribute"], facts["withheld_under"]
            changed += ["attribute", "withheld_under"]
        self.item.save(update_fields=changed)
        return original

    def details(self) -> Mapping[str, Any]:
        """Which, what its maker decided, whether it was taken over."""
        facts = self._facts()
        return {
            "original": f"{facts['maker']}{quoted(facts['title'])}{facts['number']}", "attribute": facts["attribute"],
            "decided_by": facts["decided"], "adopted": self.adopt,
        }  # fmt: skip
