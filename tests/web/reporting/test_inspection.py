"""One document inspected: every figure has its place, and the place holds the printed figure."""

from __future__ import annotations

import pytest

from gongkai.reading.limits import Limits
from gongkai.web.reporting.inspecting.claim_words import CLAIM_WORDS
from gongkai.web.reporting.inspecting.inspection import checked, decode, encode, inspect_document
from gongkai.web.reporting.inspecting.original import Paragraph, Sheet, Table
from gongkai.web.reporting.inspecting.text_lines import Span, text_parts

from . import samples


def inspected(name, data):
    (one,) = inspect_document(data, f"/somewhere/hideout/upload/{name}", Limits())
    return one


def places(one):
    """What is written at every anchor."""
    found = {}
    for part in one.parts:
        for piece in getattr(part, "runs", ()) or getattr(part, "marks", ()):
            found.setdefault(piece.anchor, "")
            found[piece.anchor] += piece.text
        for row in getattr(part, "rows", ()):
            found |= {slot.anchor: slot.text for slot in row}
    return {anchor: text for anchor, text in found.items() if anchor}


@pytest.mark.parametrize("to", ["html", "docx", "xlsx", "pdf", "txt"])
def test_every_figure_has_its_place_in_every_format(to):
    data = samples.text() if to == "txt" else samples.document(to)
    one = inspected(f"报告.{to}", data)
    written = places(one)
    truth = samples.figures()
    assert {a: f.value for a, f in one.figures.items()} == {a: f.value for a, f in truth.items()}
    for address, figure in one.figures.items():
        assert written[f"at-{address}"] == figure.trace.raw, address


def test_the_server_s_own_path_is_told_to_nobody():
    one = inspected("报告.html", samples.document())
    assert b"hideout" not in encode([one])


def test_a_result_comes_back_as_it_was_kept():
    one = inspected("报告.txt", samples.text(broken=True))
    one.pictures = []
    assert decode(encode([one])) == [one]


def test_a_shifted_row_is_one_cause_with_its_repair():
    one = inspected("报告.html", samples.document(broken=True))
    first = one.causes[0]
    sides = first.findings[0].sides
    assert (sides.added.value, sides.stated.value, sides.apart) == ("102", "53", "49")
    assert [term.value for term in sides.added.terms] == ["53", "42", "6", "0", "0", "1"]
    assert len(first.findings) > 1 and first.ways
    assert all(told.finding.severity == "error" for told in first.findings)


def test_counts_hold_together():
    _, _, counts = checked(samples.report(broken=True))
    assert counts.evaluated == counts.holding + counts.errors + counts.warnings
    assert counts.errors > 0


def test_claims_have_words():
    assert all(CLAIM_WORDS.values())


def test_a_page_is_drawn_and_its_boxes_lie_on_it():
    one = inspected("报告.pdf", samples.document("pdf"))
    sheets = [part for part in one.parts if isinstance(part, Sheet)]
    assert {sheet.number for sheet in sheets} == {picture.number for picture in one.pictures}
    for sheet in sheets:
        for mark in sheet.marks:
            left, top, right, bottom = mark.box
            assert 0 <= left < right <= sheet.width + 1 and 0 <= top < bottom <= sheet.height + 1


def test_nothing_of_foreign_markup_survives():
    evil = samples.document().replace(b"<h2 ", b"<script>alert(1)</script><img src=x onerror=alert(1)><h2 ", 1)
    one = inspected("报告.html", evil)
    assert all(isinstance(part, Paragraph | Table) for part in one.parts)
    assert "alert(1)" not in "".join(places(one).values())


def test_a_mark_over_two_lines_has_one_id():
    parts = text_parts("甲乙\n丙丁", [Span(1, 4, "problem-0", "problem")])
    runs = [(run.text, run.anchor, run.mark) for part in parts for run in part.runs]
    assert runs == [("甲", "", ""), ("乙", "problem-0", "problem"), ("丙", "", "problem"), ("丁", "", "")]


def test_a_long_text_is_cut_around_its_figures():
    text = "\n".join(f"第{n}行" for n in range(5000))
    at = text.index("第4000行")
    parts = text_parts(text, [Span(at, at + 3, "at-x", "figure")])
    assert len(parts) < 120
    assert any(getattr(part, "number", 0) == 4001 for part in parts)
