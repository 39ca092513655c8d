"""The JSON Schema (2020-12) of the object ``gongkai read`` prints, generated from the forms and the vocabulary.

``docs/report.schema.json`` is this schema written out; ``python -I -m gongkai.schema`` prints it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec

from gongkai.forms import CLAIMS, Form, forms
from gongkai.report import Identity, Section, State, Trace

_COUNT = {"type": ["integer", "null"]}
_AMOUNT = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_TEXT = {"type": ["string", "null"]}
_DAY = {"type": "string", "format": "date"}


def schema() -> dict[str, Any]:
    """The schema of one report. The figures that must be there, and their kinds, follow from the report's form."""
    own, parts = msgspec.json.schema_components((Trace, Section, Identity), ref_template="#/$defs/{name}")
    trace, section, identity = own
    properties: dict[str, Any] = {
        "source": {"type": "string", "description": "the document; a member of an archive as a.zip!b.docx"},
        "organ": {**_TEXT, "description": "the organ the report is of, as printed"},
        "year": {"type": ["integer", "null"], "description": "the year reported on"},
        "form": {
            "enum": [*(f.key for f in forms()), None],
            "description": "null when no table could be told",
        },
        "title": _TEXT,
        "period": {
            "anyOf": [{"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2}, {"type": "null"}]
        },
        "published": {"anyOf": [_DAY, {"type": "null"}]},
        "figures": {"type": "object", "description": "table, row, column; null for a figure without a value"},
        "states": {
            "type": "object",
            "description": "address to state, of figures that are null for another reason than a blank cell",
            "additionalProperties": {"enum": [State.NOT_APPLICABLE.value, State.UNREADABLE.value]},
        },
        "claims": {
            "type": "object",
            "description": "what the prose states; null where it says two different things",
            "properties": {name: {"type": ["integer", "string", "null"]} for name in CLAIMS},
            "additionalProperties": False,
        },
        "sections": {"type": "array", "items": section},
        "problems": {"type": "array", "items": {"$ref": "#/$defs/Problem"}},
        "traces": {"type": "object", "additionalProperties": {"$ref": "#/$defs/FigureTrace"}},
        "claim_traces": {"type": "array", "items": {"$ref": "#/$defs/ClaimTrace"}},
        "evidence": {"type": "array", "items": identity},
    }
    optional = ("traces", "claim_traces", "evidence")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "政府信息公开工作年度报告",
        "description": "One annual report as gongkai reads it. Counts are integers, amounts decimal strings in 万元.",
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
        "allOf": [_by_form(form) for form in forms()] + [_formless()],
        "$defs": {
            **parts,
            **_defs(parts["Trace"], trace),
            **{f"figures{f.key}": _figures(f) for f in forms()},
        },
    }


def _by_form(form: Form) -> dict[str, Any]:
    return {
        "if": {"properties": {"form": {"const": form.key}}},
        "then": {"properties": {"figures": {"$ref": f"#/$defs/figures{form.key}"}}},
    }


def _formless() -> dict[str, Any]:
    return {
        "if": {"properties": {"form": {"const": None}}},
        "then": {"properties": {"figures": {"maxProperties": 0}}},
    }


def _figures(form: Form) -> dict[str, Any]:
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for address, cell in form.cells.items():
        table, row, column = address.split(".")
        kind = _AMOUNT if cell.column.kind == "decimal" else _COUNT
        tables.setdefault(table, {}).setdefault(row, {})[column] = {
            **kind,
            "title": f"{cell.row.number}{cell.row.label}：{cell.column.label}",
            "description": cell.column.unit,
        }
    return _closed({t: _closed({r: _closed(c) for r, c in rows.items()}) for t, rows in tables.items()})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with all of these properties and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _defs(trace: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """Problems, and traces with the figure or claim they belong to."""
    where = trace["properties"]
    return {
        "Problem": {
            **_closed({"code": {"type": "string"}, "address": _TEXT, "message": {"type": "string"},
                       "trace": {"anyOf": [reference, {"type": "null"}]}}),
        },
        "FigureTrace": {
            "type": "object",
            "properties": {"state": {"enum": [state.value for state in State]}, **where},
            "required": ["state"],
            "additionalProperties": False,
        },
        "ClaimTrace": {
            "type": "object",
            "properties": {"name": {"enum": list(CLAIMS)}, "value": {"type": ["integer", "string"]}, **where},
            "required": ["name", "value"],
            "additionalProperties": False,
        },
    }  # fmt: skip


def text() -> str:
    """The schema as it stands in docs/report.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
