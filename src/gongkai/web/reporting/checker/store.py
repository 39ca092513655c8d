"""What passes through the checker: a folder a check, under a key nobody can guess, gone after half an hour.

Nothing of it is in the database, and no other room reads it. Several web processes share the folder.
"""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from gongkai.web.reporting.inspecting.inspection import Inspected, decode, encode

from .limits import KEPT_SECONDS

_KEY = re.compile(r"[A-Za-z0-9_-]{24}")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_NAME_BYTES = 120


class State(msgspec.Struct, omit_defaults=True):
    """How far a check is. ``stage`` is waiting, fetching, reading, done or refused; ``words`` says why it was refused.

    ``owner`` is the member of staff who may keep the document; only then is the upload itself kept till the end.
    """

    name: str
    size: int
    began: float
    stage: str = "waiting"
    words: str = ""
    address: str = ""
    owner: int | None = None
    pages: int = 0
    seconds: float = 0.0


def root() -> Path:
    """The folder of everything that passes; for its owner's eyes only."""
    folder: Path = settings.ENV.data / "checker"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def safe_name(name: str) -> str:
    """A name as given, without what a file system or a header could trip over; never empty."""
    cleaned = _UNSAFE.sub("_", name).strip(". ") or "未命名"
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = cleaned, ""
    tail = f".{ending}" if ending else ""
    return stem.encode()[: _NAME_BYTES].decode("utf-8", "ignore") + tail


@dataclass(frozen=True, slots=True)
class Passing:
    """One check."""

    key: str

    @property
    def folder(self) -> Path:
        return root() / self.key

    @property
    def upload(self) -> Path:
        """The folder the document lies in while it is read."""
        return self.folder / "upload"

    @classmethod
    def new(cls, state: State) -> Passing:
        """A new folder with its state."""
        purge()
        passing = cls(secrets.token_urlsafe(18))
        passing.upload.mkdir(mode=0o700, parents=True)
        passing.tell(state)
        return passing

    @classmethod
    def find(cls, key: str) -> Passing | None:
        """The check with this key; None when there is none (any more)."""
        if not _KEY.fullmatch(key):
            return None
        passing = cls(key)
        state = passing.state()
        if state is None or state.began + KEPT_SECONDS < time.time():
            passing.forget()
            return None
        return passing

    def state(self) -> State | None:
        """How far it is; None when it is gone."""
        try:
            return msgspec.json.decode((self.folder / "state.json").read_bytes(), type=State)
        except (OSError, msgspec.DecodeError):
            return None

    def tell(self, state: State) -> None:
        """Write the state, whole or not at all; nothing once the visitor had it forgotten."""
        self._write("state.json", msgspec.json.encode(state))

    def put(self, name: str, chunks: Iterator[bytes]) -> Path:
        """The document, under its own name: the reader takes year and organ from it where nothing else tells."""
        path = self.upload / safe_name(name)
        with path.open("wb") as file:
            file.writelines(chunks)
        return path

    def document(self) -> Path | None:
        """The uploaded document while it is there."""
        return next(iter(sorted(self.upload.iterdir())), None) if self.upload.is_dir() else None

    def keep(self, found: list[Inspected]) -> None:
        """The results: pictures each in a file, the rest in one."""
        for number, one in enumerate(found):
            for picture in one.pictures:
                self._write(f"{number}-{picture.number}.png", picture.png)
        self._write("outcome.json", encode(found))

    def results(self) -> list[Inspected]:
        """The results; [] when there are none."""
        try:
            return decode((self.folder / "outcome.json").read_bytes())
        except OSError:
            return []

    def picture(self, number: int, page: int) -> Path | None:
        """The picture of a page of the document with this number."""
        path = self.folder / f"{number}-{page}.png"
        return path if path.is_file() else None

    def forget_upload(self) -> None:
        """Remove the document itself."""
        shutil.rmtree(self.upload, ignore_errors=True)

    def forget(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, data: bytes) -> None:
        beside = self.folder / f".{name}.{secrets.token_hex(4)}"
        try:
            beside.write_bytes(data)
            beside.replace(self.folder / name)
        except FileNotFoundError:
            return



def purge() -> int:
    """Remove what is past its time; returns how many checks went."""
    gone = 0
    for folder in root().iterdir():
        if not _KEY.fullmatch(folder.name):
            continue
        try:
            old = folder.stat().st_mtime + KEPT_SECONDS < time.time()
        except FileNotFoundError:
            continue
        # the folder changes with every state told: while a check is under way it is never old
        if old:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone
