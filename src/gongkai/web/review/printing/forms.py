"""The printed forms as data, checked at start-up."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec
from django.core.exceptions import ImproperlyConfigured

from .facts import KEYS


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label as printed, or the key of a fact."""

    span: int
    label: str = ""
    value: str = ""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cells from left to right; `tall` in mm."""

    cells: tuple[Cell, ...]
    tall: float = 9.0


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form."""

    key: str
    title: str
    file: str
    columns: int
    rows: tuple[Row, ...]


def _load() -> dict[str, Form]:
    raw = tomllib.loads((files(__package__) / "forms.toml").read_text("utf-8"))
    found = {key: msgspec.convert(form, Form) for key, form in raw.items()}
    for form in found.values():
        for row in form.rows:
            if sum(cell.span for cell in row.cells) != form.columns:
                raise ImproperlyConfigured(f"表格“{form.title}”有一行的格数不对：{row.cells[0].label}")
            for cell in row.cells:
                if bool(cell.label) == bool(cell.value) or (cell.value and cell.value not in KEYS):
                    raise ImproperlyConfigured(f"表格“{form.title}”有一格既非标签又非数据：{cell}")
    return found


FORMS = _load()
