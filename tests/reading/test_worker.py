"""Many documents under limits: one bad document costs one problem, the others and their order are untouched."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.reading.limits import Limits
from gongkai.reading.worker import Task, read_many, read_task, tasks
from gongkai.report import Report

ACT = "behaviours:act"


def files(folder: Path, *contents: bytes) -> list[Path]:
    paths = [folder / f"{index:03d}.txt" for index in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def run(paths: list[Path], jobs: int = 2, **limits: float) -> list[Report]:
    return list(read_many(paths, jobs=jobs, limits=Limits(**limits), work=ACT))  # type: ignore[arg-type]


def code(report: Report) -> str | None:
    return report.problems[0].code if report.problems else None


def test_bad_documents_disturb_nobody_and_order_is_kept(tmp_path: Path) -> None:
    paths = files(tmp_path, b"sleep 0.3", b"ok", b"die", b"ok", b"fail", b"cannot", b"abort", b"two", b"sleep 60", b"ok")
    paths.insert(3, tmp_path / "none.txt")
    began = time.monotonic()
    reports = run(paths, seconds=2)
    assert time.monotonic() - began < 30
    assert [code(r) for r in reports] == [None, None, "too_large", "not_found", None, "failed", "corrupt", "too_large",
                                          None, None, "timeout", None]  # fmt: skip
    assert [Path(r.source).name for r in reports[:4]] == ["000.txt", "001.txt", "002.txt", "none.txt"]
    assert [r.title for r in reports[8:10]] == ["1", "2"]
    assert "2秒" in reports[10].problems[0].message
    assert str(os.getpid()) not in {r.title for r in reports}


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarms on this system")
def test_each_scanned_page_puts_the_alarm_off(tmp_path: Path) -> None:
    reports = run(files(tmp_path, b"sleep 2", b"scan 2"), jobs=1, seconds=1, scan_seconds=10)
    assert [code(r) for r in reports] == ["timeout", None]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_is_limited(tmp_path: Path) -> None:
    reports = run(files(tmp_path, b"eat 400000000", b"eat 1000", b"eat 50000000"), jobs=1, memory=300 << 20)
    assert [code(r) for r in reports] == ["too_large", None, None]
    assert "300MB" in reports[0].problems[0].message


def test_members_of_a_zip_are_documents_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "上报.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"甲.txt": "ok", "死.txt": "die", "a.css": "", "乙/丙.txt": "ok"}.items():
            archive.writestr(name, content)
    reports = run([path])
    assert [r.source for r in reports] == [f"{path}!{name}" for name in ("甲.txt", "死.txt", "乙/丙.txt")]
    assert [code(r) for r in reports] == [None, "too_large", None]
    assert reports[0].organ == "1"


def test_a_member_without_a_name_costs_the_others_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", "ok")
        archive.writestr(zipfile.ZipInfo(""), "ok")
    (tmp_path / "b.txt").write_text("ok")
    names = [t.source.rpartition("/")[2] for t in tasks([tmp_path / "a.zip", tmp_path / "b.txt"], Limits())]
    assert names[0] == "a.zip!one.txt" and names[-1] == "b.txt"


def test_an_office_file_is_one_task_and_a_broken_zip_a_problem(tmp_path: Path) -> None:
    office, broken, large = tmp_path / "a.docx", tmp_path / "b.zip", tmp_path / "c.txt"
    with zipfile.ZipFile(office, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<a/>")
    broken.write_bytes(b"PK\x03\x04....")
    large.write_bytes(b"x" * 5000)
    first, second, third = tasks([office, broken, large], Limits(bytes=4000))
    assert first == Task(office, str(office))
    assert [code(r) for r in (second, third) if isinstance(r, Report)] == ["corrupt", "too_large"]


def test_a_long_list_streams(tmp_path: Path) -> None:
    path, asked = files(tmp_path, b"ok")[0], 0

    def endless() -> Iterator[Path]:
        nonlocal asked
        while True:
            asked += 1
            yield path

    reports = read_many(endless(), jobs=2, limits=Limits(), work=ACT)
    for _ in range(30):
        next(reports)
    assert asked < 60
    reports.close()  # type: ignore[attr-defined]


def test_an_interrupt_ends_cleanly(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    files(tmp_path, *[b"sleep 600"] * 4)
    script.write_text(
        "from pathlib import Path\nimport os, signal, threading\n"
        "from gongkai.reading.limits import Limits\nfrom gongkai.reading.worker import read_many\n"
        "if __name__ == '__main__':\n"
        # what a shell starts in the background ignores interrupts, and so would this test
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "    try:\n"
        "        list(read_many(sorted(Path(__file__).parent.glob('*.txt')), jobs=2, limits=Limits(), work='behaviours:act'))\n"
        "    except KeyboardInterrupt:\n"
        "        print('interrupted')\n",
        encoding="utf-8",
    )
    # A minute is for a busy machine: waiting for the documents would take twenty.
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)})  # fmt: skip
    assert (done.stdout.strip(), done.returncode) == ("interrupted", 0), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_reading_a_task_in_ones_own_process_leaves_its_memory_as_it_was(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    [path] = files(tmp_path, b"ok")
    read_task(Task(path, str(path)), Limits(memory=500 << 20), ACT)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
