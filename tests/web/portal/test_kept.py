"""The file of pages: whatever becomes of it, nobody gets an error and nothing wrong is read."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import threading

import pytest

from gongkai.web.portal.kept import LARGEST, NAME, Page, Store


def page(key: int, body: bytes = b"<p>page</p>") -> Page:
    return Page(key, "mark", 1.0, None, '"tag"', body)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run" / NAME


@pytest.fixture
def file(path):
    made = Store(path, 4)
    assert made.put([page(2), page(3, b"three")])
    return made


def test_pages_come_back_whole(file, path):
    assert file.get(3) == page(3, b"three")
    assert Store(path, 4).get(2) == page(2)
    assert file.get(4) is None
    assert file.laid(2, 2) == [(2, "mark", None)]
    assert file.drop([2])
    assert file.get(2) is None


def test_only_this_user_may_read_them(file, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}


def test_a_page_is_right_for_its_key_mark_and_time_only():
    one = Page(2, "mark", 10.0, 20.0, '"tag"')
    assert one.right(2, "mark", 10.0)
    assert one.right(2, "mark", 19.9)
    for key, mark, now in ((3, "mark", 15.0), (2, "other", 15.0), (2, "mark", 9.9), (2, "mark", 20.0)):
        assert not one.right(key, mark, now)


def test_a_missing_file_is_no_page(path):
    store = Store(path, 4)
    assert store.get(2) is None
    assert store.laid(0, 9) == []
    assert store.whole()


def test_a_deleted_file_is_begun_anew(file, path):
    path.unlink()
    assert file.get(2) is None
    assert file.put([page(5)])
    assert Store(path, 4).get(5) == page(5)


def test_a_file_that_is_no_database_is_left_alone_until_it_is_removed(file, path):
    file.remove()
    path.write_bytes(b"certainly not a database, whatever its name " * 200)
    assert file.get(2) is None
    assert not file.put([page(2)])
    assert not Store(path, 4).whole()
    assert path.read_bytes().startswith(b"certainly")
    file.remove()
    assert file.put([page(2)])
    assert file.get(2) == page(2)


def test_any_damaged_content_is_no_page(file, path):
    link = sqlite3.connect(path)
    (content,) = link.execute("SELECT content FROM page WHERE key = 2").fetchone()
    for place in range(len(content)):
        broken = bytearray(content)
        broken[place] ^= 0x55
        link.execute("UPDATE page SET content = ? WHERE key = 2", (bytes(broken),))
        link.commit()
        assert file.get(2) in (None, page(2)), place
    for wrong in (b"", content[:-3], "text", 7):
        link.execute("UPDATE page SET content = ? WHERE key = 2", (wrong,))
        link.commit()
        assert file.get(2) is None


def test_a_file_damaged_inside_raises_nothing(file, path):
    for key in range(10, 400):
        file.put([page(key, os.urandom(300))])
    with sqlite3.connect(path) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    link.close()
    whole = path.read_bytes()
    chance = random.Random(4)
    for _ in range(20):
        place = chance.randrange(100, len(whole) - 600)
        path.unlink()
        path.write_bytes(whole[:place] + os.urandom(500) + whole[place + 500 :])
        store = Store(path, 4)
        for key in range(400):
            found = store.get(key)
            assert found is None or (found.mark, found.etag) == ("mark", '"tag"')
        store.put([page(2)])
        store.drop([3])


def test_another_writer_is_not_waited_for_and_readers_go_on(file, path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not file.put([page(2, b"new")])
    assert file.get(3) == page(3, b"three")
    other.execute("ROLLBACK")
    assert file.put([page(2, b"new")])


def test_a_file_locked_to_all_is_no_page(path):
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("CREATE TABLE page (key INTEGER PRIMARY KEY, mark TEXT, until REAL, content BLOB)")
    store = Store(path, 4)
    assert store.get(2) is None
    assert not store.put([page(2)])
    other.close()
    assert store.put([page(2)])


def test_a_full_file_keeps_what_it_has(path):
    store, key = Store(path, 1), 0
    while store.put([page(key, os.urandom(5000))]):
        key += 1
    assert 150 < key < 220
    assert store.get(0) is not None
    assert store.put([page(0, b"smaller")])
    assert path.stat().st_size <= 1024 * 1024


def test_a_number_too_large_for_the_file_is_not_kept(file):
    assert file.put([page(LARGEST + 1)])
    assert file.get(LARGEST + 1) is None


def test_threads_have_connections_of_their_own(file):
    found = []
    threads = [threading.Thread(target=lambda: found.append(file.get(3))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [page(3, b"three")] * 4
