"""Loads the forms from their data files and validates them at start-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.forms.form import Bridge, Form
from gongkai.forms.parser import FormulaError, Parser
from gongkai.forms.parts import Block, Cell, Column, Row, Section, Table, cells_of
from gongkai.forms.relations import APPLICANTS, FACTS, build_derived, build_relations, fill, places

FORM_KEYS = ("2019", "2021")


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gongkai.forms") / "data" / f"{name}.toml").read_text("utf-8"))


def _column(raw: dict[str, Any], group: str | None = None) -> Column:
    kind = {"signed": "signed", "decimal": "decimal"}.get(raw.get("type", ""), "count")
    return Column(raw["key"], raw["label"], raw.get("unit", "件"), kind,  # type: ignore[arg-type]  # a literal
                  group if raw.get("group") else None, tuple(raw.get("variants", ())))  # fmt: skip


def _row(raw: dict[str, Any]) -> Row:
    return Row(raw["key"], raw["label"], raw.get("number", ""), raw.get("kind", "leaf"), raw.get("parent"),
               raw.get("group"), tuple(raw.get("variants", ())))  # fmt: skip


def _one_block(key: str, raw: dict[str, Any], title: str, form: str) -> Table:
    columns = tuple(_column(c, raw.get("columns_group")) for c in raw["columns"])
    rows = tuple(_row(r) for r in raw["rows"] if r.get("only", form) == form)
    return Table(key, raw["section"], title, (Block("", columns, rows),), corner=raw.get("corner", ""),
                 columns_header=raw.get("columns_header", ""))  # fmt: skip


def _disclosure(raw: dict[str, Any], title: str) -> Table:
    blocks = tuple(
        Block(b["caption"], tuple(_column(c) for c in b["columns"]), tuple(_row(r) for r in b["rows"]))
        for b in raw["blocks"]
    )
    return Table("disclosure", raw["section"], title, blocks, row_header=raw["row_header"])


def _sets(raw: dict[str, Any], tables: dict[str, Table], cells: dict[str, Cell]) -> dict[str, tuple[str, ...]]:
    """Named groups: those of the data file, and those that follow from the tables themselves."""
    requests = tables["requests"]
    figures = tuple(r.key for r in requests.rows if r.kind != "header")
    inside = {r.key for r in requests.rows if r.kind == "header"}
    return {
        **{name: tuple(members) for name, members in raw.get("sets", {}).items()},
        **{f"requests.{name}": tuple(members) for name, members in _data("requests")["sets"].items()},
        "requests.columns": tuple(c.key for c in requests.columns),
        "requests.rows": figures,
        "requests.applicants": APPLICANTS,
        "requests.outcomes": tuple(r.key for r in requests.rows if r.kind == "leaf" and r.parent in inside),
        **{f"requests.{h}": tuple(r.key for r in requests.rows if r.parent == h) for h in inside - {"results"}},
        "remedies.results": tuple(c.key for c in tables["remedies"].columns if c.key != "total"),
        "disclosure.cells": tuple(a for a in cells if a.startswith("disclosure.")),
        "cells": tuple(cells),
    }


@cache
def _tables(key: str) -> dict[str, Table]:
    titles = {s.table: s.title for s in _sections() if s.table}
    return {
        "disclosure": _disclosure(_data(key)["disclosure"], titles["disclosure"]),
        "requests": _one_block("requests", _data("requests"), titles["requests"], key),
        "remedies": _one_block("remedies", _data("remedies"), titles["remedies"], key),
    }


@cache
def _sections() -> tuple[Section, ...]:
    return tuple(
        Section(s["key"], s["number"], s["title"], tuple(s.get("variants", ())), s.get("table"))
        for s in _data("sections")["sections"]
    )


@cache
def form(key: str) -> Form:
    """The form "2019" or "2021". Raises KeyError for another key, FormulaError for a broken relation."""
    if key not in FORM_KEYS:
        raise KeyError(f"no form {key!r}; there are {', '.join(FORM_KEYS)}")
    raw, tables = _data(key), _tables(key)
    cells = cells_of(tables)
    sets = _sets(raw, tables, cells)
    figures = {k: frozenset(cells_of(_tables(k))) for k in FORM_KEYS}
    before = {"prev": frozenset().union(*figures.values()), "prev2019": figures["2019"]}
    parser = Parser(sets, FACTS, figures[key], before)
    relations = build_relations(_data("relations")["relation"], key, sets, tables, parser)
    derived = build_derived(raw.get("derived", []), sets, parser)
    return Form(key, raw["name"], raw["document_number"], raw["first_year"], raw.get("last_year"), _sections(), tables,
                sets, relations, derived, tuple(_bridges(raw, sets, figures["2019"], figures[key])))  # fmt: skip


def _bridges(raw: dict[str, Any], sets: dict[str, tuple[str, ...]], older: frozenset[str],
             newer: frozenset[str]) -> Iterator[Bridge]:  # fmt: skip
    for row in raw.get("bridge", []):
        for at in places(row.get("each", {}), sets):
            bridge = Bridge(fill(row["older"], at), fill(row["newer"], at), row["comparable"], row["reason"])
            if bridge.older not in older or bridge.newer not in newer:
                raise FormulaError(f"{bridge} names no figure")
            yield bridge


def forms() -> tuple[Form, ...]:
    """All forms, oldest first."""
    return tuple(form(key) for key in FORM_KEYS)
