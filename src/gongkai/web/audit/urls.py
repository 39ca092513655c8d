"""Addresses of the audit log."""

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("staff/audit", views.search, name="search"),
    path("staff/audit/<int:number>", views.detail, name="event"),
]
