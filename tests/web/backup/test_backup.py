"""Everything comes back; a spoilt archive is told; what is there is never overwritten; a killed run leaves nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from gongkai.cli.backup import backup_command, restore_command
from gongkai.web.backup.archive import BadArchive, verify, writing
from gongkai.web.backup.restoring import CannotRestore, restore
from gongkai.web.backup.sealing import WrongPassphrase
from gongkai.web.backup.taking import take
from gongkai.web.in_use import alone_in
from tests.web.support.postgres import new_database
from tests.web.support.small_disk import small_disk

from .conftest import PASSPHRASE, SESSION, Platform

BACKUP = "from gongkai.cli.backup import backup_command; backup_command()"
RESTORE = "from gongkai.cli.backup import restore_command; restore_command()"


@pytest.fixture(scope="session")
def taken(source, tmp_path_factory):
    return take(source.data, source.address, tmp_path_factory.mktemp("kept"), PASSPHRASE)


@pytest.fixture(scope="session")
def plain(source, tmp_path_factory):
    return take(source.data, source.address, tmp_path_factory.mktemp("kept"))


def test_there_and_back(source, taken, tmp_path):
    target = Platform(tmp_path / "new", new_database("kept_target"))
    restore(taken.path, target.data, target.address, PASSPHRASE)
    assert target.titles() == source.titles() == "春灌公告|节水公告"
    assert "审计链完整" in target.manage("verify_audit").stdout
    assert (target.data / "keys" / "audit").read_text() == (source.data / "keys" / "audit").read_text()
    assert (target.data / "keys" / "audit").stat().st_mode & 0o077 == 0
    kept = [path for path in (target.data / "files").rglob("*") if path.is_file()]
    assert [path.read_text("utf-8") for path in kept] == ["灌溉面积表"]
    assert target.manage("migrate", "--check").returncode == 0
    assert target.people() == "[0, 0, 0] ['BOUND']"


def test_a_sealed_archive_tells_nothing(source, taken):
    content = taken.path.read_bytes()
    assert taken.path.name.endswith(".tar.sealed")
    secret = (source.data / "keys" / "audit").read_bytes()
    for known in (secret, SESSION.encode(), "春灌公告".encode(), "灌溉面积表".encode(), b"manifest.json"):
        assert known not in content


def test_no_session_is_in_an_archive(source, plain):
    """Nor what was left of it in a page of the database that is free again."""
    content = plain.path.read_bytes()
    assert "春灌公告".encode() in content or source.address
    for known in (SESSION, "198.51.100.7", "198.51.100.8"):
        assert known.encode() not in content


def test_an_older_archive_is_restored(source, plain, tmp_path):
    """Not sealed as a whole, its keys by themselves, somebody signed in."""
    with tarfile.open(plain.path) as tar:
        tar.extractall(tmp_path / "old", filter="data")
    facts = json.loads((tmp_path / "old" / "manifest.json").read_bytes())["facts"] | {"keys": True}
    if not source.address:
        with sqlite3.connect(tmp_path / "old" / "database.sqlite3") as link:
            link.execute("INSERT INTO django_session VALUES (?, 'x', '2099-01-01')", [SESSION])
        link.close()
    salt, nonce = os.urandom(16), os.urandom(12)
    key = Scrypt(salt=salt, length=32, n=1 << 16, r=8, p=1).derive(PASSPHRASE.encode())
    keys = json.dumps({path.name: path.read_text() for path in (source.data / "keys").iterdir()}).encode()
    old = tmp_path / "old.tar"
    with writing(old) as writer:
        writer.add_bytes("keys.sealed", salt + nonce + AESGCM(key).encrypt(nonce, keys, b"gongkai-backup-keys/1"))
        for path in sorted((tmp_path / "old").rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                writer.add_file(path, path.relative_to(tmp_path / "old").as_posix())
        writer.manifest.facts |= facts
    target = Platform(tmp_path / "new", new_database("kept_older"))
    with pytest.raises(CannotRestore, match="须给出备份口令"):
        restore(old, target.data, target.address)
    with pytest.raises(WrongPassphrase, match="口令不对"):
        restore(old, target.data, target.address, "another-long-one")
    assert not target.data.exists()
    restore(old, target.data, target.address, PASSPHRASE)
    assert (target.data / "keys" / "audit").read_text() == (source.data / "keys" / "audit").read_text()
    assert target.people() == "[0, 0, 0] ['BOUND']"


def test_on_a_disk_without_room_nothing_is_left(copy, tmp_path):
    where = ["--data", str(copy.data)]
    env = {"GONGKAI_DATABASE_URL": "", "GONGKAI_BACKUP_PASSPHRASE": PASSPHRASE}
    with small_disk(tmp_path / "disk", 1) as place:
        said = CliRunner().invoke(backup_command, [str(place / "kept"), *where], env=env)
        assert (said.exit_code, "磁盘空间不足，没有备份" in said.output) == (1, True), said.output
        assert [path.name for path in (place / "kept").iterdir()] == [".gongkai-backup-lock"]
        archive = take(copy.data, "", tmp_path / "kept", PASSPHRASE).path
        said = CliRunner().invoke(restore_command, [str(archive), "--data", str(place / "new")], env=env)
        assert (said.exit_code, "磁盘空间不足，没有恢复" in said.output) == (1, True), said.output
        assert [path.name for path in place.iterdir()] == ["kept"]


def test_what_was_set_aside_comes_back_when_the_last_step_fails(copy, taken, monkeypatch):
    rename = Path.rename

    def fail(self, target):
        if self.name == "whole":
            raise OSError("the disk went")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="the disk went"):
        restore(taken.path, copy.data, "", PASSPHRASE, force=True)
    monkeypatch.undo()
    assert copy.titles() == "春灌公告|节水公告"
    assert not list(copy.data.parent.glob("*.replaced-*"))


def test_without_pg_dump_tables_are_copied_one_by_one(source, tmp_path, monkeypatch):
    if not source.address:
        pytest.skip("PostgreSQL only")
    from gongkai.web.backup import databases

    monkeypatch.setattr(databases.shutil, "which", lambda name: None)
    kept = take(source.data, source.address, tmp_path / "kept", PASSPHRASE)
    assert kept.manifest.facts["database"] == "copy"
    target = Platform(tmp_path / "new", new_database("kept_tables"))
    line = [sys.executable, "-c", RESTORE, str(kept.path)]
    environment = {**target.environment, "GONGKAI_BACKUP_PASSPHRASE": PASSPHRASE}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert target.titles() == source.titles()
    assert "审计链完整" in target.manage("verify_audit").stdout


@pytest.mark.parametrize("tools", [True, False])
def test_what_happens_while_the_copy_is_made_is_not_in_it(source, tmp_path, monkeypatch, tools):
    """The end of the log that the archive tells is the end of the log that is in it."""
    if not source.address:
        pytest.skip("PostgreSQL only: SQLite tells it of the copy itself")
    from gongkai.web.backup import databases

    told = databases.audit_end

    def meanwhile(link):
        found = told(link)
        source.manage("turn_keys", "--no-new")
        return found

    monkeypatch.setattr(databases, "audit_end", meanwhile)
    if not tools:
        monkeypatch.setattr(databases.shutil, "which", lambda name: None)
    kept = take(source.data, source.address, tmp_path / "kept", PASSPHRASE)
    monkeypatch.undo()
    target = Platform(tmp_path / "new", new_database(f"kept_meanwhile_{tools}"))
    line = [sys.executable, "-c", RESTORE, str(kept.path)]
    environment = {**target.environment, "GONGKAI_BACKUP_PASSPHRASE": PASSPHRASE}
    subprocess.run(line, env=environment, check=True)
    number, seal = kept.manifest.facts["audit"]
    assert "审计链完整" in target.manage("verify_audit", "--expect", seal).stdout
    assert f"{number}条" in target.manage("verify_audit").stdout


def test_a_pg_dump_older_than_the_server_is_not_used(source, tmp_path, monkeypatch):
    if not source.address:
        pytest.skip("PostgreSQL only")
    old = tmp_path / "tools" / "pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    kept = take(source.data, source.address, tmp_path / "kept", PASSPHRASE)
    assert kept.manifest.facts["database"] == "copy"


def test_a_filled_database_is_not_touched(source, taken, tmp_path):
    if not source.address:
        pytest.skip("PostgreSQL only")
    other = Platform(tmp_path / "other", new_database("kept_other"))
    other.manage("prepare")
    with pytest.raises(CannotRestore, match="数据库不是空的"):
        restore(taken.path, tmp_path / "new", other.address, PASSPHRASE)
    assert not (tmp_path / "new").exists()


def test_a_killed_restore_is_run_again(source, taken, tmp_path, monkeypatch):
    from gongkai.web.backup import restoring

    address = new_database("kept_again")

    def cut(*args):
        raise OSError("killed")

    monkeypatch.setattr(restoring, "_in_place", cut)
    with pytest.raises(OSError, match="killed"):
        restore(taken.path, tmp_path / "new", address, PASSPHRASE)
    monkeypatch.undo()
    assert not (tmp_path / "new").exists()
    restore(taken.path, tmp_path / "new", address, PASSPHRASE)
    assert Platform(tmp_path / "new", address).titles() == source.titles()


@pytest.mark.parametrize("seed", range(3))
def test_a_spoilt_sealed_archive_is_told_and_nothing_is_restored(taken, tmp_path, seed):
    chance, content = random.Random(seed), bytearray(taken.path.read_bytes())
    if seed:
        content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    else:
        del content[chance.randrange(100, len(content)) :]
    spoilt = tmp_path / "spoilt.tar.sealed"
    spoilt.write_bytes(content)
    with pytest.raises(BadArchive, match="已损坏"):
        restore(spoilt, tmp_path / "new", "", PASSPHRASE)
    assert list(tmp_path.iterdir()) == [spoilt]


@pytest.mark.parametrize("seed", range(12))
def test_a_spoilt_archive_is_told_and_nothing_is_restored(plain, tmp_path, seed):
    taken, chance = plain, random.Random(seed)
    content = bytearray(taken.path.read_bytes())
    spoilt = tmp_path / "spoilt.tar"
    if seed % 3 == 0:
        del content[chance.randrange(512, len(content) - 12_000) :]
    else:
        with tarfile.open(taken.path) as tar:
            member = chance.choice([one for one in tar if one.size])
        content[member.offset_data + chance.randrange(member.size)] ^= 1 << chance.randrange(8)
    spoilt.write_bytes(content)
    try:
        found = verify(spoilt)
    except BadArchive:
        pass
    else:
        # A flip inside the manifest's own facts or spaces changes no content.
        assert found.members == taken.manifest.members
        return
    with pytest.raises(BadArchive):
        restore(spoilt, tmp_path / "new", "", PASSPHRASE)
    assert not (tmp_path / "new").exists()
    assert list(tmp_path.iterdir()) == [spoilt]


def test_members_that_climb_out_are_refused(tmp_path):
    import io

    path = tmp_path / "bad.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo("data/../../out")
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(BadArchive, match="不该有"):
        verify(path, tmp_path / "in")
    assert not (tmp_path / "out").exists()


def test_an_occupied_folder_is_kept(copy, taken, tmp_path):
    with pytest.raises(CannotRestore, match="不是空的"):
        restore(taken.path, copy.data, "", PASSPHRASE)
    (copy.data / "mine.txt").write_text("x")
    restore(taken.path, copy.data, "", PASSPHRASE, force=True)
    (aside,) = tmp_path.glob("copy.replaced-*")
    assert (aside / "mine.txt").read_text() == "x"
    assert not (copy.data / "mine.txt").exists()


def test_a_platform_that_runs_is_not_replaced(copy, taken):
    with alone_in(copy.data), pytest.raises(CannotRestore, match="先停止"):
        restore(taken.path, copy.data, "", PASSPHRASE, force=True)
    assert copy.titles() == "春灌公告|节水公告"


def test_keys_need_their_passphrase(source, taken, tmp_path):
    with pytest.raises(WrongPassphrase, match="口令不对"):
        restore(taken.path, tmp_path / "new", source.address, "another-long-one")
    with pytest.raises(WrongPassphrase, match="已加密。请给出备份口令"):
        restore(taken.path, tmp_path / "new", source.address)
    with pytest.raises(WrongPassphrase, match="至少12个字符"):
        take(source.data, source.address, tmp_path / "kept", "short")
    assert not (tmp_path / "new").exists()


def test_lost_and_rotten_contents_are_named(copy, tmp_path):
    (file,) = [path for path in (copy.data / "files").rglob("*") if path.is_file()]
    file.write_text("changed")
    assert take(copy.data, "", tmp_path / "kept", name="a.tar").damaged == [file.name]
    file.unlink()
    assert take(copy.data, "", tmp_path / "kept", name="b.tar").missing == [file.name]
    said = CliRunner().invoke(
        backup_command, [str(tmp_path / "kept"), "--data", str(copy.data)], env={"GONGKAI_DATABASE_URL": ""}
    )
    assert said.exit_code == 1
    assert "1个附件或报告原件缺失" in said.output


def test_lost_originals_of_reports_are_named_too(copy, tmp_path):
    sha256 = "ab" * 32
    with sqlite3.connect(copy.data / "gongkai.sqlite3") as link:
        link.execute("INSERT INTO reporting_reportfile VALUES (?, 1, 'html', '2026-01-01')", [sha256])
    link.close()
    assert take(copy.data, "", tmp_path / "kept", name="a.tar").missing == [sha256]
    left = copy.data / "files" / ".incoming" / "half"
    left.parent.mkdir(exist_ok=True)
    left.write_text("half")
    place = copy.data / "files" / "reports" / "ab" / "ab" / sha256
    place.parent.mkdir(parents=True)
    place.write_text("other")
    kept = take(copy.data, "", tmp_path / "kept", name="b.tar")
    assert (kept.missing, kept.damaged) == ([], [sha256])
    assert not [name for name in kept.manifest.members if ".incoming" in name]


def test_the_commands(copy, tmp_path):
    secret, before = tmp_path / "pass", 0o022
    os.umask(before)
    secret.write_text(PASSPHRASE + "\n")
    where = ["--data", str(copy.data), "--passphrase-file", str(secret)]
    said = CliRunner().invoke(
        backup_command, [str(tmp_path / "kept"), *where], env={"GONGKAI_DATABASE_URL": ""}
    )
    assert said.exit_code == 0, said.output
    (archive,) = (tmp_path / "kept").glob("*.tar.sealed")
    assert "备份完整" in CliRunner().invoke(restore_command, [str(archive), "--check", *where]).output
    assert "已加密" in CliRunner().invoke(restore_command, [str(archive), "--check"]).output
    said = CliRunner().invoke(restore_command, [str(archive), *where], env={"GONGKAI_DATABASE_URL": ""})
    assert said.exit_code == 1
    assert "不是空的" in said.output
    where[1] = str(tmp_path / "new")
    said = CliRunner().invoke(restore_command, [str(archive), *where], env={"GONGKAI_DATABASE_URL": ""})
    assert said.exit_code == 0, said.output
    assert "所有人员须重新登录" in said.output
    new = tmp_path / "new"
    assert not any(path.stat().st_mode & 0o077 for path in [new, *new.rglob("*")])
    assert os.umask(before) == before  # a command does not leave its own umask behind


@pytest.mark.slow
def test_killed_it_leaves_a_whole_archive_or_none(copy, tmp_path):
    chance, folder = random.Random(4), tmp_path / "kept"
    for _ in range(8):
        line = [sys.executable, "-c", BACKUP, str(folder), "--data", str(copy.data)]
        process = subprocess.Popen(
            line, env=copy.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.2, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for archive in folder.glob("*.tar"):
            verify(archive)
            archive.unlink()
    take(copy.data, "", folder, name="last.tar")
    assert sorted(path.name for path in folder.iterdir()) == [".gongkai-backup-lock", "last.tar"]
