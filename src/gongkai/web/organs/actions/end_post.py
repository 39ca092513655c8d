"""Verb: end a post, from today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import NotOneself, Refusal, Rule
from gongkai.web.organs.models import Post, Role
from gongkai.web.organs.models.post import today
from gongkai.web.organs.rules import HasRole


@dataclass(kw_only=True)
class EndPost(Action[Post]):
    """Nobody ends his own post, so that an organ never loses its last administrator by a slip."""

    verb = "organs.end_post"
    title = "免去任职"
    dangerous = True

    post: Post

    def rules(self) -> Iterable[Rule]:
        """Administrator of the organ, not for oneself."""
        yield NotOneself(self.post.user_id, self.title)
        yield HasRole(self.post.organ, (Role.ADMIN,), self.title)

    def problems(self) -> Iterable[Refusal]:
        """A post in force."""
        if self.post.ended_on is not None:
            yield Refusal("ended_already", f"该任职已于{self.post.ended_on}结束。")

    def lock(self) -> None:
        """The post as it is now."""
        self.post = locked(self.post)

    def change(self) -> Post:
        """Today no longer counts."""
        self.post.ended_on = today()
        self.post.save(update_fields=["ended_on"])
        return self.post

    def subject(self, result: Post | None) -> Subject:
        """The person, in the matter of the organ."""
        return Subject.of(self.post.user, organ_id=self.post.organ_id)

    def details(self) -> Mapping[str, Any]:
        """Which post."""
        return {"organ": self.post.organ.name, "role": self.post.get_role_display()}
