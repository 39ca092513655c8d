"""Verb: bind an authenticator, shown by a first right code. Gives the recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Authenticator, RecoveryCode, User
from gongkai.web.house.action import Action, locked
from gongkai.web.house.events import Subject
from gongkai.web.house.rule import Refusal, Rule, SignedIn


@dataclass(kw_only=True)
class ConfirmAuthenticator(Action[list[str]]):
    """Replaces an earlier authenticator of the same person, if the session showed that one (`verified`)."""

    verb = "accounts.confirm_authenticator"
    title = "绑定动态口令"

    device: Authenticator
    token: str
    verified: bool
    _gone: bool = field(default=False, init=False)

    def rules(self) -> Iterable[Rule]:
        """In person."""
        yield SignedIn()

    def problems(self) -> Iterable[Refusal]:
        """One's own device, and a right code."""
        if self.actor.user is None or self.actor.user.pk != self.device.user_id:
            yield Refusal("own_device", "只能绑定本人的动态口令。")
        elif not self.verified and Authenticator.objects.filter(user=self.device.user, confirmed=True).exists():
            yield Refusal("bound_already", "该账户已绑定动态口令。请重新登录，用已绑定的动态口令验证后再更换。")
        elif self._gone:
            yield Refusal("gone", "这个二维码已作废。请刷新页面，重新扫码。")
        elif one_time_codes.matching_step(self.device.secret, self.token, self.device.last_step) is None:
            yield Refusal("wrong_code", "动态口令不对。请核对手机时间，输入最新的6位数字。", field="token")

    def lock(self) -> None:
        """The device as it is now; one person binds one at a time."""
        locked(self.device.user)
        found = Authenticator.objects.select_for_update().filter(pk=self.device.pk).first()
        self.device, self._gone = found or self.device, found is None

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
