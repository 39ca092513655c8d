"""Verb: open an account for a member of staff and give the first post."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.web.accounts.models import User
from gongkai.web.house.action import Action
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule
from gongkai.web.organs.models import Organ, Role
from gongkai.web.organs.rules import HasRole, Open


@dataclass(frozen=True, slots=True)
class NewStaff:
    """The account and the password to hand over: it works once, then must be changed."""

    user: User
    password: str


def temporary_password() -> str:
    """A password that is easy to read out and passes the policy."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "Gk-" + "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


@dataclass(kw_only=True)
class CreateStaff(Action[NewStaff]):
    """Needs an administrator of the organ (or above). The account always starts with a post: no stray accounts."""

    verb = "accounts.create_staff"
    title = "新建人员"
    dangerous = True

    organ: Organ
    username: str
    name: str
    role: Role
    mobile: str = ""

    def rules(self) -> Iterable[Rule]:
        """Administrator, of an organ that exists."""
        yield HasRole(self.organ, (Role.ADMIN,), self.title)
        yield Open(self.organ, self.title)

    def problems(self) -> Iterable[Refusal]:
        """Sign-in names are unique for ever; every field as the model wants it."""
        if User.objects.filter(username=self.username).exists():
            yield Refusal(
                "username_taken", f"登录名“{self.username}”已有人使用，请换一个。", field="username"
            )
            return
        try:
            self._unsaved().full_clean(exclude=["password"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                yield from (Refusal("invalid", message, field=name) for message in messages)

    def _unsaved(self) -> User:
        return User(username=self.username, name=self.name, mobile=self.mobile)

    def change(self) -> NewStaff:
        """Account, then post."""
        from gongkai.web.organs.actions.appoint import Appoint

        password = temporary_password()
        user = self._unsaved()
        user.set_password(password)
        user.save()
        Appoint(actor=self.actor, user=user, organ=self.organ, role=self.role).perform()
        return NewStaff(user, password)

    def subject(self, result: NewStaff | None) -> Subject:
        """The new person."""
        if result is None:
            return Subject("accounts.user", "", self.name, self.organ.pk)
        return Subject.of(result.user, organ_id=self.organ.pk)

    def details(self) -> Mapping[str, Any]:
        """Names, never the password or the phone."""
        return {"username": self.username, "organ": self.organ.name, "role": self.role.label}
