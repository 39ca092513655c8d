"""The keys in older archives, which were not sealed as a whole: under the passphrase by themselves, with scrypt and AES-256-GCM."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .sealing import WrongPassphrase
from .taking import KEYS

NAME = "keys.sealed"
_SALT, _NONCE = 16, 12
_BOUND_TO = b"gongkai-backup-keys/1"


def unseal(sealed: bytes, passphrase: str, folder: Path) -> None:
    """Write the keys into `folder`, readable by their owner only. Raises WrongPassphrase."""
    salt, nonce, rest = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        key = Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(passphrase.encode())
        plain = json.loads(AESGCM(key).decrypt(nonce, rest, _BOUND_TO))
    except InvalidTag as error:
        raise WrongPassphrase("备份口令不对，密钥打不开。请核对口令。") from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in KEYS:
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(plain[name])
            file.flush()
            os.fsync(file.fileno())
