"""Addresses of the search."""

from django.urls import path

from . import staff_views, views

app_name = "search"
urlpatterns = [
    path("search/", views.page, name="page"),
    path("search/suggest", views.suggestions, name="suggest"),
    path("staff/search-words", staff_views.word_list, name="words"),
    path("staff/search-words/<int:pk>/drop", staff_views.drop_word, name="drop_word"),
]
