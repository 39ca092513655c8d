"""Verb: stop or reopen an account. Accounts are never deleted: signatures stay somebody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.web.accounts import sessions
from gongkai.web.accounts.models import User
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import NotOneself, Refusal, Rule
from gongkai.web.organs.rules import AdministersPerson


@dataclass(kw_only=True)
class SetActive(Action[User]):
    """`active` False signs the person out everywhere at once."""

    verb = "accounts.set_active"
    title = "停用或启用账户"
    dangerous = True

    user: User
    active: bool

    def rules(self) -> Iterable[Rule]:
        """Administrator over all posts; not for oneself."""
        yield NotOneself(self.user.pk, self.title)
        yield AdministersPerson(self.user, self.title)

    def problems(self) -> Iterable[Refusal]:
        """It must change something."""
        if self.user.is_active == self.active:
            yield Refusal("no_change", f"{self.user.name}的账户已经{'启用' if self.active else '停用'}。")

    def lock(self) -> None:
        """The account as it is now."""
        self.user = locked(self.user)

    def change(self) -> User:
        """Switch."""
        self.user.is_active = self.active
        self.user.save(update_fields=["is_active"])
        if not self.active:
            sessions.end_all(self.user)
        return self.user

    def subject(self, result: User | None) -> Subject:
        """The person."""
        return Subject.of(self.user)

    def details(self) -> Mapping[str, Any]:
        """Which way."""
        return {"active": self.active}
