"""The two forms against what is known of them: figures, order, addresses, words."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.forms import APPLICANTS, FORM_KEYS, form, forms

CORPUS = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
REFERENCE = CORPUS.parent / "forms"


def test_figures_of_each_form():
    assert {f.key: len(f.cells) for f in forms()} == {"2019": 198, "2021": 200}


@pytest.mark.parametrize("key", FORM_KEYS)
def test_tables_rows_and_columns(key):
    the = form(key)
    rows = the.sets["requests.rows"]
    assert list(the.tables) == ["disclosure", "requests", "remedies"]
    assert [t.section for t in the.tables.values()] == [2, 3, 4]
    assert len(rows) == {"2019": 23, "2021": 25}[key]
    assert rows[:2] == ("new_received", "carried_in") and rows[-2:] == ("results_total", "carried_forward")
    assert [c.key for c in the.tables["requests"].columns] == [*APPLICANTS, "total"]
    assert sum(a.startswith("remedies.") for a in the.cells) == 15
    assert len(the.sections) == 6


def test_other_disposition_is_a_figure_on_the_old_form_and_a_header_on_the_new():
    assert "requests.other_disposition.total" in form("2019").cells
    assert "requests.other_disposition.total" not in form("2021").cells
    assert {d.address for d in form("2021").derived} == {
        a for a in form("2019").cells if a.startswith("requests.other_disposition.")
    }


@pytest.mark.parametrize("key", FORM_KEYS)
def test_outcomes_and_groups(key):
    sets = form(key).sets
    outcomes = sets["requests.outcomes"]
    assert len(outcomes) == {"2019": 19, "2021": 21}[key]
    assert "results_total" not in outcomes and "new_received" not in outcomes
    assert len(sets["requests.denied"]) == 8 and len(sets["requests.unable"]) == 3 and len(sets["requests.not_processed"]) == 5
    assert set(sets["requests.denied"]) < set(outcomes)


@pytest.mark.parametrize("key", FORM_KEYS)
def test_words_tell_rows_apart(key):
    the = form(key)
    rows = [the.words[row] for row in the.sets["requests.rows"]]
    assert len(set(rows)) == len(rows)
    assert the.words["denied_state_secret"] == "（三）1.属于国家秘密"
    assert the.words["partially_granted"] == "（二）部分公开"
    assert the.words["requests.carried_forward.total"] == "四、结转下年度继续办理·总计"


def test_kinds_of_numbers():
    cells = form("2019").cells
    assert cells["disclosure.procurement.amount"].column.kind == "decimal"
    assert cells["disclosure.procurement.amount"].column.unit == "万元"
    assert cells["disclosure.licensing.items_change"].column.kind == "signed"
    assert {c.column.kind for a, c in cells.items() if a.startswith("requests.")} == {"count"}
    assert form("2021").cells["disclosure.fees.amount"].column.kind == "decimal"


def test_no_other_form():
    with pytest.raises(KeyError, match="2014"):
        form("2014")


def _reference(key: str) -> dict:
    path = REFERENCE / f"form_{key}.json"
    if not path.exists():
        pytest.skip(f"the reference forms are not here: {path}")
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def _cells(reference: dict) -> dict[str, tuple[str, str]]:
    return {
        f"{name}.{row['key']}.{column['key']}": (row["label"], column["label"])
        for name, table in reference["tables"].items()
        for block in table.get("blocks", [table])
        for row in block["rows"]
        if row.get("kind") != "header"
        for column in block["columns"]
    }


@pytest.mark.parametrize("key", FORM_KEYS)
def test_addresses_and_labels_agree_with_the_reference(key):
    ours = {a: (c.row.label, c.column.label) for a, c in form(key).cells.items()}
    theirs = _cells(_reference(key))
    assert ours == theirs
    assert list(ours) == list(theirs)


@pytest.mark.parametrize("key", FORM_KEYS)
def test_every_relation_of_the_reference_is_here(key):
    ids = {r["id"] for r in _reference(key)["relations"]}
    # （六）其他处理 has no figures on the new form: its sum is a derived figure, not a relation
    assert ids - {"requests_other_sum"} <= {r.id for r in form(key).relations}
