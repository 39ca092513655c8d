"""One thing to bring in, whatever it was read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gongkai.web.organs.models import Organ

CREATE, SAME, CHANGED = "create", "same", "changed"


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file on this machine, the name readers get it under, and its heading. `token`: how the body points at it."""

    path: Path
    name: str
    sha256: str
    heading: str = ""
    token: str = ""


@dataclass(slots=True)
class ItemRow:
    """`place` says where it stands (第3行, or an address); `values` are fields of item_problems.REVISABLE.

    `unreadable` are the faults found while reading it; judging sets `effect` and puts all faults into `errors`
    (sentences without their stop).
    """

    place: str
    organ: Organ | None
    unit: Organ | None = None
    key: str = ""
    index_number: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    validity: str = ""
    published_at: datetime | None = None
    files: tuple[RowFile, ...] = ()
    old_paths: tuple[str, ...] = ()
    unreadable: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    effect: str = ""

    @property
    def title(self) -> str:
        """What people know it by."""
        return str(self.values.get("title", ""))

    @property
    def identity(self) -> str:
        """Its key in the source; else its index number; else its content (then a changed row is a new thing)."""
        return self.key or self.index_number or f"sha256:{self.content_hash}"

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything the row says, its files by their content."""
        said: Mapping[str, Any] = {
            "organ": self.organ.slug if self.organ else "",
            "unit": self.unit.slug if self.unit else "",
            "index_number": self.index_number,
            "values": {name: str(value) for name, value in self.values.items() if value not in {"", None}},
            "validity": self.validity,
            "published_at": self.published_at.isoformat() if self.published_at else "",
            "files": [(file.name, file.sha256) for file in self.files],
            "old_paths": self.old_paths,
        }
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
