"""A first page, a list of twenty, and documents."""

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page

# So many lines at the foot of each kind make its pages as long as gongkai's.
FOOT = "<p>主办单位：试验市水务局　网站标识码0000000000　联系电话0000-0000000</p>"


class FirstPage(Page):
    """The newest eight documents."""

    template = "first.html"
    foot = FOOT * 115

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["documents"] = Document.objects.live().order_by("-first_published_at")[:8]
        return context


class DocumentList(Page):
    """Twenty a page."""

    template = "list.html"
    foot = FOOT * 149

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rows = Document.objects.child_of(self).live().order_by("-first_published_at")
        context["documents"] = Paginator(rows, 20).get_page(request.GET.get("page"))
        return context


class Document(Page):
    """Text with its metadata."""

    template = "document.html"
    foot = FOOT * 72
    number = models.CharField(max_length=80)
    keywords = models.CharField(max_length=200)
    body = RichTextField()
