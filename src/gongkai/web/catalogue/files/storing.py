"""Contents under their hash: the same content is kept once and never changes."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.web.catalogue.models import StoredFile, TextState

from .types import FileType

_PIECE = 1 << 20


def digest(file: BinaryIO) -> str:
    """SHA-256 of the whole content; leaves the position at the beginning."""
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def store(file: BinaryIO, size: int, kind: FileType) -> StoredFile:
    """Keep the content and give its row; its words are taken out after the transaction.

    The bytes are written before the row exists: a crash between leaves a content nobody points to, never a row
    without content. Writing the same content again changes nothing.
    """
    from gongkai.web.catalogue.tasks import extract_text

    sha256 = digest(file)
    row = StoredFile(sha256=sha256, size=size, type=kind.key)
    if not default_storage.exists(row.path) or default_storage.size(row.path) != size:
        if default_storage.exists(row.path):
            default_storage.delete(row.path)
        default_storage.save(row.path, File(file, name=sha256))
    state = TextState.WAITING if kind.read else TextState.NONE
    row, created = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "type": kind.key, "text_state": state}
    )
    if created and kind.read:
        transaction.on_commit(lambda: extract_text.enqueue(sha256))
    return row


def intact(row: StoredFile) -> bool:
    """Whether the content is there and still has its hash."""
    if not default_storage.exists(row.path):
        return False
    with default_storage.open(row.path) as file:
        return digest(file) == row.sha256
