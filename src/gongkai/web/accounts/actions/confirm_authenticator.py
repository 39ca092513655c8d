"""Verb: bind an authenticator, shown by a first right code. Gives the recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Authenticator, RecoveryCode, User
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule, SignedIn


@dataclass(kw_only=True)
class ConfirmAuthenticator(Action[list[str]]):
    """Replaces an earlier authenticator of the same person."""

    verb = "accounts.confirm_authenticator"
    title = "绑定动态口令"

    device: Authenticator
    token: str

    def rules(self) -> Iterable[Rule]:
        """In person."""
        yield SignedIn()

    def problems(self) -> Iterable[Refusal]:
        """One's own device, and a right code."""
        if self.actor.user is None or self.actor.user.pk != self.device.user_id:
            yield Refusal("own_device", "只能绑定本人的动态口令。")
        elif one_time_codes.matching_step(self.device.secret, self.token, self.device.last_step) is None:
            yield Refusal("wrong_code", "动态口令不对。请核对手机时间，输入最新的6位数字。", field="token")

    def lock(self) -> None:
        """The device as it is now."""
        self.device = locked(self.device)

    def change(self) -> list[str]:
        """Confirm this one, drop the others, make new recovery codes."""
        user: User = self.device.user
        self.device.last_step = one_time_codes.step_now()
        self.device.confirmed = True
        self.device.save()
        Authenticator.objects.filter(user=user).exclude(pk=self.device.pk).delete()
        RecoveryCode.objects.filter(user=user).delete()
        codes = one_time_codes.new_recovery_codes()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=one_time_codes.digest(code)) for code in codes
        )
        return codes

    def subject(self, result: list[str] | None) -> Subject:
        """The person."""
        return Subject.of(self.device.user)
