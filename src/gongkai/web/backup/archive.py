"""The archive: a tar whose last member is the manifest with the SHA-256 of every other. Complete or absent.

It is written beside its name (`.part`), read back and compared, flushed to the disk, and only then renamed. Under a passphrase
the whole of it is sealed (sealing.py); it is written and read in one pass, so that it never lies anywhere unsealed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from gongkai.web.house import causes

from .sealing import Broken, Sealing, opened

MANIFEST = "manifest.json"
FORMAT = "gongkai-backup/1"
_PIECE = 1 << 20


class BadArchive(ValueError):  # noqa: N818
    """The archive is not whole; the message (Chinese) says what is wrong and what to do."""


@dataclass(slots=True)
class Manifest:
    """`members`: name -> size and SHA-256. `facts` tell what the archive holds (database, audit end, version)."""

    facts: dict[str, Any] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: str = FORMAT


class Writer:
    """Adds members one by one to an open tar."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.manifest = Manifest()

    def add_file(self, path: Path, name: str) -> None:
        """Copy a file that does not change any more."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """A member made in memory."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, file: BinaryIO, size: int) -> None:
        reading = _Hashing(file)
        self._tar.addfile(_info(name, size), reading)  # type: ignore[arg-type]
        self.manifest.members[name] = (size, reading.digest.hexdigest())

    def close(self) -> None:
        """The manifest, last: an archive without it is not whole."""
        content = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        self._tar.addfile(_info(MANIFEST, len(content)), io.BytesIO(content))


class _Hashing:
    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def writing(target: Path, passphrase: str = "") -> Iterator[Writer]:
    """Write an archive to `target`, which appears whole or not at all. Raises BadArchive when it does not read back."""
    part = target.with_name(f".{target.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            sealing = Sealing(file, passphrase) if passphrase else None
            with tarfile.open(fileobj=sealing or file, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                writer = Writer(tar)
                yield writer
                writer.close()
            if sealing:
                sealing.finish()
            file.flush()
            os.fsync(file.fileno())
        verify(part, passphrase=passphrase)
        part.rename(target)
        _flush_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def verify(path: Path, into: Path | None = None, passphrase: str = "") -> Manifest:
    """Read every member and compare it with the manifest; with `into` unpack there on the way.

    Raises BadArchive, WrongPassphrase, and OSError where there is no room to unpack.
    """
    seen: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    try:
        with opened(path, passphrase) as file, tarfile.open(fileobj=file, mode="r|") as tar:  # type: ignore[call-overload]
            for info in tar:
                source = tar.extractfile(info) if info.isreg() else None
                if source is None or manifest is not None or not _plain(info.name):
                    raise BadArchive(f"“{path.name}”中有不该有的内容（{info.name}）。请换一个备份文件。")
                if info.name == MANIFEST:
                    manifest = _manifest(path, source.read())
                else:
                    seen[info.name] = _copy(source, into / info.name if into else None)
    except (tarfile.TarError, OSError, EOFError, Broken) as error:
        if causes.is_full(error):
            raise
        raise BadArchive(f"“{path.name}”打不开或已损坏（{error}）。请换一个备份文件。") from error
    if manifest is None:
        raise BadArchive(f"“{path.name}”不完整，缺少清单。请换一个备份文件。")
    wrong = sorted(
        name for name in seen.keys() | manifest.members.keys() if seen.get(name) != manifest.members.get(name)
    )
    if wrong:
        raise BadArchive(f"“{path.name}”中{len(wrong)}个文件与清单不符，例如“{wrong[0]}”。请换一个备份文件。")
    return manifest


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        raw = json.loads(content)
        members = {name: (int(size), str(digest)) for name, (size, digest) in raw["members"].items()}
        found = Manifest(dict(raw["facts"]), members, raw["format"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArchive(f"“{path.name}”的清单已损坏。请换一个备份文件。") from error
    if found.format != FORMAT:
        raise BadArchive(f"“{path.name}”是另一版本的备份（{found.format}）。请用相应版本的程序恢复。")
    return found


def _plain(name: str) -> bool:
    """A relative name that stays inside."""
    return not name.startswith("/") and ".." not in name.split("/") and "\\" not in name and name != ""


def _copy(source: Any, target: Path | None) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") if target else None
    try:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if copy:
                copy.write(piece)
        if copy:
            copy.flush()
            os.fsync(copy.fileno())
    finally:
        if copy:
            copy.close()
    return size, digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
