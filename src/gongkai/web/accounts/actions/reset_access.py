"""Verb: give a colleague a new temporary password and take away the lost authenticator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.accounts import sessions
from gongkai.web.accounts.models import Authenticator, RecoveryCode, User
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import NotOneself, Rule
from gongkai.web.organs.rules import AdministersPerson

from .create_staff import NewStaff, temporary_password


@dataclass(kw_only=True)
class ResetAccess(Action[NewStaff]):
    """Needs an administrator over every post the person holds, so that nobody resets his superior."""

    verb = "accounts.reset_access"
    title = "重置登录"
    dangerous = True

    user: User

    def rules(self) -> Iterable[Rule]:
        """Administrator over all posts; not for oneself."""
        yield NotOneself(self.user.pk, self.title)
        yield AdministersPerson(self.user, self.title)

    def lock(self) -> None:
        """The account as it is now."""
        self.user = locked(self.user)

    def change(self) -> NewStaff:
        """New password, no authenticator, signed out everywhere."""
        password = temporary_password()
        self.user.set_password(password)
        self.user.must_change_password = True
        self.user.save(update_fields=["password", "must_change_password"])
        Authenticator.objects.filter(user=self.user).delete()
        RecoveryCode.objects.filter(user=self.user).delete()
        sessions.end_all(self.user)
        return NewStaff(self.user, password)

    def subject(self, result: NewStaff | None) -> Subject:
        """The person."""
        return Subject.of(self.user)
