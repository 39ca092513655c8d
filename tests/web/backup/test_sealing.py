"""A sealed stream comes back as it was, or is told to be broken: whatever piece is changed, moved, left out or cut off."""

from __future__ import annotations

import io
import os

import pytest

from gongkai.web.backup import sealing
from gongkai.web.backup.sealing import Broken, Opening, Sealing, WrongPassphrase, opened

PHRASE, PIECE = "three-long-words-here", 64
HEAD, SEALED = sealing._HEAD, PIECE + 16
TEXT = bytes(range(256))  # four pieces, the last one full


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Small pieces, and the key of a passphrase for little work: what it costs has a test of its own."""
    monkeypatch.setattr(sealing, "PIECE", PIECE)
    whole = sealing.Scrypt
    monkeypatch.setattr(sealing, "Scrypt", lambda **given: whole(**{**given, "n": 2}))


def sealed(plain, step=50):
    out = io.BytesIO()
    sealing = Sealing(out, PHRASE)
    for at in range(0, len(plain), step):
        assert sealing.write(plain[at : at + step]) == len(plain[at : at + step])
        assert len(sealing._waiting) <= PIECE
    sealing.finish()
    return out.getvalue()


def read(content, step=37, phrase=PHRASE):
    opening, found = Opening(io.BytesIO(content), phrase), b""
    while piece := opening.read(step):
        found += piece
    return found


def pieces(content):
    return [content[at : at + SEALED] for at in range(HEAD, len(content), SEALED)]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 1000])
@pytest.mark.parametrize("step", [1, PIECE, 500])
def test_there_and_back(size, step):
    plain = os.urandom(size)
    content = sealed(plain, step)
    assert read(content, step) == plain
    assert len(content) == HEAD + size + 16 * max(1, -(-size // PIECE))


def test_cut_off_anywhere_it_is_broken():
    content = sealed(TEXT)
    for end in range(HEAD, len(content)):
        with pytest.raises(Broken):
            read(content[:end])
    for end in range(HEAD):
        with pytest.raises(WrongPassphrase, match="开头已损坏"):
            read(content[:end])


def test_any_change_is_found():
    content = sealed(TEXT)
    for at in range(0, len(content), 7):
        changed = bytearray(content)
        changed[at] ^= 1
        with pytest.raises((Broken, WrongPassphrase)):
            read(bytes(changed))


def test_pieces_keep_their_places():
    content = sealed(TEXT)
    one, two, three, four = pieces(content)
    other = pieces(sealed(TEXT))
    for order in ([two, one, three, four], [one, three, four], [one, two, three], [one, two, three, four, four], [one, other[1], three, four]):
        with pytest.raises(Broken):
            read(content[:HEAD] + b"".join(order))


def test_every_archive_has_a_key_of_its_own():
    assert pieces(sealed(TEXT))[0] != pieces(sealed(TEXT))[0]


def test_a_wrong_passphrase_is_told_from_a_damaged_file(tmp_path):
    with pytest.raises(WrongPassphrase, match="口令不对"):
        read(sealed(TEXT), phrase="three-long-words-herE")
    file = tmp_path / "a.tar.sealed"
    file.write_bytes(sealed(TEXT))
    with pytest.raises(WrongPassphrase, match="已加密"), opened(file, ""):
        pass
    file.write_bytes(sealed(TEXT)[:-SEALED])
    with pytest.raises(Broken), opened(file, PHRASE) as plain:
        assert plain.read(10) == TEXT[:10]  # who stops reading here is told all the same


def test_the_passphrase_is_stretched(monkeypatch):
    asked = []
    monkeypatch.setattr(sealing, "Scrypt", lambda **given: asked.append(given) or (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Sealing(io.BytesIO(), PHRASE)
    assert (asked[0]["n"], asked[0]["r"]) == (1 << 16, 8)
