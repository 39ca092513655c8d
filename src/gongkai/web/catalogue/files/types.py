"""What may be attached, as data."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import PurePath

import msgspec
from django.core.exceptions import ImproperlyConfigured


class FileType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of types.toml. `most` is in MB; `read`: its words are taken out for search."""

    key: str
    title: str
    family: str
    suffixes: tuple[str, ...]
    media: str
    most: int
    inline: bool = False
    read: bool = True


def _load() -> tuple[FileType, ...]:
    raw = tomllib.loads((files(__package__) / "types.toml").read_text("utf-8"))
    return tuple(msgspec.convert(raw["type"], list[FileType]))


TYPES = _load()
BY_KEY = {one.key: one for one in TYPES}
BY_SUFFIX = {suffix: one for one in TYPES for suffix in one.suffixes}
if len(BY_KEY) != len(TYPES) or len(BY_SUFFIX) != sum(len(one.suffixes) for one in TYPES):
    raise ImproperlyConfigured("附件类型表中有重复的代码或扩展名。")
LARGEST = max(one.most for one in TYPES) * 1024 * 1024


def type_named(name: str) -> FileType | None:
    """The type that the file name claims."""
    return BY_SUFFIX.get(PurePath(name).suffix[1:].lower())
