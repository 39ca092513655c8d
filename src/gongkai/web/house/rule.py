"""Rules: objects that say why an actor may not do a thing, in words that name the rule and the remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why not. `rule` is the rule's id, `basis` its article or document, `field` the form field."""

    rule: str
    message: str
    basis: str = ""
    field: str = ""


class Refused(Exception):  # noqa: N818
    """An act that its rules forbid. Nothing was changed."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("；".join(refusal.message for refusal in refusals))
        self.refusals = refusals

    @property
    def only_reauthentication(self) -> bool:
        """True when typing the password again is all that is missing."""
        return all(refusal.rule == Fresh.id for refusal in self.refusals)


class Rule(Protocol):
    """A rule is asked with an actor and answers None, or one refusal."""

    def refuse(self, actor: Actor) -> Refusal | None:
        """Why `actor` may not, or None."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff must do it in person."""

    id = "signed_in"

    def refuse(self, actor: Actor) -> Refusal | None:
        """The public, and the command line, may not."""
        if actor.user is not None:
            return None
        return Refusal(self.id, "此操作须由工作人员本人登录后办理。请先登录。")


@dataclass(frozen=True, slots=True)
class FourEyes:
    """Who submitted may not approve. `first_id` is the user who did the first act."""

    first_id: int | None
    first_act: str
    second_act: str
    remedy: str = "请转其他有权限的人员办理。"
    basis: str = "先审查、后公开（《条例》第十七条）"
    id = "four_eyes"

    def refuse(self, actor: Actor) -> Refusal | None:
        """The same person, or nobody in particular, may not do the second act."""
        if actor.user is None:
            return Refusal(self.id, f"{self.second_act}须由工作人员本人办理，不能由系统代办。", self.basis)
        if actor.user.pk != self.first_id:
            return None
        return Refusal(
            self.id, f"您{self.first_act}的事项不能由您本人{self.second_act}。{self.remedy}", self.basis
        )


@dataclass(frozen=True, slots=True)
class NotOneself:
    """Nobody changes his own posts, locks or second factor."""

    user_id: int | None
    act: str
    id = "not_oneself"

    def refuse(self, actor: Actor) -> Refusal | None:
        """The person concerned may not."""
        if actor.user is None or actor.user.pk != self.user_id:
            return None
        return Refusal(self.id, f"不能为自己{self.act}。请由其他管理员办理。")


@dataclass(frozen=True, slots=True)
class Fresh:
    """Dangerous acts ask for the password again (REAUTHENTICATION_SECONDS)."""

    act: str
    id = "fresh"

    def refuse(self, actor: Actor) -> Refusal | None:
        """A session that has not shown its password lately may not."""
        if actor.freshly_authenticated:
            return None
        return Refusal(self.id, f"“{self.act}”影响较大，请先再次输入密码确认身份。")


def demand(rule: Rule, actor: Actor) -> None:
    """Raise Refused unless `rule` lets `actor` through (for pages that are not acts)."""
    refusal = rule.refuse(actor)
    if refusal is not None:
        raise Refused([refusal])
