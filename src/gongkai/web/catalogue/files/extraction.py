"""The words of a file, taken out in a process of its own under limits of time and memory."""

from __future__ import annotations

from concurrent.futures import TimeoutError as OutOfTime
from pathlib import Path

from gongkai import isolation
from gongkai.reading.blocks import Document, Grid
from gongkai.reading.limits import CannotRead, Limits

# Scanned pages put the worker's own alarm off (gongkai.reading.allowance); LONGEST_WAIT is for the whole file.
LIMITS = Limits(seconds=60, pages=100)
LONGEST_WAIT = 600
# Past this no search profits, and a spreadsheet of codes would fill the index.
LONGEST = 1_000_000


def words_of(path: Path, name: str, limits: Limits = LIMITS) -> str:
    """The words of the file at `path`, whose name is `name`. Raises CannotRead, also for time and memory run out."""
    from pebble import ProcessExpired, ProcessPool

    from gongkai.reading.worker import prepare

    pool = ProcessPool(
        max_workers=1, initializer=prepare, initargs=(limits, f"{__name__}:read"),
        context=isolation.context("spawn"),
    )  # fmt: skip
    try:
        text, fault = pool.schedule(read, args=(str(path), name, limits), timeout=LONGEST_WAIT).result()
    except OutOfTime as error:
        raise CannotRead("timeout", f"文件在{LONGEST_WAIT // 60}分钟内没有读完，未提取文字。") from error
    except (ProcessExpired, MemoryError) as error:
        raise CannotRead("failed", "读取文件超出时间或内存上限，未提取文字。") from error
    finally:
        pool.stop()
        pool.join()
    if fault is not None:
        raise CannotRead(*fault)
    return str(text)


def read(path: str, name: str, limits: Limits) -> tuple[str, tuple[str, str] | None]:
    """Runs in the worker: the words, or the code and message of why not (CannotRead itself does not pickle)."""
    from gongkai.reading.allowance import allowance
    from gongkai.reading.opening import open_document

    allowance.start(limits)
    try:
        documents = open_document(Path(path).read_bytes(), name, limits)
    except CannotRead as error:
        return "", (error.code, error.message)
    finally:
        allowance.stop()
    return "\n".join(filter(None, map(_words, documents)))[:LONGEST], None


def _words(document: Document) -> str:
    lines = []
    for block in document.blocks:
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text.strip())
            lines += ["\t".join(cells) for _, cells in sorted(rows.items())]
        else:
            lines.append(block.text.strip())
    return "\n".join(line for line in lines if line.strip())
