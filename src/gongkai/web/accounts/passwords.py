"""The platform's own password rule, beside Django's."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

KINDS = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())


class ThreeKinds:
    """Three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than three kinds occur."""
        if sum(any(kind(sign) for sign in password) for kind in KINDS) < 3:
            raise ValidationError(
                "密码至少包含小写字母、大写字母、数字、其他符号中的三种。", code="too_few_kinds"
            )

    def get_help_text(self) -> str:
        """The hint at the field."""
        return "至少包含小写字母、大写字母、数字、其他符号中的三种。"
