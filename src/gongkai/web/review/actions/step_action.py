"""What the verbs of one step share: the round and the step are those of the locked item."""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.review.four_eyes import WroteNothing, wrote_nothing_at
from gongkai.web.review.models import ReviewRound, RoundStep
from gongkai.web.review.rounds import open_round

T = TypeVar("T")


@dataclass(kw_only=True)
class StepAction(ItemAction[T], ABC, Generic[T]):
    """`seen` is the position of the step the person saw; when the item has moved meanwhile nothing happens."""

    seen: int | None = None
    round: ReviewRound | None = field(default=None, init=False)
    step: RoundStep | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._find()

    def _find(self) -> None:
        self.round = open_round(self.item)
        self.step = self.round.here() if self.round is not None else None
        if self.step is not None and self.seen is not None and self.step.position != self.seen:
            self.step = None

    def lock(self) -> None:
        """The item, and where its round is now."""
        super().lock()
        self._find()

    def by_no_author(self) -> WroteNothing:
        """Who wrote any of it takes no step."""
        return wrote_nothing_at(self.item, self.round, self.step, self.title)

    def standing(self) -> tuple[ReviewRound, RoundStep]:
        """The round and step; the rules have seen to it that there are some."""
        if self.round is None or self.step is None:
            raise ValueError("no step holds the item")
        return self.round, self.step
