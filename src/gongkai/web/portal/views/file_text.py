"""An attachment to read online where no browser shows its kind: its words, as they were taken out for the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.web.catalogue.models import Attachment, TextState
from gongkai.web.catalogue.published import published_items
from gongkai.web.portal.answers import page, public_page
from gongkai.web.portal.column import column_of_organ
from gongkai.web.portal.reading import blocks


@public_page
def show(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """The words of one file of one public item."""
    item = get_object_or_404(published_items(), number=number)
    files = Attachment.objects.filter(item=item, file__text_state=TextState.DONE).exclude(file__text="").select_related("file")
    attachment = get_object_or_404(files, pk=pk)
    column, (found, cut) = column_of_organ(item.organ), blocks(attachment.file.text)
    context = column.context(
        "content", column.words(attachment.title or attachment.name), crumbs=column.crumbs((item.title, item.get_absolute_url())),
        item=item, attachment=attachment, blocks=found, cut=cut,
    )  # fmt: skip
    return page(request, "portal/file_text.html", context)
