"""Every problem code the program can give is explained in docs/problems.md, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
MAKERS = {"CannotRead": 0, "Problem": 0, "_say": 0, "failed": 1, "problem": 1}


def given_codes() -> set[str]:
    """The codes that stand in the source of reading, by the calls that make problems."""
    found = set()
    for path in (ROOT / "src" / "gongkai" / "reading").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = MAKERS.get(name)
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    value = node.args[place].value
                    if isinstance(value, str) and CODE.fullmatch(value):
                        found.add(value)
    return found


def test_the_page_of_codes_is_complete() -> None:
    page = (ROOT / "docs" / "problems.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    given = given_codes()
    assert given - explained == set()
    assert {"corrupt", "figures_lost", "timeout"} <= given  # the search above still finds them
