"""Addresses of review: all for staff."""

from django.urls import path

from .views import acts, conversions, joint, later, originals, printing, referring, routes, show, worklist

app_name = "review"
_ITEM = "staff/review/<int:number>"
urlpatterns = [
    path("staff/review", worklist.show, name="worklist"),
    path(_ITEM, show.detail, name="item"),
    path(f"{_ITEM}/submit", acts.submit, name="submit"),
    path(f"{_ITEM}/pass", acts.agree, name="pass"),
    path(f"{_ITEM}/approve", acts.approve, name="approve"),
    path(f"{_ITEM}/return", acts.send_back, name="return"),
    path(f"{_ITEM}/refer", referring.refer, name="refer"),
    path(f"{_ITEM}/answer", referring.answer, name="answer"),
    path(f"{_ITEM}/joint", joint.joint, name="joint"),
    path(f"{_ITEM}/original", originals.name, name="original"),
    path(f"{_ITEM}/original/drop", originals.drop, name="drop_original"),
    path(f"{_ITEM}/publish", acts.publish, name="publish"),
    path(f"{_ITEM}/emergency", acts.emergency, name="emergency"),
    path(f"{_ITEM}/emergency-confirm", later.confirm_emergency, name="confirm_emergency"),
    path(f"{_ITEM}/emergency-review", later.review_emergency, name="review_emergency"),
    path(f"{_ITEM}/withdraw", later.withdraw, name="withdraw"),
    path(f"{_ITEM}/attribute", later.attribute, name="attribute"),
    path(f"{_ITEM}/reassess", later.reassess, name="reassess"),
    path(f"{_ITEM}/print/<slug:form>.<slug:suffix>", printing.download, name="print"),
    path("staff/review/conversions", conversions.show, name="conversions"),
    path("staff/review/conversions.<slug:to>", conversions.download, name="conversions_file"),
    path("staff/review/routes/<slug:slug>", routes.edit, name="route"),
]
