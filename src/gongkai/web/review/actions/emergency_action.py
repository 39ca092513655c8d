"""What the verbs after an emergency publication have in common: the review that is still due."""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gongkai.web.catalogue.actions.item_action import ItemAction
from gongkai.web.review.models import EmergencyReview

T = TypeVar("T")


@dataclass(kw_only=True)
class EmergencyAction(ItemAction[T], ABC, Generic[T]):
    """`review` is the open one of the item, or None."""

    review: EmergencyReview | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._find()

    def _find(self) -> None:
        self.review = self.item.emergency_reviews.filter(reviewed_at=None).first()

    def lock(self) -> None:
        """The item and its open review."""
        super().lock()
        self._find()
