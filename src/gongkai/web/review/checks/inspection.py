"""One file looked at in a process of its own, under limits of time and memory: what hides in it, and what its words give
away. Nothing in this module may import Django: the process starts without it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import TimeoutError as OutOfTime
from pathlib import Path

from gongkai import isolation
from gongkai.reading.blocks import Document, Grid
from gongkai.reading.limits import CannotRead, Limits
from gongkai.web.review.checks.finding import Found, Link, Looked, Passage
from gongkai.web.review.checks.marks import marks
from gongkai.web.review.checks.personal import personal_data

LIMITS = Limits(seconds=90)
MOST = 200
"""Findings kept of one file; a list of thousands of numbers is no clearer than its first hundreds."""
_READABLE = {"pdf", "docx", "doc", "xlsx", "xls", "ofd", "text", "html", "zip", "png", "jpeg", "gif"}


def inspect_apart(path: Path, name: str, family: str, limits: Limits = LIMITS) -> Looked:
    """The findings and links of the file at `path`. Never raises for a hostile file: what could not be checked is a finding."""
    from pebble import ProcessExpired, ProcessPool

    pool = ProcessPool(
        max_workers=1, initializer=_confine, initargs=(limits.scan_memory,), context=isolation.context("spawn")
    )
    try:
        looked: Looked = pool.schedule(look, args=(str(path), name, family, limits), timeout=limits.seconds).result()
    except OutOfTime:
        return Looked((Found("unchecked", f"{limits.seconds:g}秒内没有检查完", value="timeout"),))
    except (ProcessExpired, MemoryError):
        return Looked((Found("unchecked", "检查进程异常终止，文件可能损坏", value="expired"),))
    finally:
        pool.stop()
        pool.join()
    return looked


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def look(path: str, name: str, family: str, limits: Limits) -> Looked:
    """Runs in the worker: what hides, then the words, then the links."""
    content = Path(path).read_bytes()
    found = list(dict.fromkeys((*_hidden(content, family, name), *_words(content, name, family, limits))))[:MOST]
    links, note = _links(content, family)
    return Looked((*found, *note), links)


def _hidden(content: bytes, family: str, name: str) -> Iterator[Found]:
    from gongkai.web.review.checks.files import inspect

    try:
        yield from inspect(content, family, name)
    except Exception as error:  # parsers of hostile files raise anything; a person must look at such a file
        yield Found("unchecked", "文件结构异常，未能检查隐藏内容", value=f"hidden:{type(error).__name__}")


def _links(content: bytes, family: str) -> tuple[tuple[Link, ...], tuple[Found, ...]]:
    from gongkai.web.review.checks.files.links import MOST as MOST_LINKS
    from gongkai.web.review.checks.files.links import links_in

    try:
        links, more = links_in(content, family)
    except Exception as error:  # as above
        return (), (Found("unchecked", "未能检查文件中的链接", value=f"links:{type(error).__name__}"),)
    note = (Found("unchecked", f"链接超过{MOST_LINKS}个，其余没有检查", value="links"),) if more else ()
    return tuple(links), note


def _words(content: bytes, name: str, family: str, limits: Limits) -> Iterator[Found]:
    if family not in _READABLE:
        yield Found("unchecked", "这种文件的内容不能自动检查", value="family")
        return
    from gongkai.reading.opening import open_document

    try:
        documents = open_document(content, name, limits)
    except CannotRead as error:
        yield Found("unchecked", f"未能读出文字：{error.message}", value=f"read:{error.code}")
        return
    except Exception as error:  # as above
        yield Found("unchecked", "未能读出文字", value=f"read:{type(error).__name__}")
        return
    for document in documents:
        passages = list(_passages(document, len(documents) > 1))
        if not passages:
            yield Found("unchecked", "没有读到文字，可能是扫描件", document.source if len(documents) > 1 else "", value="empty")
        yield from personal_data(passages)
        yield from marks(passages)


def _passages(document: Document, several: bool) -> Iterator[Passage]:
    within = f"“{document.source}”" if several else ""
    for number, block in enumerate(document.blocks, 1):
        page, sheet = block.spot.page, block.spot.sheet
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text.strip())
                page, sheet = page or cell.spot.page, sheet or cell.spot.sheet
            place = within + (f"第{page}页" if page else f"工作表“{sheet}”" if sheet else f"第{number}块")
            heads = "\t".join(rows.get(min(rows), [])) if rows else ""
            for row, cells in sorted(rows.items()):
                # The heading says what a number is; it is put before rows so that context is not lost.
                line = "\t".join(cells)
                yield Passage(line if row == min(rows) else f"{heads}\t{line}" if len(heads) < 40 else line, f"{place}表格第{row + 1}行")
        elif block.text.strip():
            yield Passage(block.text, within + (f"第{page}页" if page else f"第{number}段"))
