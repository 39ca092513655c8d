"""The printed forms."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.web.house.rule import Refusal, Refused
from gongkai.web.review.printing.facts import facts
from gongkai.web.review.printing.forms import FORMS
from gongkai.writing.page import CannotWrite

from .item import the_item

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def download(request: HttpRequest, number: int, form: str, suffix: str) -> HttpResponse:
    """One form of one item."""
    item = the_item(request, number)
    if form not in FORMS or suffix not in TYPES:
        raise Http404
    # Loaded here: typst and python-docx are heavy, and few pages print.
    if suffix == "pdf":
        from gongkai.web.review.printing.pdf import to_pdf as write
    else:
        from gongkai.web.review.printing.docx import to_docx as write
    try:
        content = write(FORMS[form], item.organ.name, facts(item))
    except CannotWrite as error:
        raise Refused([Refusal("cannot_write", str(error))]) from error
    answer = HttpResponse(content, content_type=TYPES[suffix])
    name = f"{FORMS[form].file}（{item.number}）.{suffix}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
