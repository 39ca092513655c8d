"""Back from an archive: into an empty place, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, nullcontext
from datetime import datetime
from pathlib import Path

from gongkai.web.in_use import InUse, alone_in

from . import databases, sealed_keys
from .archive import Manifest, verify
from .taking import DATA


class CannotRestore(ValueError):  # noqa: N818
    """The place is not free, or something needed is missing; the message says what to do. Nothing was changed."""


def restore(
    archive: Path,
    data: Path,
    database_url: str = "",
    passphrase: str = "",
    force: bool = False,
    without_keys: bool = False,
) -> Manifest:
    """Unpack beside `data`, compare every byte with the manifest, then put it in place by renaming.

    With `force` a data folder in use is set aside as <name>.replaced-<time>, never deleted. A run that was killed is
    simply run again. Nobody is signed in afterwards. Raises CannotRestore, BadArchive, WrongPassphrase, DatabaseFault.
    """
    occupied = data.exists() and (not data.is_dir() or any(data.iterdir()))
    if occupied and not force:
        raise CannotRestore(f"“{data}”不是空的。请另选一个数据目录，或用--force把它改名留存后恢复。")
    staging = data.with_name(f".{data.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700, parents=True)
    try:
        with alone_in(data) if data.is_dir() else nullcontext():
            manifest = verify(archive, staging / "unpacked", passphrase)
            whole = _arranged(staging, manifest, passphrase, without_keys)
            _database(staging / "unpacked", whole, manifest, database_url)
            _in_place(whole, data, occupied)
    except InUse as error:
        raise CannotRestore(str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _arranged(staging: Path, manifest: Manifest, passphrase: str, without_keys: bool) -> Path:
    """The data folder as it will be, without its database."""
    unpacked, whole = staging / "unpacked", staging / "whole"
    plain = unpacked / DATA
    if plain.exists():
        plain.rename(whole)
    else:
        whole.mkdir(mode=0o700)
    (whole / "files").mkdir(mode=0o700, exist_ok=True)
    if (unpacked / "keys").is_dir() and not without_keys:
        (unpacked / "keys").rename(whole / "keys")
    elif manifest.facts.get("keys") and not without_keys:
        if not passphrase:
            raise CannotRestore(
                "这份备份含有密钥，须给出备份口令（--passphrase-file）。不恢复密钥请用--without-keys。"
            )
        sealed_keys.unseal((unpacked / sealed_keys.NAME).read_bytes(), passphrase, whole / "keys")
    return whole


def _database(unpacked: Path, whole: Path, manifest: Manifest, address: str) -> None:
    kind = manifest.facts.get("database")
    if (kind == "sqlite") is databases.is_postgres(address):
        wanted = "SQLite" if kind == "sqlite" else "PostgreSQL"
        raise CannotRestore(f"这份备份是{wanted}的。请相应设置GONGKAI_DATABASE_URL后再恢复。")
    if kind == "sqlite":
        with closing(sqlite3.connect(unpacked / databases.SQLITE)) as link:
            databases.forget_sqlite(link)
        (unpacked / databases.SQLITE).rename(whole / "gongkai.sqlite3")
        return
    if not _already(address, manifest):
        databases.fill(address, unpacked / databases.DUMP, str(kind))
    databases.forget_postgres(address)


def _already(address: str, manifest: Manifest) -> bool:
    """True when a killed run filled the database before. Raises CannotRestore when something else is in it."""
    import psycopg

    with psycopg.connect(address) as link:
        tables = {
            name for (name,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        }
        if "audit_auditevent" in tables and list(databases.audit_end(link)) == list(manifest.facts["audit"]):
            return bool(manifest.facts["audit"][0])
        rows = tables and "audit_auditevent" in tables and databases.audit_end(link)[0]
    if rows or (tables and manifest.facts["database"] != "copy"):
        raise CannotRestore("数据库不是空的。请新建一个空的数据库，并相应设置GONGKAI_DATABASE_URL。")
    return False


def _in_place(whole: Path, data: Path, occupied: bool) -> None:
    aside = data.with_name(f"{data.name}.replaced-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    if occupied:
        data.rename(aside)
    try:
        whole.rename(data)
    except OSError:
        if occupied:
            aside.rename(data)
        raise
    _flush(data.parent)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
