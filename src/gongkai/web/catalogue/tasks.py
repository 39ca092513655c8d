"""Background work of this room."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.storage import default_storage
from django_tasks import task

from gongkai.reading.limits import CannotRead

from .files.extraction import words_of
from .files.types import BY_KEY
from .models import StoredFile, TextState


@task()
def extract_text(sha256: str) -> None:
    """Take the words of a stored content out for search. Running it again changes nothing once they are there."""
    row = StoredFile.objects.filter(sha256=sha256, text_state=TextState.WAITING).first()
    if row is None:
        return
    try:
        text = _words(row)
    except CannotRead as error:
        state, text, note = TextState.FAILED, "", error.message
    else:
        state, note = (TextState.DONE, "") if text else (TextState.NONE, "文件中没有可提取的文字。")
    # No transaction was open while reading: the row may have gone or been done by another worker meanwhile.
    StoredFile.objects.filter(sha256=sha256, text_state=TextState.WAITING).update(
        text=text.replace("\x00", ""), text_state=state, text_note=note[:300]
    )


def _words(row: StoredFile) -> str:
    suffix = BY_KEY[row.type].suffixes[0]
    with tempfile.TemporaryDirectory(prefix="gongkai-text-") as folder:
        path = Path(folder) / f"file.{suffix}"
        with default_storage.open(row.path) as content, path.open("wb") as copy:
            while piece := content.read(1 << 20):
                copy.write(piece)
        return words_of(path, path.name)
