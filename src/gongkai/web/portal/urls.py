"""Addresses of what the public sees. /column/<slug>/… is the column of an organ or region; /info/<number> a document."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import (
    about,
    agenda,
    document,
    exports,
    feeds,
    file_text,
    home,
    lists,
    preview,
    requesting,
    sitemap,
    standard,
    standing,
)


class ListForm(StringConverter):
    """csv, xlsx, json: a list as data."""

    regex = "csv|xlsx|json"


class FeedForm(StringConverter):
    """rss, atom."""

    regex = "rss|atom"


class PaperForm(StringConverter):
    """docx, pdf."""

    regex = "docx|pdf"


register_converter(ListForm, "list_form")
register_converter(FeedForm, "feed_form")
register_converter(PaperForm, "paper_form")

app_name = "portal"
_COLUMN = "column/<slug:slug>"
urlpatterns = [
    path("info/<int:number>", document.show, name="document"),
    path("info/<int:number>/print", document.printed, name="print"),
    path(f"{_COLUMN}/", home.column_home, name="home"),
    path(f"{_COLUMN}/guide", standing.guide, name="guide"),
    path(f"{_COLUMN}/rules", standing.rules, name="rules"),
    path(f"{_COLUMN}/rules/<int:pk>", standing.rule, name="rule"),
    path(f"{_COLUMN}/content", lists.content, name="content"),
    path(f"{_COLUMN}/list", lists.item_list, name="list"),
    path(f"{_COLUMN}/list.<list_form:to>", exports.item_list, name="export"),
    path(f"{_COLUMN}/list.<feed_form:to>", feeds.item_list, name="feed"),
    path(f"{_COLUMN}/interpretations", lists.interpretations, name="interpretations"),
    path(f"{_COLUMN}/organs", lists.organs, name="organs"),
    path(f"{_COLUMN}/calendar", agenda.this_month, name="calendar"),
    path(f"{_COLUMN}/calendar/<int:year>/<int:month>", agenda.month, name="month"),
    path(f"{_COLUMN}/archive", agenda.archive, name="archive"),
    path(f"{_COLUMN}/catalogue", standard.catalogue, name="catalogue"),
    path(f"{_COLUMN}/catalogue/<slug:field>", standard.field, name="field"),
    path(f"{_COLUMN}/entries/<int:pk>", standard.entry, name="entry"),
    path(f"{_COLUMN}/request", requesting.page_of_requests, name="request"),
    path(f"{_COLUMN}/request/form.<paper_form:to>", requesting.form, name="request_form"),
    path("info/<int:number>/files/<int:pk>/text", file_text.show, name="file_text"),
    path("staff/items/<int:number>/preview", preview.show, name="preview"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-columns.xml", sitemap.columns, name="sitemap_columns"),
    path("sitemap-<int:part>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("site/map", about.site_map, name="site_map"),
    path("site/accessibility", about.accessibility, name="accessibility"),
    path("site/subscribe", about.subscribe, name="subscribe"),
]
