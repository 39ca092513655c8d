"""Addresses of reports: /checker and /reports for the public, /staff/reports for staff."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.web.house.secret_paths import SecretKey

from .views import checker, column, staff


class Year(StringConverter):
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        """The year."""
        return int(value)


register_converter(SecretKey, "check_key")
register_converter(Year, "report_year")

app_name = "reporting"
_CHECK = "checker/<check_key:key>"
_REPORT = "reports/<slug:slug>/<report_year:year>"
_STAFF = "staff/reports/<int:pk>"
urlpatterns = [
    path("checker/", checker.checker, name="checker"),
    path(f"{_CHECK}/", checker.check, name="check"),
    path(f"{_CHECK}/progress", checker.progress, name="progress"),
    path(f"{_CHECK}/forget", checker.forget, name="forget"),
    path(f"{_CHECK}/page/<int:number>/<int:page>.png", checker.page_picture, name="page_picture"),
    path(f"{_CHECK}/result.<str:to>", checker.result_file, name="result_file"),
    path("reports/", column.every_year, name="reports"),
    path("reports/<slug:slug>/", column.organ_years, name="organ"),
    path("reports/<slug:slug>/below/<report_year:year>/", column.below, name="below"),
    path(f"{_REPORT}/", column.report, name="report"),
    path(f"{_REPORT}/original", column.original, name="original"),
    path(f"{_REPORT}/report.<str:to>", column.document, name="document"),
    path("staff/reports", staff.report_list, name="list"),
    path("staff/reports/upload", staff.upload, name="upload"),
    path("staff/reports/keep/<check_key:key>/<int:number>", staff.keep, name="keep"),
    path(_STAFF, staff.detail, name="detail"),
    path(f"{_STAFF}/original", staff.original, name="staff_original"),
    path(f"{_STAFF}/publish", staff.publish, name="publish"),
    path(f"{_STAFF}/withdraw", staff.withdraw, name="withdraw"),
    path(f"{_STAFF}/reread", staff.reread, name="reread"),
    path(f"{_STAFF}/discard", staff.discard, name="discard"),
]
