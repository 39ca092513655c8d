"""The printed forms, read back."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest

from gongkai.web.review.printing.docx import to_docx
from gongkai.web.review.printing.facts import KEYS, facts
from gongkai.web.review.printing.forms import FORMS
from gongkai.web.review.printing.pdf import to_pdf


def words_of(content, suffix):
    if suffix == "docx":
        document = docx.Document(io.BytesIO(content))
        return "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize(("suffix", "write"), [("docx", to_docx), ("pdf", to_pdf)])
def test_a_form_says_who_did_what(published, form, suffix, write):
    item = published()
    found = facts(item)
    assert set(found) == KEYS
    content = write(FORMS[form], item.organ.name, found)
    words = words_of(content, suffix)
    for name in ("徐科", "宓密", "欧阳澈", "顾行简"):
        assert name in words
    for row in FORMS[form].rows:
        for cell in row.cells:
            assert cell.label in words


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_draft_prints_with_room_for_hands(draft, form):
    found = facts(draft())
    for write in (to_docx, to_pdf):
        assert len(write(FORMS[form], "临禾市水务局", found)) > 5000
    assert len(pypdfium2.PdfDocument(to_pdf(FORMS[form], "临禾市水务局", found))) == 1


def test_our_own_forms_carry_nothing_hidden(published):
    from gongkai.web.review.checks.files import inspect

    item = published()
    assert list(inspect(to_docx(FORMS["publication"], item.organ.name, facts(item)), "docx")) == []
