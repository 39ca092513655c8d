"""The verbs of this room; importing them all lets the log name them."""

from . import (
    change_password,
    confirm_authenticator,
    create_staff,
    reset_access,
    set_active,
    use_recovery_code,
)

__all__ = [
    "change_password", "confirm_authenticator", "create_staff", "reset_access", "set_active", "use_recovery_code",
]  # fmt: skip
