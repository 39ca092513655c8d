"""A folder somebody downloaded: beside the documents lies code under the names of modules. None of it may ever run."""

from __future__ import annotations

from pathlib import Path

# `pickle` asks for "org"; the others are asked for by our own processes, by their libraries, or by Python when it starts.
NAMES = (
    "org", "re", "lxml", "msgspec", "pebble", "selectolax", "django", "granian", "selectors", "signal", "gongkai",
    "sitecustomize", "usercustomize",
)  # fmt: skip


class Trap:
    """The folder, and which of its modules have run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._mark = folder, folder.parent / f"{folder.name}.ran"
        folder.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            code = f"import os\nwith open({str(self._mark)!r}, 'a') as mark:\n    mark.write({name!r} + chr(10))\nraise ImportError({name!r})\n"
            (folder / f"{name}.py").write_text(code, encoding="utf-8")

    @property
    def ran(self) -> list[str]:
        """The names of the modules that were imported, in order, each once."""
        return list(dict.fromkeys(self._mark.read_text("utf-8").split())) if self._mark.exists() else []
