"""The count of conversions: each decision once, each figure with its documents, and only to who may see them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongkai.web.catalogue.models import Item, Stage
from gongkai.web.house.visibility import visible
from gongkai.web.organs.models import Role
from gongkai.web.review.actions.change_attribute import ChangeAttribute
from gongkai.web.review.actions.set_reassess_date import SetReassessDate
from gongkai.web.review.conversions import TURNS, changes_of, counted
from gongkai.web.review.models import AttributeChange
from tests.web.support.town import person

from .conftest import WITHHELD

PAGE = "/staff/review/conversions"


def opened(bureau, item, why="情况已经公开，可以公开"):
    return ChangeAttribute(actor=bureau.actor("gu"), item=item, attribute="proactive", why=why).perform()


@pytest.fixture
def year(bureau, approved):
    """Of four kept: two opened (one two years ago), one withheld altogether, one left as it is. Names of the four by what happened."""
    kept = {name: approved(**{**WITHHELD, "title": f"临禾市水务局关于{name}的批复"}) for name in ("供水", "管网", "水价", "取水")}
    opened(bureau, kept["供水"])
    earlier = opened(bureau, kept["管网"])
    AttributeChange.objects.filter(pk=earlier.pk).update(at=timezone.now() - timedelta(days=730))
    ChangeAttribute(
        actor=bureau.actor("gu"), item=kept["水价"], attribute="not_public", withheld_under="process_info", why="仍在研究论证，属于过程性信息"
    ).perform()
    SetReassessDate(actor=bureau.actor("gu"), item=kept["取水"], on=timezone.localdate() + timedelta(days=200), why="仍只涉及特定单位").perform()
    return kept


def test_each_decision_counts_once_in_its_direction(bureau, year):
    found = counted(changes_of(bureau.actor("gu"), bureau.water))
    assert [(turn.title, count) for turn, count in found.totals] == [
        ("依申请公开转为主动公开", 2), ("不予公开转为主动公开", 0), ("不予公开转为依申请公开", 0), ("依申请公开转为不予公开", 1),
        ("主动公开转为依申请公开", 0), ("主动公开转为不予公开", 0), ("评估后维持原属性", 1),
    ]  # fmt: skip
    assert [turn.short for turn in TURNS] == ["依申请转主动", "不予转主动", "不予转依申请", "依申请转不予", "主动转依申请", "主动转不予", "维持"]
    assert [(line.organ, [count for _, count in line.counts]) for line in found.lines] == [(bureau.water, [2, 0, 0, 1, 0, 0, 1])]
    assert (found.opened, found.out) == (2, 0)
    item = year["供水"]
    ChangeAttribute(actor=bureau.actor("gu"), item=Item.objects.get(pk=item.pk), attribute="on_request", withheld_under="specific_parties", why="还只涉及特定单位").perform()
    opened(bureau, Item.objects.get(pk=item.pk))
    Item.objects.filter(pk=item.pk).update(stage=Stage.PUBLISHED, published_at=timezone.now())
    found = counted(changes_of(bureau.actor("gu"), bureau.water))
    assert [count for _, count in found.totals] == [3, 0, 0, 1, 1, 0, 1]
    assert (found.opened, found.out) == (3, 1)


def test_every_possible_change_has_its_direction(bureau, year):
    item = year["供水"]
    values = ("proactive", "on_request", "not_public")
    AttributeChange.objects.all().delete()
    AttributeChange.objects.bulk_create(
        AttributeChange(item=item, old=old, new=new, why="评估", by=bureau.people["gu"]) for old in values for new in values
    )
    found = counted(changes_of(bureau.actor("gu"), bureau.water))
    assert [count for _, count in found.totals] == [1] * 6 + [3]
    assert sum(AttributeChange.objects.filter(turn.condition).count() for turn in TURNS) == 9


def test_a_figure_leads_to_its_documents(bureau, year, sign_in):
    office = sign_in("ou")
    page = office.get(PAGE).content.decode()
    assert "公开属性变更统计" in page
    assert f'<a href="?organ={bureau.water.slug}&amp;turn=on_request-proactive#decisions">2</a>' in page
    listed = office.get(f"{PAGE}?organ={bureau.water.slug}&turn=on_request-proactive").content.decode()
    assert year["供水"].title in listed and year["管网"].title in listed
    assert year["水价"].title not in listed and year["取水"].title not in listed
    this_year = timezone.localdate().year
    listed = office.get(f"{PAGE}?year={this_year}&turn=on_request-proactive").content.decode()
    assert year["供水"].title in listed
    assert year["管网"].title not in listed
    assert 'turn=on_request-proactive#decisions">1</a>' in listed
    assert "仍只涉及特定单位" in office.get(f"{PAGE}?turn=same").content.decode()
    assert "没有变更公开属性的决定" in office.get(f"{PAGE}?turn=not_public-proactive").content.decode()


def test_the_worklist_leads_there(bureau, sign_in):
    assert f'href="{PAGE}"' in sign_in("ou").get("/staff/review").content.decode()


def test_the_decisions_can_be_taken_away(bureau, year, sign_in):
    office = sign_in("ou")
    answer = office.get(f"{PAGE}.csv?turn=on_request-not_public")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[0].startswith("决定时间,机关,索引号,文号,标题,原公开属性")
    assert "依申请公开" in rows[1] and "不予公开" in rows[1] and year["水价"].index_number in rows[1]
    answer = office.get(f"{PAGE}.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert len(rows) == 5
    assert {row[4] for row in rows[1:]} == {item.title for item in year.values()}
    assert office.get(f"{PAGE}.pdf").status_code == 404


def test_no_cell_starts_a_formula(bureau, approved, sign_in):
    opened(bureau, approved(**{**WITHHELD, "title": "=1+1号项目的批复"}))
    text = b"".join(sign_in("ou").get(f"{PAGE}.csv").streaming_content).decode()
    assert ",'=1+1号项目的批复," in text


def test_only_to_who_may_see(bureau, year, sign_in, client):
    watcher = person("zhu", "祝主管", bureau.city, Role.SUPERVISOR)
    neighbour = person("lu", "路邻", bureau.county_bureau, Role.APPROVER)
    answers = person("xie", "谢承办", bureau.water, Role.CASE_OFFICER)
    bureau.people |= {"zhu": watcher, "lu": neighbour, "xie": answers}
    for who, count in {"gu": 4, "ou": 4, "fan": 4, "zhu": 4, "lu": 0, "lin": 0, "he": 0, "shi": 0, "xie": 0}.items():
        assert visible(AttributeChange, bureau.actor(who)).count() == count, who
        clerk = sign_in(who)
        page = clerk.get(PAGE)
        assert page.status_code == 200, who
        assert (year["供水"].title in page.content.decode()) == bool(count), who
        table = b"".join(clerk.get(f"{PAGE}.csv").streaming_content).decode()
        assert table.count("\n") == count + 1, who
        # Asking for an organ out of scope gives one's own, never the other's.
        assert (year["供水"].title in clerk.get(f"{PAGE}?organ={bureau.water.slug}").content.decode()) == bool(count), who
    for address in (PAGE, f"{PAGE}.csv", f"{PAGE}.xlsx"):
        assert client.get(address).status_code == 302


def test_what_went_back_to_its_drafter_is_not_the_supervisors(bureau, year):
    bureau.people["zhu"] = person("zhu", "祝主管", bureau.city, Role.SUPERVISOR)
    Item.objects.filter(pk=year["供水"].pk).update(stage=Stage.RETURNED)
    assert counted(changes_of(bureau.actor("zhu"), bureau.city)).opened == 1
    assert counted(changes_of(bureau.actor("gu"), bureau.water)).opened == 2


def test_odd_addresses_are_answered(bureau, year, sign_in):
    office = sign_in("ou")
    for odd in ("year=x", "year=99999999", "organ=nobody", "turn=nothing", "page=99", "year=²"):
        assert office.get(f"{PAGE}?{odd}").status_code == 200, odd
