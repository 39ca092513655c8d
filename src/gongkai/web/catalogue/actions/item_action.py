"""What the verbs on one item share: its row is locked, the event is about it, and a version is kept."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from gongkai.web.catalogue.models import Item
from gongkai.web.catalogue.versions import HANDLING, keep_version
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject

T = TypeVar("T")


@dataclass(kw_only=True)
class ItemAction(Action[T], Generic[T]):
    """A verb on one item. Subclasses write `rules`, `problems` and `act`.

    `writes`: False for a verb that decides about what the item says, or moves it, and changes nothing of it. Whoever
    leaves a version by another verb is an author of the item (review/authors.py).
    """

    writes: ClassVar[bool] = True

    item: Item

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.writes and "verb" in cls.__dict__:
            HANDLING.add(cls.verb)

    def lock(self) -> None:
        """The item as it is now."""
        self.item = locked(self.item)

    @abstractmethod
    def act(self) -> T:
        """The change itself."""

    def change(self) -> T:
        """Act, then keep a version."""
        result = self.act()
        keep_version(self.item, self.actor, self.verb)
        return result

    def subject(self, result: T | None) -> Subject:
        """The item."""
        return Subject.of(self.item, organ_id=self.item.organ_id)
