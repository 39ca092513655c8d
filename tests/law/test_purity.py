"""The law is pure: it knows the forms and the standard library, dates without times, and no clock of its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import gongkai.law

MODULES = sorted(Path(next(iter(gongkai.law.__path__))).glob("*.py"))
ALLOWED = {"array", "bisect", "calendar", "chinese_calendar", "collections", "dataclasses", "datetime", "decimal", "enum",
           "functools", "gongkai", "importlib", "tomllib", "typing", "unicodedata", "__future__"}  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_imports(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
            if node.module == "datetime":
                assert {a.name for a in node.names} <= {"date", "timedelta"}
        for name in names:
            assert name.split(".")[0] in ALLOWED, name
            assert not name.startswith("gongkai") or name.startswith(("gongkai.law", "gongkai.forms")), name


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_nothing_asks_what_day_it_is_or_opens_a_file(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("today", "now", "write_text", "read_bytes"), f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", f"line {node.lineno}"
