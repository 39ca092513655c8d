"""A first page, a list of twenty, and documents."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class FirstPage(Page):
    """The newest eight documents."""

    template = "first.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["documents"] = Document.objects.live().order_by("-first_published_at")[:8]
        return context


class DocumentList(Page):
    """Twenty a page."""

    template = "list.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rows = Document.objects.child_of(self).live().order_by("-first_published_at")
        context["documents"] = Paginator(rows, 20).get_page(request.GET.get("page"))
        return context


class Document(Page):
    """Text with its metadata."""

    template = "document.html"
    number = models.CharField(max_length=80)
    keywords = models.CharField(max_length=200)
    body = RichTextField()
