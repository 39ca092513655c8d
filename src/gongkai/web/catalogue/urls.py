"""Addresses of the catalogue: /staff/... for staff, the attached files for everybody."""

from django.urls import path

from .views import cleanups, entries, entry_table, files, item_acts, items, pages, shares, versions

app_name = "catalogue"
_ITEM = "staff/items/<int:number>"
urlpatterns = [
    path("info/<int:number>/files/<int:pk>", files.download, name="file"),
    path("staff/items", items.item_list, name="list"),
    path("staff/items/new", items.create, name="create"),
    path(_ITEM, items.detail, name="detail"),
    path(f"{_ITEM}/revise", items.revise, name="revise"),
    path(f"{_ITEM}/discard", item_acts.discard, name="discard"),
    path(f"{_ITEM}/attach", files.attach, name="attach"),
    path("staff/files/<int:pk>/detach", files.detach, name="detach"),
    path(f"{_ITEM}/validity", item_acts.validity, name="validity"),
    path(f"{_ITEM}/classify", item_acts.classify, name="classify"),
    path(f"{_ITEM}/interpretation", item_acts.interpretation, name="interpretation"),
    path("staff/interpretations/<int:pk>/unlink", item_acts.unlink, name="unlink"),
    path("staff/interpretations/proposed/<int:pk>/consent", item_acts.consent, name="consent"),
    path("staff/interpretations/proposed/<int:pk>/end", item_acts.end_proposal, name="end_proposal"),
    path(f"{_ITEM}/channel", item_acts.channel, name="channel"),
    path(f"{_ITEM}/place", item_acts.place, name="place"),
    path(f"{_ITEM}/versions", versions.version_list, name="versions"),
    path(f"{_ITEM}/versions/<int:version>", versions.show, name="version"),
    path("staff/shares", shares.show, name="shares"),
    path("staff/pages", pages.page_list, name="pages"),
    path("staff/pages/<slug:slug>/guide", pages.guide, name="guide"),
    path("staff/pages/<slug:slug>/rules/new", pages.new_rule, name="new_rule"),
    path("staff/pages/rules/<int:pk>", pages.rule, name="rule"),
    path("staff/entries", entries.entry_list, name="entries"),
    path("staff/entries/<int:pk>", entries.detail, name="entry"),
    path("staff/entries/<int:pk>/revise", entries.revise, name="revise_entry"),
    path("staff/entries/<int:pk>/end", entries.end, name="end_entry"),
    path("staff/entries/of/<slug:slug>/new", entries.create, name="new_entry"),
    path("staff/entries/of/<slug:slug>/import", entry_table.upload, name="import_entries"),
    path("staff/entries/of/<slug:slug>/export", entry_table.export, name="export_entries"),
    path("staff/entries/import/<int:pk>", entry_table.look, name="import_preview"),
    path("staff/cleanups", cleanups.round_list, name="cleanups"),
    path("staff/cleanups/new", cleanups.begin, name="new_cleanup"),
    path("staff/cleanups/<int:pk>", cleanups.detail, name="cleanup"),
    path("staff/cleanups/<int:pk>/close", cleanups.close, name="close_cleanup"),
    path("staff/cleanups/tasks/<int:pk>", cleanups.decide, name="decide"),
]
