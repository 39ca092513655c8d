"""The platform's keys: made once into the data folder, readable by its owner only, never in the repository.

`keys/secret` signs sessions, `keys/audit` seals the audit chain, `keys/encryption.json` is the ring of the
encrypted fields (newest first; older keys still read).
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """`kept` is False for keys that live only as long as this process (tools that touch no data)."""

    secret: str
    audit: str
    encryption: tuple[str, ...]
    kept: bool

    def demand_kept(self) -> None:
        """Raise ImproperlyConfigured unless the keys are on disk."""
        if not self.kept:
            raise ImproperlyConfigured(
                "数据目录中没有密钥。请用gongkai serve启动，或先运行python -I -m gongkai.web prepare。"
            )


def folder(data: Path) -> Path:
    """The folder of the keys inside the data folder."""
    return data / "keys"


def load(data: Path) -> Keys:
    """The keys in `data`, or throw-away ones when none have been made."""
    place = folder(data)
    if not (place / "secret").exists():
        return Keys(_fresh(), _fresh(), (_fresh(),), kept=False)
    ring = json.loads((place / "encryption.json").read_text("ascii"))
    return Keys(
        (place / "secret").read_text("ascii"), (place / "audit").read_text("ascii"), tuple(ring), kept=True
    )


def make(data: Path) -> Keys:
    """Make the keys that are missing in `data`; existing ones are never replaced."""
    place = folder(data)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write_new(place / "audit", _fresh())
    _write_new(place / "encryption.json", json.dumps([_fresh()]))
    # Last: its presence says that all are there.
    _write_new(place / "secret", _fresh())
    return load(data)


def turn_ring(data: Path) -> Keys:
    """Put a new encryption key in front of the ring. Fields are re-encrypted by `turn_keys`."""
    path = folder(data) / "encryption.json"
    ring = [_fresh(), *json.loads(path.read_text("ascii"))]
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    _write_new(beside, json.dumps(ring))
    beside.replace(path)
    return load(data)


def _fresh() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _write_new(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
