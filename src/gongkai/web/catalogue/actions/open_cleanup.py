"""Verb: begin the yearly clean-up of an organ's normative documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue import taxonomy
from gongkai.web.catalogue.models import CleanupRound, CleanupTask, Item, Stage
from gongkai.web.catalogue.models.item import in_force
from gongkai.web.catalogue.rules import KEEPERS
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ
from gongkai.web.organs.rules import HasRole, Open


@dataclass(kw_only=True)
class OpenCleanup(Action[CleanupRound]):
    """The worklist is every normative document of the organ written by `cutoff` and in force on it."""

    verb = "catalogue.open_cleanup"
    title = "开展规范性文件清理"

    organ: Organ
    year: int
    cutoff: date
    count: int = field(default=0, init=False)

    def rules(self) -> Iterable[Rule]:
        """The OGI office."""
        yield HasRole(self.organ, KEEPERS, self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Once a year; something to review."""
        today = timezone.localdate()
        if not 2000 <= self.year <= today.year + 1:
            yield Refusal("year", f"年度应在2000至{today.year + 1}之间。", field="year")
        if self.cutoff > today:
            yield Refusal("cutoff", "清理截止日不能晚于今天。", field="cutoff")
        if CleanupRound.objects.filter(organ=self.organ, year=self.year).exists():
            yield Refusal("twice", f"{self.organ}{self.year}年的清理已经开展。", field="year")
        elif not self._documents().exists():
            yield Refusal(
                "nothing",
                f"{self.organ}没有{self.cutoff}以前制发并有效的规范性文件，无需清理。",
                field="organ",
            )

    def _documents(self) -> Any:
        kinds = taxonomy.KINDS.keys_where(normative=True)
        stages = (Stage.PUBLISHED, Stage.KEPT)
        return Item.objects.filter(
            in_force(self.cutoff),
            organ=self.organ,
            kind__in=kinds,
            stage__in=stages,
            written_on__lte=self.cutoff,
        )

    def change(self) -> CleanupRound:
        """The round and its worklist."""
        made = CleanupRound.objects.create(
            organ=self.organ, year=self.year, cutoff=self.cutoff, opened_by=self.actor.user
        )
        tasks = CleanupTask.objects.bulk_create(
            CleanupTask(round=made, item=item) for item in self._documents().only("pk")
        )
        self.count = len(tasks)
        return made

    def subject(self, result: CleanupRound | None) -> Subject:
        """The round, or the organ."""
        return Subject.of(result or self.organ, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Its size."""
        return {"year": self.year, "cutoff": str(self.cutoff), "documents": self.count}
