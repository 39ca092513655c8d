"""Verb: change one's own password. Other sessions end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.web.accounts import sessions
from gongkai.web.accounts.attempts import own_password
from gongkai.web.accounts.models import User
from gongkai.web.accounts.signals import record_locked
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Refused, Rule, SignedIn

WRONG = "wrong_password"


@dataclass(kw_only=True)
class ChangePassword(Action[User]):
    """`spare_session` is the session key of the browser at hand."""

    verb = "accounts.change_password"
    title = "修改密码"

    user: User
    old: str
    new: str
    spare_session: str | None = None

    def perform(self) -> User:
        """As any verb; wrong old passwords are counted like those of signing in, outside the transaction they undo."""
        guess = own_password(self.user.username)
        guess.begin()
        try:
            user = super().perform()
        except Refused as refused:
            if all(one.rule != WRONG for one in refused.refusals):
                guess.right()
            elif guess.last:
                record_locked(None, self.user.username)
            raise
        guess.right()
        return user

    def rules(self) -> Iterable[Rule]:
        """In person; the old password is asked as a problem, with its field."""
        yield SignedIn()

    def problems(self) -> Iterable[Refusal]:
        """The old password, the policy, and that it is another one."""
        if self.actor.user is None or self.actor.user.pk != self.user.pk:
            yield Refusal("own_password", "只能修改本人的密码。")
            return
        if not self.user.check_password(self.old):
            yield Refusal(WRONG, "原密码不对，请重新输入。", field="old")
            return
        if self.old == self.new:
            yield Refusal("same_password", "新密码不能与原密码相同。", field="new")
        try:
            validate_password(self.new, self.user)
        except ValidationError as error:
            for message in error.messages:
                yield Refusal("password_policy", message, field="new")

    def lock(self) -> None:
        """The account as it is now."""
        self.user = locked(self.user)

    def change(self) -> User:
        """Set, and sign out elsewhere."""
        self.user.set_password(self.new)
        self.user.must_change_password = False
        self.user.save(update_fields=["password", "must_change_password"])
        sessions.end_all(self.user, but=self.spare_session)
        return self.user

    def subject(self, result: User | None) -> Subject:
        """The account."""
        return Subject.of(self.user)
