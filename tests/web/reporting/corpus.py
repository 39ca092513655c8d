"""The corpus of real documents, where this machine has one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

_PLACE = Path(os.environ.get("GONGKAI_CORPUS") or Path(__file__).resolve().parents[4] / "shared" / "corpus")


def founding() -> list[tuple[Path, dict[str, Any]]]:
    """The founding documents with their truth; skips the test without them."""
    folder = _PLACE / "founding"
    if not folder.is_dir():
        pytest.skip("no corpus here: set GONGKAI_CORPUS to the folder that holds it")
    return [(path, json.loads(path.with_suffix(".json").read_text("utf-8"))) for path in sorted(folder.glob("*.txt"))]


def digits(text: str) -> str:
    """The digits and the point of a figure, however its sign and unit are printed."""
    return "".join(char for char in text if char.isdigit() or char == ".")
