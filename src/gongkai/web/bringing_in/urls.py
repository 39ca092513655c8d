"""Addresses of this room."""

from django.urls import path

from .views import sites, tables

app_name = "bringing_in"
_SITE = "staff/bringing-in/sites/<int:pk>"
urlpatterns = [
    path("staff/bringing-in", tables.upload, name="upload"),
    path("staff/bringing-in/template", tables.blank, name="template"),
    path("staff/bringing-in/<int:pk>", tables.preview, name="preview"),
    path("staff/bringing-in/sites", sites.listing, name="sites"),
    path("staff/bringing-in/sites/new", sites.register, name="register"),
    path(_SITE, sites.show, name="site"),
    path(f"{_SITE}/progress", sites.progress, name="progress"),
    path(f"{_SITE}/pages.<str:to>", sites.download, name="pages"),
    *(path(f"{_SITE}/{name}", sites.act, {"name": name}, name=name.replace("-", "_")) for name in sites.ACTS),
]
