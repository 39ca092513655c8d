"""Taking a backup of a platform that goes on working."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from . import databases, sealing
from .archive import Manifest, Writer, writing

PREFIX = "gongkai-backup-"
SEALED = ".sealed"
DATA = "data/"
# Made again from the rest (static files, search index), or of this run only; the database and the keys have their own way.
KEYS = ("secret", "audit", "encryption.json")
LEFT_OUT = {"keys", "run", "static", "search", "checker"}
# Half-written contents of uploads under way: no row names them yet.
_INCOMING = ("files", ".incoming")
# table of contents -> their folder
_CONTENTS = {"catalogue_storedfile": "files/attachments/", "reporting_reportfile": "files/reports/"}


@dataclass(slots=True)
class Taken:
    """`missing` and `damaged`: contents the database names that are not there, or are not what their hash says."""

    path: Path
    manifest: Manifest
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def take(data: Path, database_url: str, folder: Path, passphrase: str = "", name: str = "") -> Taken:
    """Write one archive into `folder`. With a passphrase it is sealed as a whole, and the keys are in it.

    The database is copied first, the files after it: contents are written before the row that names them and never
    change, so every row of the copy finds its content. Raises DatabaseFault, BadArchive, WrongPassphrase, OSError.
    """
    if passphrase:
        sealing.demand_long(passphrase)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / (name or f"{PREFIX}{datetime.now().astimezone():%Y%m%d-%H%M%S}.tar{SEALED if passphrase else ''}")
    if target.exists():
        raise FileExistsError(f"“{target}”已经存在。请换一个文件名。")
    with _alone(folder), _workplace(folder) as work, writing(target, passphrase) as writer:
        contents = _database(data, database_url, work, writer)
        for key in KEYS if passphrase else ():
            writer.add_file(data / "keys" / key, f"keys/{key}")
        _files(data, writer)
        writer.manifest.facts["made_at"] = datetime.now().astimezone().isoformat(timespec="seconds")
        writer.manifest.facts["version"] = _version()
        writer.manifest.facts["keys"] = bool(passphrase)
    return _judged(Taken(target, writer.manifest), contents)


def _database(data: Path, address: str, work: Path, writer: Writer) -> list[str]:
    """Add the copy; give the places of the contents it names."""
    facts = writer.manifest.facts
    if databases.is_postgres(address):
        copy = work / databases.DUMP
        with databases.one_moment(address) as (link, moment):
            facts["audit"], contents = databases.audit_end(link), _named(link)
            facts["database"] = databases.dump(address, link, moment, copy)
        writer.add_file(copy, databases.DUMP)
    else:
        copy = work / databases.SQLITE
        databases.copy_sqlite(data / "gongkai.sqlite3", copy)
        link = sqlite3.connect(copy)
        facts["audit"], facts["database"], contents = databases.audit_end(link), "sqlite", _named(link)
        link.close()
        writer.add_file(copy, databases.SQLITE)
    copy.unlink()
    return contents


def _named(link: Any) -> list[str]:
    cursor, found = link.cursor(), []
    for table, folder in _CONTENTS.items():
        cursor.execute(f"SELECT sha256 FROM {table}")  # noqa: S608 - names of our own
        found += [f"{DATA}{folder}{row[0][:2]}/{row[0][2:4]}/{row[0]}" for row in cursor.fetchall()]
    cursor.close()
    return found


def _files(data: Path, writer: Writer) -> None:
    for path in sorted(data.rglob("*")):
        inside = path.relative_to(data)
        if (
            inside.parts[0] in LEFT_OUT
            or inside.parts[:2] == _INCOMING
            or inside.name.startswith("gongkai.sqlite3")
            or path.is_symlink()
            or not path.is_file()
        ):
            continue
        try:
            writer.add_file(path, DATA + inside.as_posix())
        except FileNotFoundError:
            # Something temporary that went while we walked; what the database names never goes.
            continue


def _judged(taken: Taken, contents: list[str]) -> Taken:
    for place in contents:
        member, sha256 = taken.manifest.members.get(place), place.rpartition("/")[2]
        if member is None:
            taken.missing.append(sha256)
        elif member[1] != sha256:
            taken.damaged.append(sha256)
    return taken


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left behind goes."""
    with (folder / f".{PREFIX}lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FileExistsError("另一个备份正在写入这个文件夹。请等它完成。") from error
        for left in folder.glob(".*.part"):
            left.unlink()
        for left in folder.glob(f".{PREFIX}work"):
            shutil.rmtree(left)
        yield


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """On the same disk as the archive: the temporary folder of the system may be small."""
    work = folder / f".{PREFIX}work"
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:
        return ""
