"""Verb: give a person a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.accounts.models import User
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import NotOneself, Refusal, Rule
from gongkai.web.organs.models import Organ, Post, Role
from gongkai.web.organs.models.post import in_force
from gongkai.web.organs.rules import HasRole, Open


@dataclass(kw_only=True)
class Appoint(Action[Post]):
    """An administrator appoints others within his own subtree; never himself."""

    verb = "organs.appoint"
    title = "任用"
    dangerous = True

    user: User
    organ: Organ
    role: Role

    def rules(self) -> Iterable[Rule]:
        """Administrator of the organ, not for oneself, an organ that exists."""
        yield NotOneself(self.user.pk, self.title)
        yield HasRole(self.organ, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Once only; auditors hold no other post in the same scope: who checks does not act."""
        if not self.user.is_active:
            yield Refusal("inactive", f"{self.user.name}的账户已停用，请先启用。", field="user")
        posts = Post.objects.filter(in_force(), user=self.user)
        if posts.filter(organ=self.organ, role=self.role).exists():
            yield Refusal(
                "held_already", f"{self.user.name}已任{self.organ.name}“{self.role.label}”。", field="role"
            )
            return
        others = (
            posts.exclude(role=Role.AUDITOR) if self.role == Role.AUDITOR else posts.filter(role=Role.AUDITOR)
        )
        if others.exists():
            yield Refusal("auditor_apart", "审计只读不能与其他角色由同一人担任。请另选人员。", field="role")

    def change(self) -> Post:
        """The post, from today."""
        return Post.objects.create(user=self.user, organ=self.organ, role=self.role)

    def subject(self, result: Post | None) -> Subject:
        """The person, in the matter of the organ."""
        return Subject.of(self.user, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Where and as what."""
        return {"organ": self.organ.name, "role": self.role.label}
