"""Verb: end a clean-up; every verdict takes effect at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from gongkai.web.catalogue.actions.set_validity import SetValidity
from gongkai.web.catalogue.models import CleanupRound, Item, Validity, Verdict
from gongkai.web.catalogue.rules import KEEPERS
from gongkai.web.house.action import locked
from gongkai.web.house.events import Subject
from gongkai.web.house.publishing import Publication, Screened, Words
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.house.titles import quoted
from gongkai.web.house.visibility import may_see
from gongkai.web.organs.rules import HasRole

# 修改 only says that a new wording is to come: the document stays in force until that is published.
EFFECTS = {Verdict.REPEAL: Validity.REPEALED, Verdict.EXPIRE: Validity.EXPIRED}


@dataclass(kw_only=True)
class CloseCleanup(Screened[CleanupRound]):
    """`announcement` is the notice that publishes the results; it becomes the basis of every change.
    The reasons given for the documents' verdicts go out with them."""

    verb = "catalogue.close_cleanup"
    title = "公布清理结果"
    dangerous = True

    round: CleanupRound
    announcement: Item | None = None
    counts: dict[str, int] = field(default_factory=dict, init=False)

    def lock(self) -> None:
        """As it is now."""
        self.round = locked(self.round)

    def rules(self) -> Iterable[Rule]:
        """The OGI office."""
        yield HasRole(self.round.organ, KEEPERS, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Open, decided in full, announced."""
        if self.round.closed_at is not None:
            yield Refusal("closed", f"{self.round}的结果已经公布。")
            return
        undecided = self.round.tasks.filter(verdict=Verdict.OPEN).count()
        if undecided:
            yield Refusal("undecided", f"还有{undecided}份文件没有清理结果。请全部填写后再公布。")
        if self.announcement is None or not may_see(self.announcement, self.actor):
            yield Refusal("announcement", "请选择公布清理结果的公告（先起草并发布）。", field="announcement")
        elif not self.announcement.is_public():
            yield Refusal(
                "announcement", f"{quoted(self.announcement.title)}尚未公开。请先发布公告。", field="announcement"
            )

        yield from self.screen_problems()

    def publication(self) -> Publication | None:
        """The bases of the verdicts that take effect; each is kept with its document by the verb that carries it out."""
        if self.round.closed_at is not None:
            return None
        tasks = self.round.tasks.filter(verdict__in=EFFECTS).select_related("item")
        words = tuple(Words(task.basis[:200], f"{quoted(task.item.title)}变更依据") for task in tasks)
        return Publication(thing=self.round, organ=self.round.organ, words=words)

    def change(self) -> CleanupRound:
        """The verdicts through their own verb, then the round."""
        today = timezone.localdate()
        for task in self.round.tasks.select_related("item"):
            effect = EFFECTS.get(Verdict(task.verdict))
            self.counts[task.get_verdict_display()] = self.counts.get(task.get_verdict_display(), 0) + 1
            if effect is not None:
                SetValidity(
                    actor=self.actor, item=task.item, validity=effect, on=today, by=self.announcement,
                    basis=task.basis[:200], reasons=self.reasons,
                ).perform()  # fmt: skip
        self.round.closed_at, self.round.closed_by = timezone.now(), self.actor.user
        self.round.announcement = self.announcement
        self.round.save()
        return self.round

    def subject(self, result: CleanupRound | None) -> Subject:
        """The round."""
        return Subject.of(self.round, organ_id=self.round.organ_id)

    def details(self) -> Mapping[str, Any]:
        """How many of each, and the announcement."""
        return {
            "counts": self.counts,
            "announcement": self.announcement.index_number if self.announcement else "",
        }
