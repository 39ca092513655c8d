"""Everything comes back; a spoilt archive is told; what is there is never overwritten; a killed run leaves nothing."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time

import pytest
from click.testing import CliRunner

from gongkai.cli.backup import backup_command, restore_command
from gongkai.web.backup.archive import BadArchive, verify
from gongkai.web.backup.restoring import CannotRestore, restore
from gongkai.web.backup.sealed_keys import WrongPassphrase
from gongkai.web.backup.taking import take
from gongkai.web.in_use import alone_in
from tests.web.support.postgres import new_database

from .conftest import PASSPHRASE, Platform

BACKUP = "from gongkai.cli.backup import backup_command; backup_command()"
RESTORE = "from gongkai.cli.backup import restore_command; restore_command()"


@pytest.fixture(scope="session")
def taken(source, tmp_path_factory):
    return take(source.data, source.address, tmp_path_factory.mktemp("kept"), PASSPHRASE)


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


@pytest.mark.parametrize("seed", range(12))
def test_a_spoilt_archive_is_told_and_nothing_is_restored(taken, tmp_path, seed):
    chance = random.Random(seed)
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
    with pytest.raises(CannotRestore, match="须给出备份口令"):
        restore(taken.path, tmp_path / "new", source.address)
    with pytest.raises(WrongPassphrase, match="至少12个字符"):
        take(source.data, source.address, tmp_path / "kept", "short")
    assert not (tmp_path / "new").exists()
    secret = (source.data / "keys" / "audit").read_bytes()
    assert secret not in taken.path.read_bytes()


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
    (archive,) = (tmp_path / "kept").glob("*.tar")
    assert "备份完整" in CliRunner().invoke(restore_command, [str(archive), "--check"]).output
    said = CliRunner().invoke(restore_command, [str(archive), *where], env={"GONGKAI_DATABASE_URL": ""})
    assert said.exit_code == 1
    assert "不是空的" in said.output
    where[1] = str(tmp_path / "new")
    said = CliRunner().invoke(restore_command, [str(archive), *where], env={"GONGKAI_DATABASE_URL": ""})
    assert said.exit_code == 0, said.output
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
