"""Verb: get in with a paper code when the phone is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Authenticator, RecoveryCode, User
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule, SignedIn


@dataclass(kw_only=True)
class UseRecoveryCode(Action[Authenticator]):
    """Gives the authenticator that the session counts as verified by. Tries are counted by the page (`attempts`)."""

    verb = "accounts.use_recovery_code"
    title = "使用恢复码"

    device: Authenticator
    code: str

    def rules(self) -> Iterable[Rule]:
        """In person."""
        yield SignedIn()

    def problems(self) -> Iterable[Refusal]:
        """An unused code of this person."""
        if self._found() is None:
            yield Refusal(
                "wrong_recovery_code", "恢复码不对或已经用过。请换一个，或请管理员重置登录。", field="token"
            )

    def lock(self) -> None:
        """The device as it is now."""
        self.device = locked(self.device)

    def change(self) -> Authenticator:
        """Use the code up."""
        found = self._found()
        if found is not None:
            found.used_at = timezone.now()
            found.save(update_fields=["used_at"])
        return self.device

    def _found(self) -> RecoveryCode | None:
        user: User = self.device.user
        digest = one_time_codes.digest(self.code)
        return RecoveryCode.objects.filter(user=user, digest=digest, used_at=None).first()

    def subject(self, result: Authenticator | None) -> Subject:
        """The person."""
        return Subject.of(self.device.user)
