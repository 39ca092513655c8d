"""A stream sealed under a passphrase, piece by piece (ADR 0110): scrypt, and AES-256-GCM in the STREAM construction.

Each piece has its number in its nonce, and the last one says that it is: pieces can't be changed, exchanged, left out or cut off
without the reader finding it. Neither side holds more than two pieces.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"gongkai-sealed/1\n"
PIECE = 1 << 20
SHORTEST = 12
_TAG, _SALT, _PREFIX, _CHECK = 16, 16, 7, 16
_HEAD = len(MAGIC) + _SALT + _PREFIX + _CHECK


class WrongPassphrase(ValueError):  # noqa: N818
    """None was given, or it is not the one; the message (Chinese) says which."""


class Broken(ValueError):  # noqa: N818
    """A piece is not what was written, or the end is missing."""


def demand_long(passphrase: str) -> None:
    """Raise WrongPassphrase for one that is too short to protect anything."""
    if len(passphrase) < SHORTEST:
        raise WrongPassphrase(f"备份口令至少{SHORTEST}个字符。请换一个更长的。")


class Sealing:
    """Write to it, then `finish()`."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        begin = MAGIC + os.urandom(_SALT + _PREFIX)
        key, check = _keys(begin, passphrase)
        self._file, self._pieces, self._waiting = file, _Pieces(key, begin + check), bytearray()
        file.write(begin + check)

    def write(self, data: bytes) -> int:
        """As a file does."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._file.write(self._pieces.seal(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """The last piece."""
        self._file.write(self._pieces.seal(bytes(self._waiting), last=True))


class Opening:
    """Read from it; raises Broken, and WrongPassphrase when it is made."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        head = file.read(_HEAD)
        key, check = _keys(head[:-_CHECK], passphrase)
        if not hmac.compare_digest(check, head[-_CHECK:]):
            raise WrongPassphrase("备份口令不对。请核对口令（或备份文件的开头已损坏）。")
        self._file, self._pieces, self._plain = file, _Pieces(key, head), bytearray()
        self._ahead = self._next()
        if not self._ahead:
            raise Broken("只有开头")

    def read(self, size: int) -> bytes:
        """As a file does."""
        while len(self._plain) < size and self._ahead:
            piece, self._ahead = self._ahead, self._next()
            self._plain += self._pieces.open(piece, last=not self._ahead)
        found = bytes(self._plain[:size])
        del self._plain[:size]
        return found

    def _next(self) -> bytes:
        return self._file.read(PIECE + _TAG)


class _Pieces:
    """Seals or opens one after the other; each is bound to the head of the file."""

    def __init__(self, key: bytes, head: bytes) -> None:
        self._cipher, self._head, self._number = AESGCM(key), head, 0

    def seal(self, plain: bytes, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), plain, self._head)

    def open(self, piece: bytes, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(last), piece, self._head)
        except InvalidTag as error:
            raise Broken("内容与写入时不符，或结尾缺失") from error

    def _nonce(self, last: bool) -> bytes:
        number, self._number = self._number, self._number + 1
        start = len(MAGIC) + _SALT
        return self._head[start : start + _PREFIX] + number.to_bytes(4, "big") + bytes([last])


def is_sealed(path: Path) -> bool:
    """Whether a file begins as sealed ones do."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


@contextmanager
def opened(path: Path, passphrase: str) -> Iterator[BinaryIO | Opening]:
    """The plain content of a file, sealed or not; read to its end it was whole. Raises WrongPassphrase, Broken."""
    sealed = is_sealed(path)
    if sealed and not passphrase:
        raise WrongPassphrase(f"“{path.name}”已加密。请给出备份口令（--passphrase-file，或环境变量GONGKAI_BACKUP_PASSPHRASE）。")
    with path.open("rb") as file:
        if not sealed:
            yield file
            return
        plain = Opening(file, passphrase)
        yield plain
        while plain.read(PIECE):
            pass


def _keys(begin: bytes, passphrase: str) -> tuple[bytes, bytes]:
    """The key of the pieces, and what tells a wrong passphrase from a damaged file."""
    salt = begin[len(MAGIC) : len(MAGIC) + _SALT]
    both = Scrypt(salt=salt, length=64, n=1 << 16, r=8, p=1).derive(passphrase.encode())
    return both[:32], hmac.digest(both[32:], begin, "sha256")[:_CHECK]
