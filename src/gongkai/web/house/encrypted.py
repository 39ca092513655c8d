"""Text fields that are stored encrypted (AES-256-GCM), for personal data.

Stored form: `k1.<key id>.<base64 of nonce and sealed text>`. The place (app.model.field) is bound in, so a
sealed value moved to another column does not open. Several keys may be in the ring; the first one writes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

NONCE_BYTES = 12


class CannotOpen(ValueError):  # noqa: N818
    """A sealed value that no key of the ring opens: a lost key or a damaged row."""


def key_id(key: str) -> str:
    """Eight signs that name a key without telling it."""
    return hashlib.sha256(b"gongkai key id" + key.encode()).hexdigest()[:8]


def seal(text: str, place: str) -> str:
    """`text` sealed with the first key of the ring for `place`."""
    settings.KEYS.demand_kept()
    key = settings.KEYS.encryption[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, text.encode(), place.encode())
    return f"k1.{key_id(key)}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(stored: str, place: str) -> str:
    """The text in `stored`. Raises CannotOpen."""
    try:
        _, wanted, packed = stored.split(".")
        raw = base64.urlsafe_b64decode(packed)
        key = next(key for key in settings.KEYS.encryption if key_id(key) == wanted)
        return _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
    except (ValueError, StopIteration, InvalidTag) as error:
        raise CannotOpen(f"{place}中的加密内容打不开：密钥环中没有对应的密钥，或内容已损坏。") from error


def sealed_with_old_key(stored: str) -> bool:
    """True when a value should be sealed again with the newest key."""
    return bool(stored) and not stored.startswith(f"k1.{key_id(settings.KEYS.encryption[0])}.")


def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"gongkai field" + key.encode()).digest())


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text field sealed in the database and plain in Python. It can't be searched: only `isnull` is allowed."""

    def _place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; "" stays "" (nothing to hide)."""
        return seal(str(value), self._place()) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Open on the way out."""
        return unseal(value, self._place()) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse lookups: equal texts have different sealed forms, so a filter would silently find nothing."""
        if lookup_name != "isnull":
            raise FieldError(f"{self._place()} is encrypted and cannot be filtered by {lookup_name}")
        return super().get_lookup(lookup_name)
