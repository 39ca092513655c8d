"""A file's bytes -> Documents: the one door to the format adapters.

The adapters are imported when a document of their kind arrives, so reading web pages never loads an OCR engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath

from gongkai.reading.archive import Archive, Budget, Member
from gongkai.reading.blocks import Document
from gongkai.reading.detecting import detect
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.naming import misnamed
from gongkai.report import Problem, Trace

Opener = Callable[[bytes, str, Limits], Document]

OPENERS: dict[str, tuple[str, str]] = {
    "pdf": ("pdf", "open_pdf"),
    "image": ("image", "open_image"),
    "ofd": ("ofd", "open_ofd"),
    "docx": ("docx", "open_docx"),
    "doc": ("doc", "open_doc"),
    "sheet": ("sheets", "open_sheets"),
    "mht": ("mht", "open_mht"),
    "html": ("html", "open_html"),
    "text": ("text", "open_text"),
}
"""The adapter of each kind :func:`detect` tells, zip aside: module of ``gongkai.reading.formats``, function."""

_ASSETS = frozenset((
    "css", "js", "mjs", "json", "map", "woff", "woff2", "ttf", "eot", "svg", "ico", "mp3", "mp4", "avi", "mov", "wmv",
    "flv", "swf", "db", "ini", "exe", "dll", "lnk", "url", "bat", "log", "ds_store",
))  # fmt: skip
"""Extensions of files that travel along in archives and are never a report."""


def open_document(data: bytes, name: str, limits: Limits) -> list[Document]:
    """The documents in a file: one, or for a zip one per member that is no mere baggage.

    A member that cannot be read becomes a Document without blocks that holds the one problem. Raises CannotRead
    with ``corrupt``, ``encrypted``, ``too_large`` or ``unsupported`` when the file itself cannot be read.
    """
    if len(data) > limits.bytes:
        raise CannotRead("too_large", f"文件有{len(data) / (1 << 20):.0f}MB，超过上限{limits.bytes / (1 << 20):g}MB。")
    return list(_open(data, name, limits, Budget(limits.unpacked)))


def is_baggage(name: str) -> bool:
    """Whether a member of an archive is no document: system folders, lock files, page assets."""
    path = PurePosixPath(name)
    return (
        any(part.startswith((".", "~$")) or part.upper() == "__MACOSX" for part in path.parts)
        or path.name.lower() == "thumbs.db"
        or path.suffix[1:].lower() in _ASSETS
        or any(part.lower().endswith(("_files", ".files")) for part in path.parts[:-1])
    )


def failed(source: str, code: str, message: str, kind: str = "unknown") -> Document:
    """A document that could not be read, with the one problem that says why."""
    return Document(source, kind, problems=[Problem(code, message, trace=Trace("unreadable", file=source))])


def documents_of(archive: Archive, name: str) -> list[Member]:
    """The members worth opening; raises CannotRead when there is none."""
    members = [member for member in archive.members if not is_baggage(member.name)]
    if not members:
        raise CannotRead("unsupported", f"压缩包“{PurePosixPath(name).name}”里没有可读的文档。")
    return members


def inside(limits: Limits) -> Limits:
    """The limits of an archive's members: one level of nesting is used up."""
    if limits.depth < 1:
        raise CannotRead("too_large", "压缩包嵌套层数超过上限，请逐层解压后再读取。")
    return replace(limits, depth=limits.depth - 1)


def _open(data: bytes, name: str, limits: Limits, budget: Budget) -> Iterator[Document]:
    kind = detect(data, name, limits)
    if kind != "zip":
        document = _open_one(kind, data, name, limits)
        if problem := misnamed(name, kind):
            document.problems.append(problem)
        yield document
        return
    within = inside(limits)
    with Archive(data, limits, budget) as archive:
        for member in documents_of(archive, name):
            source = f"{name}!{member.name}"
            try:
                yield from _open(archive.read(member), source, within, budget)
            except CannotRead as error:
                yield failed(source, error.code, error.message, PurePosixPath(member.name).suffix[1:].lower())
            if budget.left < 0:
                return


def _open_one(kind: str, data: bytes, name: str, limits: Limits) -> Document:
    module, function = OPENERS[kind]
    opener: Opener = getattr(import_module(f"gongkai.reading.formats.{module}"), function)
    try:
        return opener(data, name, limits)
    except (CannotRead, MemoryError, ImportError):
        raise
    except RecursionError as fault:
        raise CannotRead("too_large", "文档内部嵌套过深，无法读取，请重新导出。") from fault
    except Exception as fault:  # a hostile file may break an adapter or its library anywhere
        raise CannotRead("corrupt", f"文档结构有误，无法读取（{type(fault).__name__}），请重新导出。") from fault
