"""Addresses of organs: /staff/organs for staff, /organs for the public."""

from django.urls import path

from .views import changing, directory, importing, listing, people

app_name = "organs"
_ORGAN = "staff/organs/<slug:slug>"
urlpatterns = [
    path("organs/", directory.directory, name="directory"),
    path("organs/<slug:slug>/", directory.public_organ, name="public"),
    path("staff/organs", listing.organ_list, name="list"),
    path("staff/organs-import", importing.upload, name="import"),
    path("staff/organs-import/template", importing.blank, name="import_template"),
    path("staff/organs-import/<int:pk>", importing.look, name="import_preview"),
    path(_ORGAN, listing.organ_detail, name="detail"),
    path(f"{_ORGAN}/create", changing.create, name="create"),
    path(f"{_ORGAN}/revise", changing.revise, name="revise"),
    path(f"{_ORGAN}/office", changing.office, name="office"),
    path(f"{_ORGAN}/rename", changing.rename, name="rename"),
    path(f"{_ORGAN}/move", changing.move, name="move"),
    path(f"{_ORGAN}/close", changing.close, name="close"),
    path(f"{_ORGAN}/staff", people.new_staff, name="new_staff"),
    path(f"{_ORGAN}/appoint", people.appoint, name="appoint"),
    path("staff/posts/<int:pk>/end", people.end_post, name="end_post"),
    path("staff/people/<str:username>", people.person, name="person"),
    path("staff/people/<str:username>/reset", people.reset_access, name="reset_access"),
    path("staff/people/<str:username>/active", people.set_active, name="set_active"),
]
