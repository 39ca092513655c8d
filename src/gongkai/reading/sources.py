"""Which files to read: the paths a person names -> documents, in a stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

EXTENSIONS = frozenset((
    ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".txt", ".md", ".markdown", ".csv", ".tsv",
    ".doc", ".docx", ".docm", ".dotx", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ods",
    ".pdf", ".ofd", ".ceb", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif",
    ".zip", ".rar", ".7z",
))  # fmt: skip
"""What is taken from a folder. Formats we cannot read are among them, so that they are named and not passed over."""


def find_documents(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as named; of folders, all files below with a document's extension, sorted, without hidden ones.

    A file named explicitly is always taken, whatever it is called; a path that is not there too, so that whoever
    reads it can say so.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    """The documents of a folder; links to folders are not followed, so that no loop is walked."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _below(entry)
        elif entry.suffix.lower() in EXTENSIONS:
            yield entry
