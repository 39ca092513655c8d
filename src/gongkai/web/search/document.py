"""What the index knows of one thing, whatever model it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

BODY_LIMIT = 100_000
"""Characters of a body that are indexed. PostgreSQL keeps no more than 1 MB of words a row (ADR 0066)."""


class Kind(StrEnum):
    """The groups of the result page, in their order there."""

    ITEM = "item"
    INTERPRETATION = "interpretation"
    ATTACHMENT = "attachment"
    ANNUAL_REPORT = "annual_report"
    ANSWER = "answer"

    @property
    def heading(self) -> str:
        """What people read."""
        return TITLES[self]


TITLES = {
    Kind.ITEM: "政府信息",
    Kind.INTERPRETATION: "政策解读",
    Kind.ATTACHMENT: "附件",
    Kind.ANNUAL_REPORT: "年度报告",
    Kind.ANSWER: "问答",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """`id` is `<app.model>:<pk>`. `organs` holds the organ and all its ancestors. `body` is plain text.

    `art20`, `theme`, `validity` are keys of the catalogue's classifications, "" where they do not apply.
    """

    id: str
    kind: Kind
    title: str
    body: str
    organ: int
    organs: tuple[int, ...]
    organ_name: str = ""
    document_number: str = ""
    art20: str = ""
    theme: str = ""
    validity: str = ""
    moment: datetime
    public: bool = True
    url: str

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when anything the index keeps changes."""
        kept = repr([getattr(self, field.name) for field in fields(self) if field.name not in UNINDEXED])
        return hashlib.blake2b(kept.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


# Shown from the database, never kept in an index.
UNINDEXED = {"organ_name", "url"}


def id_of(label: str, key: object) -> str:
    """The id of the document of one row: `catalogue.item:17`."""
    return f"{label}:{key}"


def parted(id: str) -> tuple[str, str]:
    """An id as model label and primary key."""
    label, _, key = id.partition(":")
    return label, key
