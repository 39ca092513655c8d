"""Reading what passes through: in worker processes under limits, a few at a time, while the visitor may wait or look."""

from __future__ import annotations

import logging
import re
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillAtIt
from functools import cache
from itertools import islice
from pathlib import Path

from gongkai.reading.worker import read_many
from gongkai.report import Problem, Report
from gongkai.web.reporting.inspecting.inspection import WORK, Inspected

from .fetch import CannotFetch, fetch
from .limits import AT_ONCE, FIRST_ANSWER_SECONDS, LIMITS, MEMBERS, PAGES, WAITING
from .store import Passing, State, purge

log = logging.getLogger(__name__)

_WORDS = {
    "timeout": f"读取超过{LIMITS.seconds:g}秒，已停止。请拆分后再试；扫描件请不超过{PAGES}页。",
    "failed": "读取时出错，没有读到内容。请另存为DOCX、PDF或网页后再试。",
    "not_found": "文件已清除。请重新上传。",
}
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SWEEP_SECONDS = 60.0
_under_way = threading.BoundedSemaphore(WAITING)


@cache
def _pool() -> ThreadPoolExecutor:
    """Made at the first check, in the process that serves it."""
    return ThreadPoolExecutor(AT_ONCE, "checker")


@cache
def _sweeper() -> threading.Thread:
    """Forgets what is past its time also when nobody comes any more."""

    def sweep() -> None:
        while True:
            time.sleep(_SWEEP_SECONDS)
            purge()

    thread = threading.Thread(target=sweep, name="checker-sweeper", daemon=True)
    thread.start()
    return thread


@cache
def get_ready() -> threading.Thread:
    """Start the process that workers come from, once: while the visitor still chooses his file."""

    def warm() -> None:
        with tempfile.TemporaryDirectory(prefix="gongkai-warm-") as folder:
            path = Path(folder) / "热身.txt"
            path.write_text("热身", "utf-8")
            read(path)

    thread = threading.Thread(target=warm, name="checker-warm", daemon=True)
    thread.start()
    return thread


class Busy(Exception):  # noqa: N818  # a verdict on the moment, not a fault
    """Too many documents wait already."""


def start(passing: Passing, state: State) -> None:
    """Read the document (or fetch and read the address); comes back with the result, or sooner if it takes longer.

    Raises Busy when too many wait.
    """
    if not _under_way.acquire(blocking=False):
        raise Busy
    future: Future[None] = _pool().submit(_run, passing, state)
    _sweeper()
    try:
        future.result(FIRST_ANSWER_SECONDS)
    except StillAtIt:
        return


def read(path: Path) -> list[Inspected]:
    """The results of one document on disk, in this thread but in another process."""
    found = islice(read_many([path], jobs=1, limits=LIMITS, work=WORK), MEMBERS)
    return [_inspected(report) for report in found]


def _run(passing: Passing, state: State) -> None:
    try:
        document = _fetched(passing, state) if state.address else passing.document()
        if document is None:
            raise CannotFetch(_WORDS["not_found"])
        state.stage, state.pages = "reading", _pages(document)
        passing.tell(state)
        began = time.monotonic()
        found = read(document)
        state.seconds = round(time.monotonic() - began, 1)
        passing.keep(found)
        state.stage = "done"
    except CannotFetch as refusal:
        state.stage, state.words = "refused", str(refusal)
    except Exception:  # whatever happens here, the visitor must be told that nothing more will come
        log.exception("a check failed")
        state.stage, state.words = "refused", _WORDS["failed"]
    finally:
        if state.owner is None:
            passing.forget_upload()
        passing.tell(state)
        _under_way.release()


def _fetched(passing: Passing, state: State) -> Path:
    state.stage = "fetching"
    passing.tell(state)
    got = fetch(state.address)
    state.name, state.size, state.address = got.name, len(got.data), got.address
    return passing.put(got.name, iter([got.data]))


def _inspected(report: Report) -> Inspected:
    """What came back; a document that broke its worker comes as a bare report."""
    if isinstance(report, Inspected):
        return report
    name = report.source.rpartition("/upload/")[2]
    problems = tuple(Problem(p.code, _WORDS.get(p.code) or _plain(p.message), p.address) for p in report.problems)
    return Inspected(source=name, problems=problems)


def _plain(message: str) -> str:
    """A message without its advice for the command line."""
    return message.replace("，或用参数提高上限后再读取", "后再试").replace("请拆分文档后再试", "请拆分后再试")


def _pages(document: Path) -> int:
    """The pages of a PDF, for the line that says how far things are; 0 for what has none."""
    data = document.read_bytes()
    return len(_PAGE.findall(data)) if data[:1024].lstrip().startswith(b"%PDF") else 0
