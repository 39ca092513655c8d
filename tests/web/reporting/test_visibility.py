"""Drafts and withdrawn reports at every exit of the room: page, lists, files, data, staff pages of others."""

from __future__ import annotations

import pytest

from gongkai.web.house.actor import Actor
from gongkai.web.house.visibility import may_see, visible
from gongkai.web.reporting.actions.publish_report import PublishReport
from gongkai.web.reporting.actions.withdraw_report import WithdrawReport
from gongkai.web.reporting.models import AnnualReport, ReportFigure, ReportFile
from gongkai.web.reporting.published import published_below, published_reports

from .test_column import files_of_their_own, uploaded  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
EXITS = [
    "/reports/lh-shuiwu/2023/", "/reports/lh-shuiwu/2023/original", "/reports/linhe/below/2023/",
    *(f"/reports/lh-shuiwu/2023/report.{to}" for to in ("docx", "pdf", "xlsx", "html", "json", "csv")),
]  # fmt: skip
LISTS = ["/reports/", "/reports/?year=2023", "/reports/lh-shuiwu/", "/reports/linhe/"]
WORDS = "水务局2023年政府信息公开"


def hidden(town, how):
    row = uploaded(town)
    if how != "draft":
        PublishReport(actor=town.actor("ou"), report=row).perform()
    if how == "withdrawn":
        WithdrawReport(actor=town.actor("ou"), report=row, reason="更正").perform()
    if how == "unlisted":
        town.water.listed = False
        town.water.save()
    return AnnualReport.objects.get(pk=row.pk)


@pytest.mark.parametrize("how", ["draft", "withdrawn", "unlisted"])
def test_the_public_meets_nothing_hidden(town, client, sign_in, how):
    row = hidden(town, how)
    for visitor in (client, sign_in("lin"), sign_in("fan")):
        for address in EXITS:
            assert visitor.get(address).status_code == 404, address
        for address in LISTS:
            answer = visitor.get(address)
            assert WORDS not in answer.content.decode(), address
    for model in (AnnualReport, ReportFigure, ReportFile):
        for actor in (Actor.public(), town.actor("lin"), town.actor("he")):
            assert not visible(model, actor).exists()
    assert not may_see(row, Actor.public())
    assert not published_reports().exists() and not published_below(town.city).exists()
    lin = sign_in("lin")
    for address in (f"/staff/reports/{row.pk}", f"/staff/reports/{row.pk}/original"):
        assert lin.get(address).status_code == 404
        assert client.get(address).status_code == 302
    for act in ("publish", "withdraw", "reread", "discard"):
        assert lin.post(f"/staff/reports/{row.pk}/{act}").status_code == 404
    assert WORDS not in lin.get("/staff/reports").content.decode()


@pytest.mark.parametrize("how", ["draft", "withdrawn"])
def test_the_organ_s_own_staff_see_it(town, sign_in, how):
    row = hidden(town, how)
    fan = sign_in("fan")
    assert fan.get(f"/staff/reports/{row.pk}").status_code == 200
    assert fan.get(f"/staff/reports/{row.pk}/original").status_code == 200
    assert WORDS in fan.get("/staff/reports?year=2023&q=水务").content.decode()


def test_what_is_published_is_at_every_exit(town, client):
    PublishReport(actor=town.actor("ou"), report=uploaded(town)).perform()
    for address in (*EXITS, *LISTS):
        assert client.get(address).status_code == 200, address
