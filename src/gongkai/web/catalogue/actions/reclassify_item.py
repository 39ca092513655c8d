"""Verb: put a finished item under other headings; its text stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.catalogue.item_problems import fill, problems_of
from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.catalogue.rules import KEEPERS, StageIs
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.rules import HasRole

HEADINGS = ("art20", "art21", "theme", "genre", "keywords", "summary", "reassess_on")


@dataclass(kw_only=True)
class ReclassifyItem(Screened[Item], ItemAction[Item]):
    """Only HEADINGS: what readers find a document by, not what it says, so no new review is needed. What of it readers see
    at once passes the checks."""

    verb = "catalogue.reclassify"
    title = "调整分类"

    values: Mapping[str, Any]
    changed: list[str] = field(default_factory=list, init=False)

    def rules(self) -> Iterable[Rule]:
        """The OGI office, on what is finished (a draft is revised instead)."""
        yield HasRole(self.item.organ, KEEPERS, self.title)
        yield StageIs(self.item, (Stage.APPROVED, Stage.PUBLISHED, Stage.KEPT), self.title)

    def problems(self) -> Iterable[Refusal]:
        """Headings only, each valid."""
        strange = set(self.values) - set(HEADINGS)
        if strange:
            yield Refusal(
                "headings", "已审定的信息只能调整分类、关键词、概述和重新评估日期。修改内容请撤下后重新起草。"
            )
            return
        yield from problems_of(self._filled())
        yield from self.screen_problems()

    def publication(self) -> Publication | None:
        """Keywords and summary; those of an item that is not out yet are looked at when it goes out."""
        if self.item.stage != Stage.PUBLISHED:
            return None
        item = self._filled()
        words = tuple(Words(getattr(item, name), str(item._meta.get_field(name).verbose_name)) for name in ("keywords", "summary"))
        return Publication(thing=item, organ=item.organ, words=words)

    def _filled(self) -> Item:
        item = Item._base_manager.get(pk=self.item.pk)
        fill(item, self.values)
        return item

    def act(self) -> Item:
        """Save."""
        item = self._filled()
        self.changed = [name for name in self.values if getattr(item, name) != getattr(self.item, name)]
        item.save()
        self.item = item
        self.keep_findings()
        return item

    def details(self) -> Mapping[str, Any]:
        """Old and new."""
        return {"changed": {name: str(getattr(self.item, name) or "") for name in self.changed}, "passed_over": self.let_pass}
