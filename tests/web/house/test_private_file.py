"""Begun once, for its owner alone, and without letting go of locks that are held on it."""

import sqlite3
import stat
import subprocess
import sys

from gongkai.web.house.private_file import begin

TRY = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


def test_for_its_owner_alone_and_nothing_left_beside_it(tmp_path):
    path = tmp_path / "run" / "a.sqlite3"
    begin(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"x")
    begin(path)
    assert path.read_bytes() == b"x"
    assert [one.name for one in path.parent.iterdir()] == ["a.sqlite3"]


def test_locks_in_this_process_stand(tmp_path):
    path = tmp_path / "a.sqlite3"
    begin(path)
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("CREATE TABLE t (a)")
    link.execute("BEGIN IMMEDIATE")
    begin(path)
    other = subprocess.run([sys.executable, "-c", TRY, str(path)], capture_output=True, text=True, check=False)
    assert "locked" in other.stderr
    link.close()
