"""Code that lies beside the documents never runs: every process that is started here is isolated."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import isolation
from tests.trap import Trap

COMMAND = Path(sys.executable).parent / "gongkai"
SRC = Path(isolation.__file__).parent
REPORT = "某市2023年政府信息公开工作年度报告\n一、总体情况\n无。\n"


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    """A trap with two documents in it."""
    made = Trap(tmp_path / "downloaded")
    for name in ("a.txt", "b.txt"):
        (made.folder / name).write_text(REPORT, encoding="utf-8")
    return made


def run(trap: Trap, *line: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, cwd=trap.folder, env={**os.environ, **more}, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("command", ["read", "check", "repair"])
def test_a_command_in_a_downloaded_folder_runs_nothing_of_it(trap: Trap, command: str) -> None:
    done = run(trap, str(COMMAND), command, ".")
    assert trap.ran == []
    assert "Traceback" not in done.stderr, done.stderr


def test_python_m_gives_the_folder_up_before_it_reads(trap: Trap) -> None:
    """Python itself puts the current directory first for `-m`; with -P, or once gongkai has the word, nothing comes from it."""
    run(trap, sys.executable, "-P", "-m", "gongkai", "read", ".")
    assert trap.ran == []
    for early in ("gongkai", "re", "msgspec", "selectors", "signal", "org"):  # asked for before any line of ours runs
        (trap.folder / f"{early}.py").unlink()
    run(trap, sys.executable, "-m", "gongkai", "read", ".")
    assert trap.ran == []


def test_workers_of_a_script_import_nothing_from_where_it_was_started(trap: Trap, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import gongkai\nif __name__ == '__main__':\n    print([r.problems for r in gongkai.read_many(['a.txt', 'b.txt'], jobs=2)])\n",
        encoding="utf-8",
    )
    done = run(trap, sys.executable, str(script))
    assert trap.ran == []
    assert done.returncode == 0, done.stderr


def test_the_interpreters_behind_the_workers_are_isolated(trap: Trap) -> None:
    """Workers that are spawned, and the two servers that Python starts beside them."""
    code = (
        "import sys\nfrom gongkai import isolation\n"
        "def look(): return sys.flags.isolated, '' in sys.path, __import__('os').getcwd() in sys.path\n"
        "if __name__ == '__main__':\n"
        "    from concurrent.futures import ProcessPoolExecutor\n"
        "    for method in isolation.METHODS:\n"
        "        with ProcessPoolExecutor(1, mp_context=isolation.context(method)) as pool:\n"
        "            print(method, pool.submit(look).result())\n"
    )
    script = trap.folder.parent / "script.py"
    script.write_text(code, encoding="utf-8")
    done = run(trap, sys.executable, str(script))
    assert done.stdout.splitlines() == [f"{method} (1, False, False)" for method in isolation.METHODS], done.stderr
    assert trap.ran == []


def test_the_folder_of_a_user_is_left_out_unless_gongkai_lies_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("site.getusersitepackages", lambda: str(tmp_path))
    monkeypatch.setattr(sys, "path", ["", "/usr/lib", str(tmp_path)])
    assert isolation.trusted_path() == ["/usr/lib"]
    monkeypatch.setattr(isolation, "_HOME", str(tmp_path))
    assert isolation.trusted_path() == ["/usr/lib", str(tmp_path)]


STARTS = {"get_context", "ProcessPoolExecutor", "Process", "set_start_method", "fork"}


def test_every_process_is_started_by_one_door() -> None:
    """Python is started by `isolation.python`, workers by `isolation.context`: nowhere else."""
    found = []
    for file in sorted(SRC.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        name = file.relative_to(SRC).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "executable" and getattr(node.value, "id", "") == "sys":
                found.append(f"{name}: sys.executable")
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                given = {keyword.arg for keyword in node.keywords}
                if called in STARTS and not given & {"mp_context"}:
                    found.append(f"{name}: {called}")
                if called == "ProcessPool" and "context" not in given:
                    found.append(f"{name}: {called} without context")
    assert [one for one in found if not one.startswith("isolation.py")] == []
