"""Addresses of this room."""

from django.urls import path

from .views import tables

app_name = "bringing_in"
urlpatterns = [
    path("staff/bringing-in", tables.upload, name="upload"),
    path("staff/bringing-in/template", tables.blank, name="template"),
    path("staff/bringing-in/<int:pk>", tables.preview, name="preview"),
]
