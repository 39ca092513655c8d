"""Every command and example in the README files and docs is run, and prints what they say.

A ``console`` block is commands after ``$`` and what they print; a line ``…`` stands for any lines, ``…`` inside a line for
any characters. A ``python`` block is run. They run in one folder that holds a copy of examples/.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")),
         *sorted((ROOT / "examples").glob("*.md"))]  # fmt: skip
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(kind: str) -> list[tuple[Path, str]]:
    return [(page, match[2]) for page in PAGES for match in BLOCK.finditer(page.read_text("utf-8")) if match[1] == kind]


def name(case: tuple[Path, str]) -> str:
    return f"{case[0].relative_to(ROOT)}:{case[1].splitlines()[0][:40]}"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def run(command: list[str] | str, place: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1",
           "COLUMNS": "100", "GONGKAI_TODAY": ""}  # fmt: skip
    return subprocess.run(command, shell=isinstance(command, str), cwd=place, env=env, capture_output=True, text=True,
                          timeout=300, check=False)  # fmt: skip


def parse(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines it is said to print."""
    out: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            out.append((line[2:], []))
        elif out and out[-1][0].endswith("\\"):
            out[-1] = (out[-1][0][:-1] + line.strip(), [])
        elif out:
            out[-1][1].append(line)
    return out


def pattern(lines: list[str]) -> re.Pattern[str]:
    text = "\n".join(lines).strip("\n")
    parts = [r"(?:.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"[ ]*\n" for line in text.split("\n")]
    return re.compile("".join(parts))


@pytest.mark.parametrize("case", blocks("console"), ids=name)
def test_commands_print_what_the_page_says(case: tuple[Path, str], place: Path) -> None:
    for command, lines in parse(case[1]):
        assert command.split()[0] in ("gongkai", "make", "cat", "ls", "pip"), command
        if command.split()[0] in ("make", "pip"):
            continue  # what they do is what the whole run of the tests shows
        done = run(command, place)
        assert done.returncode in (0, 1), (command, done.stderr)
        if lines:
            assert pattern(lines).fullmatch(done.stdout.rstrip("\n") + "\n"), (command, done.stdout)


@pytest.mark.parametrize("case", blocks("python"), ids=name)
def test_python_runs(case: tuple[Path, str], place: Path) -> None:
    done = run([sys.executable, "-c", case[1]], place)
    assert done.returncode == 0, done.stderr


def test_what_is_said_to_hold_a_threat_is_there() -> None:
    """docs/security.md names tests, and tests by their names."""
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`((?:tests|benches)/[\w/.]+)`", page))
    assert len(named) > 30
    assert [one for one in sorted(named) if not (ROOT / one).exists()] == []
    tests = "".join(file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    whole = set(re.findall(r"`(test_\w+)`", page))
    assert [one for one in sorted(whole) if f"def {one}(" not in tests] == []
