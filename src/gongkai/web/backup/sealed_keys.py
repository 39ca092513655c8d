"""The platform's keys inside a backup, under a passphrase: scrypt and AES-256-GCM."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

NAME = "keys.sealed"
FILES = ("secret", "audit", "encryption.json")
_SALT, _NONCE = 16, 12
_BOUND_TO = b"gongkai-backup-keys/1"
SHORTEST = 12


class WrongPassphrase(ValueError):  # noqa: N818
    """The keys can't be opened with this passphrase."""


def seal(folder: Path, passphrase: str) -> bytes:
    """The files of the keys' folder, sealed. Raises WrongPassphrase for one that is too short to protect them."""
    if len(passphrase) < SHORTEST:
        raise WrongPassphrase(f"备份口令至少{SHORTEST}个字符。请换一个更长的。")
    plain = json.dumps({name: (folder / name).read_text("ascii") for name in FILES}).encode()
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, _BOUND_TO)


def unseal(sealed: bytes, passphrase: str, folder: Path) -> None:
    """Write the keys into `folder`, readable by their owner only. Raises WrongPassphrase."""
    salt, nonce, rest = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        plain = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, rest, _BOUND_TO))
    except InvalidTag as error:
        raise WrongPassphrase("备份口令不对，密钥打不开。请核对口令。") from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FILES:
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(plain[name])
            file.flush()
            os.fsync(file.fileno())


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(passphrase.encode())
