"""Zip archives and zip-based office files, held to limits while they are unpacked.

Sizes in a zip's headers are the sender's claim: enough to refuse a file, never enough to trust one. What counts are
the bytes that really come out, so a bomb stops at the limit and not in memory.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from binascii import crc32
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gongkai.reading.limits import CannotRead, Limits

FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError,
          RuntimeError, OverflowError, IndexError)  # fmt: skip
"""What zipfile raises on damaged archives; a damaged header may reach any of these."""

_CHUNK = 1 << 18
_DIRECTORY_ENTRY = 600
"""Bytes of directory we allow a member: 46 fixed, the rest for its name and extras."""


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked, shared by an archive and the archives inside it."""

    left: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``name`` is decoded, with slashes."""

    name: str
    info: zipfile.ZipInfo


class Archive:
    """An opened zip. Raises CannotRead: ``corrupt`` for a broken one, ``too_large`` for one past ``limits``."""

    def __init__(self, source: bytes | Path | BinaryIO, limits: Limits, budget: Budget | None = None):
        self.budget = budget or Budget(limits.unpacked)
        self._limits = limits
        try:
            file = _opened(source)
            _check_directory(file, limits)
            self._zip = zipfile.ZipFile(file)
        except CannotRead:
            raise
        except FAULTS as fault:
            raise CannotRead("corrupt", "压缩包（或 Office 文档）不完整或已损坏，请重新下载或重新导出。") from fault
        infos = self._zip.infolist()
        if len(infos) > limits.members:
            raise CannotRead("too_large", f"压缩包内有{len(infos)}个文件，超过上限{limits.members}个，请分批处理。")
        self.members = [Member(_name(info), info) for info in infos if not info.filename.endswith("/")]  # is_dir() fails on no name
        self._by_name = {member.name: member for member in self.members}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def read(self, member: Member | str) -> bytes:
        """The bytes of a member. KeyError for a name that is not there."""
        found = self._by_name[member] if isinstance(member, str) else member
        if found.info.flag_bits & 1:
            raise CannotRead("encrypted", f"压缩包内“{found.name}”有密码，请解密后重新打包。")
        if found.info.file_size > self._limits.unpacked:
            raise self._too_large(found.name)
        out = bytearray()
        try:
            with self._zip.open(found.info) as stream:
                while chunk := stream.read(_CHUNK):
                    self.budget.left -= len(chunk)
                    if self.budget.left < 0:
                        raise self._too_large(found.name)
                    out += chunk
        except FAULTS as fault:
            raise CannotRead("corrupt", f"压缩包内“{found.name}”已损坏，请重新打包或重新下载。") from fault
        return bytes(out)

    def size(self, name: str) -> int:
        """What a member claims to unpack to; less may come, never more. KeyError for a name that is not there."""
        return self._by_name[name].info.file_size

    def head(self, member: Member, size: int) -> bytes:
        """The first bytes of a member, without unpacking the rest. Raises CannotRead as `read` does."""
        if member.info.flag_bits & 1:
            raise CannotRead("encrypted", f"压缩包内“{member.name}”有密码，请解密后重新打包。")
        try:
            with self._zip.open(member.info) as stream:
                return stream.read(size)
        except FAULTS as fault:
            raise CannotRead("corrupt", f"压缩包内“{member.name}”已损坏，请重新打包或重新下载。") from fault

    def find(self, name: str) -> bytes | None:
        """The bytes of a member, or None when there is none of this name."""
        return self.read(name) if name in self._by_name else None

    def _too_large(self, name: str) -> CannotRead:
        limit = f"{self._limits.unpacked / (1 << 20):g}MB"
        return CannotRead("too_large", f"“{name}”解压后超过上限{limit}，未继续解压。")

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _opened(source: bytes | Path | BinaryIO) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return source.open("rb") if isinstance(source, Path) else source


def _check_directory(file: BinaryIO, limits: Limits) -> None:
    """Refuse a directory of millions of entries before zipfile builds an object for each."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_558))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > limits.members * _DIRECTORY_ENTRY:
        raise CannotRead("too_large", f"压缩包内文件过多，超过上限{limits.members}个，请分批处理。")


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name: UTF-8 where flagged, else whichever of UTF-8 and GB18030 the bytes are.

    Windows packs names in the local code page without saying so; zipfile then shows them as code page 437.
    """
    name = _unicode_path(info)
    if name is None:
        name = info.filename
        if not info.flag_bits & 0x800:
            raw = name.encode("cp437", "replace")
            for encoding in ("utf-8", "gb18030"):
                try:
                    name = raw.decode(encoding)
                    break
                except UnicodeDecodeError:
                    continue
    return name.replace("\\", "/")


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    """The Info-ZIP Unicode Path field (0x7075), valid only while its checksum fits the plain name."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, size = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        body = extra[at + 4 : at + 4 + size]
        if kind == 0x7075 and len(body) > 5 and body[0] == 1:
            plain = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
            if int.from_bytes(body[1:5], "little") == crc32(plain):
                return body[5:].decode("utf-8", "replace")
        at += 4 + size
    return None

