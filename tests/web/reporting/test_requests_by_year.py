"""Requests by year: the figures printed in each report, nothing summed up, nothing filled in."""

from __future__ import annotations

import pytest

from gongkai.web.organs.models import Kind, Organ, Type
from gongkai.web.reporting.models import ReportFigure
from gongkai.web.reporting.requests_by_year import FINISHED, RECEIVED, Counts, chart_of, counts_of
from tests.web.reporting.test_column import files_of_their_own, published  # noqa: F401 - a fixture
from tests.web.support.town import organ

pytestmark = pytest.mark.django_db


def test_counts_are_those_of_the_report(town):
    row = published(town, year=2023)
    figures = dict(row.figures.filter(address__in=(RECEIVED, FINISHED)).values_list("address", "value"))
    assert counts_of([row]) == {row.pk: Counts(int(figures[RECEIVED]), int(figures[FINISHED]))}


def test_one_year_makes_no_chart(town):
    published(town, year=2023)
    assert chart_of(town.water) == []


def test_an_unknown_number_stays_unknown(town, client):
    for year in (2022, 2023):
        published(town, year=year)
    newest = published(town, year=2021)
    ReportFigure.objects.filter(report=newest, address=FINISHED).update(value=None)
    bars = chart_of(town.water)
    assert [one.year for one in bars] == [2021, 2022, 2023]
    assert bars[0].counts.finished is None
    assert bars[0].tall[1] == 0
    assert max(height for one in bars for height in one.tall) == 140
    shown = client.get("/reports/lh-shuiwu/").content.decode()
    assert "未载明" in shown
    assert f"新收申请{bars[1].counts.received}件" in shown


def test_a_region_shows_its_government(town, client):
    government = organ("lh-zf", "临禾市人民政府", Organ.objects.get(pk=town.city.pk), Kind.ORGAN, type=Type.GOVERNMENT)
    for year in (2022, 2023):
        row = published(town, year=year)
        row.organ = government
        row.save(update_fields=["organ"])
    assert {one.organ for one in chart_of(town.city)} == {"临禾市人民政府"}
    assert chart_of(town.water) == []
    for address in ("/", "/reports/linhe/"):
        assert "临禾市人民政府新收与办结的申请（件）" in client.get(address).content.decode()
