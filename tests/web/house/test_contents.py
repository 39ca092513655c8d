"""Contents under their hash are whole or absent, and mended when they come again."""

from __future__ import annotations

import hashlib
import io

import pytest
from django.core.files.storage import default_storage

from gongkai.web.house import contents

DATA = b"the whole content"
HASH = hashlib.sha256(DATA).hexdigest()


class Cut(io.BytesIO):
    """Ends in the middle, as a process that is killed does."""

    def read(self, size=-1):
        if self.tell():
            raise KeyboardInterrupt
        return super().read(5)


@pytest.fixture
def path():
    name = f"tests/{HASH}"
    yield name
    default_storage.delete(name)


def test_whole(path):
    contents.keep(path, io.BytesIO(DATA), HASH)
    assert contents.intact(path, HASH)
    with default_storage.open(path) as file:
        assert file.read() == DATA


def test_cut_short_it_is_absent(path):
    with pytest.raises(KeyboardInterrupt):
        contents.keep(path, Cut(DATA), HASH)
    assert not default_storage.exists(path)
    assert not contents.intact(path, HASH)


@pytest.mark.parametrize("there", [b"", DATA[:5], DATA[::-1]])
def test_what_is_there_in_part_or_spoilt_is_mended(path, there):
    contents.keep(path, io.BytesIO(there), hashlib.sha256(there).hexdigest())
    contents.keep(path, io.BytesIO(DATA), HASH)
    assert contents.intact(path, HASH)


def test_another_content_than_the_hash_says_is_refused(path):
    with pytest.raises(ValueError, match="hash"):
        contents.keep(path, io.BytesIO(b"other"), HASH)
    assert not default_storage.exists(path)


def test_what_killed_writers_left_goes(path):
    left = contents.incoming() / "left"
    left.write_bytes(b"x")
    contents.sweep()
    assert left.exists()  # another process may be writing it
    contents.sweep(older_than_seconds=-1)
    assert not left.exists()
