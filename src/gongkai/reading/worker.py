"""Many documents, each in a worker process under limits of time and memory, in the order given.

A document that runs out of either, or kills its worker, costs one problem; the worker is replaced and the others go
on. Documents are opened in the workers and only a short stretch of the list is under way at any time, so folders and
archives of any length stream.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai import isolation
from gongkai.reading.allowance import ALARM, allowance
from gongkai.reading.archive import FAULTS, Archive
from gongkai.reading.detecting import ZIP, detect_packed
from gongkai.reading.limits import CannotRead, Limits
from gongkai.reading.opening import documents_of, inside
from gongkai.report import Problem, Report, Trace

if TYPE_CHECKING:
    from pebble import ProcessFuture

Work = Callable[[bytes, str, Limits], list[Report]]

READ = "gongkai.reading.pipeline:read_bytes"
_PRELOAD = ["gongkai.reading.formats.html", "gongkai.reading.formats.text", "gongkai.reading.formats.docx"]
_RENEW = 500
"""Documents after which a worker is renewed, so that what a library leaks stays small."""


@dataclass(frozen=True, slots=True)
class Task:
    """One document: a file, or the member of a zip at ``index`` of its directory."""

    path: Path
    source: str
    index: int | None = None


def read_many(paths: Iterable[Path], *, jobs: int, limits: Limits, work: str = READ) -> Iterator[Report]:
    """The reports of all documents, in the order of ``paths`` (and of the members of a zip).

    ``work`` names the function (``module:function``) that turns bytes, source and limits into reports. Never raises
    for a document: what cannot be read is a report with a problem (``corrupt``, ``encrypted``, ``unsupported``,
    ``too_large``, ``timeout``, ``not_found``, ``failed``). Workers are started afresh, not forked from the caller,
    so a script calls this below ``if __name__ == "__main__":``. Closing the iterator ends the workers.
    """
    from pebble import ProcessPool  # noqa: PLC0415  # only where workers are wanted

    pool = ProcessPool(max_workers=jobs, max_tasks=_RENEW, initializer=prepare, initargs=(limits, work),
                       context=isolation.context(preload=[work.partition(":")[0], *_PRELOAD]))  # fmt: skip
    waiting: deque[Callable[[], list[Report]]] = deque()
    most = 4 * jobs + 12
    try:
        for task in tasks(paths, limits):
            if isinstance(task, Report):
                waiting.append(partial(list, [task]))
            else:
                future = pool.schedule(read_task, args=(task, limits, work), timeout=_patience(limits))
                waiting.append(partial(_outcome, future, task, limits))
            if len(waiting) >= most:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def tasks(paths: Iterable[Path], limits: Limits) -> Iterator[Task | Report]:
    """A task for each document, or at once a report where it is plain that there is nothing to read."""
    for path in paths:
        source = str(path)
        try:
            with path.open("rb") as file:
                head = file.read(4)
            if path.stat().st_size > limits.bytes:
                limit = f"{limits.bytes / (1 << 20):g}MB"
                raise CannotRead("too_large", f"文件超过上限{limit}，请拆分，或用参数提高上限后再读取。")
            yield from _members(path, source, limits) if head in ZIP else [Task(path, source)]
        except CannotRead as error:
            yield problem(source, error.code, error.message)
        except OSError as fault:
            yield problem(source, "not_found", f"打不开文件（{fault.strerror}），请检查路径和权限。")
        except FAULTS:  # whatever listing a damaged archive may raise costs this file, not the run
            yield problem(source, "corrupt", "压缩包（或 Office 文档）不完整或已损坏，请重新下载或重新导出。")


def _members(path: Path, source: str, limits: Limits) -> Iterator[Task]:
    """The members of a zip each as a document of its own, under limits of its own."""
    with Archive(path, limits) as archive:
        if detect_packed(archive) != "zip":
            yield Task(path, source)
            return
        inside(limits)
        wanted = {id(member) for member in documents_of(archive, source)}
        listed = [(index, m.name) for index, m in enumerate(archive.members) if id(m) in wanted]
    for index, name in listed:
        yield Task(path, f"{source}!{name}", index)


def prepare(limits: Limits, work: str) -> None:
    """Set a worker up: interrupts are the parent's to handle, imports are done, memory is limited for good."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work(work)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not on every platform

        most = max(limits.memory, limits.scan_memory)
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_task(task: Task, limits: Limits, work: str) -> list[Report]:
    """Read one document, in the worker, within its allowance. Never raises for what a document holds."""
    allowance.start(limits)
    try:
        return _read(task, limits, work)
    finally:
        allowance.stop()


def _read(task: Task, limits: Limits, work: str) -> list[Report]:
    try:
        if task.index is None:
            return _work(work)(task.path.read_bytes(), task.source, limits)
        with Archive(task.path, limits) as archive:
            data = archive.read(archive.members[task.index])
        return _work(work)(data, task.source, replace(limits, depth=limits.depth - 1))
    except CannotRead as error:
        return [problem(task.source, error.code, error.message)]
    except MemoryError:
        return [_out_of_memory(task.source, limits)]
    except OSError as fault:
        return [problem(task.source, "not_found", f"打不开文件（{fault.strerror}），请检查路径和权限。")]
    except Exception as fault:  # whatever a hostile document breaks, the other documents must go on
        message = f"读取时程序出错（{type(fault).__name__}: {fault}），请将此文件反馈给软件维护者。"
        return [problem(task.source, "failed", message)]


def problem(source: str, code: str, message: str) -> Report:
    """A report of a document that could not be read."""
    return Report(source, problems=(Problem(code, message, trace=Trace("unreadable", file=source)),))


def _outcome(future: ProcessFuture[list[Report]], task: Task, limits: Limits) -> list[Report]:
    from pebble import ProcessExpired  # noqa: PLC0415

    try:
        return future.result()
    except OutOfTime:
        return [_out_of_time(task.source, limits)]
    except ProcessExpired as expired:
        rung = ALARM is not None and expired.exitcode == -ALARM
        return [(_out_of_time if rung else _out_of_memory)(task.source, limits)]


def _patience(limits: Limits) -> float:
    """How long the pool waits: where workers have an alarm of their own it must ring first."""
    if ALARM is None:
        return limits.seconds
    return limits.seconds + limits.scan_seconds * limits.pages + 5


def _out_of_time(source: str, limits: Limits) -> Report:
    message = f"读取超过{limits.seconds:g}秒的时间上限，已停止；请拆分文档，或用参数提高上限后再读取。"
    return problem(source, "timeout", message)


def _out_of_memory(source: str, limits: Limits) -> Report:
    limit = f"{limits.memory / (1 << 20):g}MB"
    return problem(source, "too_large", f"读取时内存超过上限{limit}，已停止；请拆分文档，或用参数提高上限后再读取。")


def _work(name: str) -> Work:
    module, _, function = name.partition(":")
    found: Work = getattr(import_module(module), function)
    return found
