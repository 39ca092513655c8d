"""Contents under their hash: the same content is kept once and never changes."""

from __future__ import annotations

from typing import BinaryIO

from gongkai.web.catalogue.models import StoredFile, TextState
from gongkai.web.house import contents
from gongkai.web.house.contents import digest

from .types import FileType

__all__ = ["digest", "intact", "store"]


def store(file: BinaryIO, size: int, kind: FileType) -> StoredFile:
    """Keep the content and give its row; its words are taken out in the background.

    The bytes are written before the row exists: a crash between leaves a content nobody points to, never a row
    without content. Writing the same content again changes nothing. The task is written in the transaction of the row:
    neither is ever there without the other.
    """
    from gongkai.web.catalogue.tasks import extract_text

    sha256 = digest(file)
    row = StoredFile(sha256=sha256, size=size, type=kind.key)
    contents.keep(row.path, file, sha256)
    state = TextState.WAITING if kind.read else TextState.NONE
    row, created = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "type": kind.key, "text_state": state}
    )
    if created and kind.read:
        extract_text.enqueue(sha256)
    return row


def intact(row: StoredFile) -> bool:
    """Whether the content is there and still has its hash."""
    return contents.intact(row.path, row.sha256)
