"""The grass-roots catalogue: read, applied, written, covered."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest
import xlsxwriter
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.catalogue.actions.end_entry import EndEntry
from gongkai.web.catalogue.actions.import_entries import ImportEntries
from gongkai.web.catalogue.actions.place_items import PlaceItem
from gongkai.web.catalogue.actions.save_entry import SaveEntry
from gongkai.web.catalogue.models import CatalogueEntry, Item, Stage
from gongkai.web.catalogue.standard import coverage as covering
from gongkai.web.catalogue.standard.apply import preview, rows_of
from gongkai.web.catalogue.standard.coverage import State, coverage, late_items, rate, totals
from gongkai.web.catalogue.standard.marks import UnknownMark, boxes, carriers, group_named, ticked
from gongkai.web.catalogue.standard.reading import CannotReadCatalogue, read_catalogue
from gongkai.web.catalogue.standard.timing import Timing, timing_of
from gongkai.web.catalogue.standard.writing import write_catalogue
from gongkai.web.catalogue.taxonomy import CARRIERS
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused
from gongkai.web.house.visibility import may_see

from .test_items import refusal

HEADS = [
    ["序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "", "公开方式", "", "公开层级", ""],
    ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级"],
]  # fmt: skip
ROWS = [
    [1, "通用政策", "国家和地方政策", "文件名称\n文号", "《条例》", "每季度更新", "临禾市水务局", "■政府网站 □政府公报\n■其他：栏目",
     "√", "", "√", "", "√", ""],
    [2, "", "办事指南", "条件", "《条例》", "自信息形成之日起7个工作日内", "某局", "■政府网站", "", "√老年人", "√", "√", "√", "√"],
    [3, "业务办理", "评估结果", "结果", "《条例》", "及时公开", "某局", "政务服务中心、公开查阅点", "√", "", "", "√", "", "√"],
]  # fmt: skip


def official(rows=ROWS, sheet="养老服务", title="（一）养老服务领域基层政务公开标准目录") -> bytes:
    """A workbook as published: title row, merged heading and level-1 cells."""
    store = io.BytesIO()
    with xlsxwriter.Workbook(store, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.merge_range(0, 0, 0, 13, title)
        for number, row in enumerate(HEADS, start=2):
            for place, text in enumerate(row):
                if text:
                    page.write(number, place, text)
        for column in (0, 3, 4, 5, 6, 7):
            page.merge_range(2, column, 3, column, HEADS[0][column])
        for first, last in ((1, 2), (8, 9), (10, 11), (12, 13)):
            page.merge_range(2, first, 2, last, HEADS[0][first])
        for number, row in enumerate(rows, start=4):
            page.write_row(number, 0, row)
        if rows is ROWS:
            page.merge_range(4, 1, 5, 1, "通用政策")
    return store.getvalue()


def rows(town, content=None, name="目录.xlsx"):
    return rows_of(read_catalogue(name, content or official()), town.city)


def imported(town, content=None):
    action = ImportEntries(actor=operator(), organ=town.city, rows=rows(town, content), source="目录.xlsx")
    return action.perform()


def operator() -> Actor:
    return Actor.operator()


def test_an_official_table_is_read_with_its_merged_cells_and_boxes(town):
    outcome = imported(town)
    assert (outcome.count("create"), outcome.failed) == (3, [])
    first, second, third = CatalogueEntry.objects.order_by("seq")
    assert (first.field, first.item_level1, first.item_level2) == ("elderly_care", "通用政策", "国家和地方政策")
    assert second.item_level1 == "通用政策"
    assert first.carriers == ["website", "other"]
    assert third.carriers == ["reading_place", "service_centre"]
    assert first.content_elements == "文件名称\n文号"
    assert first.responsible == town.water
    assert second.responsible is None
    assert (second.audience_all, second.audience_specific, second.mode_on_request) == (False, "老年人", True)
    assert (third.mode_proactive, third.level_county, third.level_township) == (False, False, True)


def test_a_second_time_changes_nothing(town):
    imported(town)
    again = imported(town)
    assert (again.count("same"), again.changes_anything) == (3, False)


def test_what_is_written_reads_back_to_the_same(town):
    imported(town)
    CatalogueEntry.objects.filter(seq=1).update(fresh_days=90, level_village=True)
    before = list(CatalogueEntry.objects.values())
    content = write_catalogue(town.city.name, CatalogueEntry.objects.all())
    again = imported(town, content)
    assert again.count("same") == 3
    assert list(CatalogueEntry.objects.values()) == before
    CatalogueEntry.objects.all().delete()
    imported(town, content)
    ids = {"id", "created_at", "updated_at"}
    bare = [{key: value for key, value in row.items() if key not in ids} for row in CatalogueEntry.objects.values()]
    assert bare == [{key: value for key, value in row.items() if key not in ids} for row in before]


def test_a_formula_stays_a_word(town):
    content = official([[1, "=1+1", "@cmd", "条件", "", "", "", "■政府网站", "√", "", "√", "", "√", ""]])
    imported(town, content)
    entry = CatalogueEntry.objects.get()
    assert entry.item_level2 == "@cmd"
    text = write_catalogue("甲", [entry])
    assert read_catalogue("目录.xlsx", text).rows[0].cells["item_level2"] == "@cmd"


def test_renumbering_rows_revises_them(town):
    imported(town)
    moved = [[4 - row[0], *row[1:]] for row in ROWS]
    moved[1][1] = "通用政策"
    outcome = imported(town, official(moved))
    assert outcome.count("revise") == 2
    assert CatalogueEntry.objects.get(seq=3).item_level2 == "国家和地方政策"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({3: ""}, "公开内容"),
        ({7: "■飞鸽"}, "飞鸽"),
        ({8: "可能"}, "√"),
        ({8: "", 9: ""}, "公开对象"),
        ({10: "", 11: ""}, "公开方式"),
        ({12: "", 13: ""}, "公开层级"),
    ],
)
def test_a_bad_row_undoes_the_whole_import(town, change, words):
    bad = [list(row) for row in ROWS]
    bad[1][1] = "通用政策"
    for place, value in change.items():
        bad[1][place] = value
    action = ImportEntries(actor=operator(), organ=town.city, rows=rows(town, official(bad)), source="目录.xlsx")
    with pytest.raises(Refused) as caught:
        action.perform()
    [found] = caught.value.refusals
    assert found.message.startswith("“养老服务”序号2")
    assert words in found.message
    assert not CatalogueEntry.objects.exists()


def test_doubles_in_one_table_are_an_error(town):
    twice = [ROWS[0], [9, *ROWS[0][1:]]]
    found = rows(town, official(twice))
    assert "事项名称相同" in found[1].errors[0]


def test_a_sheet_of_no_known_field_says_what_to_do(town):
    found = rows(town, official(sheet="Sheet1", title="标准目录"))
    assert all("试点领域" in row.errors[0] for row in found)


def test_a_preview_leaves_nothing(town):
    assert preview(operator(), town.city, rows(town)).count("create") == 3
    assert not CatalogueEntry.objects.exists()


def test_the_table_of_a_word_document_is_read_too(town):
    document = docx.Document()
    document.add_paragraph("养老服务领域基层政务公开标准目录")
    table = document.add_table(rows=0, cols=14)
    for row in [*HEADS, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)
    store = io.BytesIO()
    document.save(store)
    found = rows(town, store.getvalue(), "目录.docx")
    assert [row.errors for row in found] == [[], [], []]
    assert found[1].values["item_level1"] == "通用政策"


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030"])
def test_a_csv_with_a_field_column(town, charset):
    text = "序号,试点领域,一级事项,公开内容（要素）,全社会,主动,县级\n1,就业创业,招聘,岗位,√,√,√\n"
    [row] = rows(town, text.encode(charset), "目录.csv")
    assert row.errors == []
    assert row.values["field"] == "employment"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("目录.pdf", b"%PDF-", "XLSX"),
        ("目录.xlsx", b"broken", "没有标准目录表"),
        ("目录.xlsx", official()[:3000], "打不开"),
        ("目录.xlsx", b"x" * (6 * 1024 * 1024), "5 MB"),
        ("目录.csv", b"\xff\xff\x00", "编码"),
        ("目录.csv", "甲,乙\n1,2\n".encode(), "表头"),
    ],
)
def test_a_file_that_is_no_catalogue(name, content, word):
    with pytest.raises(CannotReadCatalogue) as caught:
        read_catalogue(name, content)
    assert word in str(caught.value)


def test_who_may_import(town):
    action = ImportEntries(actor=town.actor("fan"), organ=town.water, rows=rows(town), source="x")
    assert refusal(action) == {"has_role"}
    assert refusal(ImportEntries(actor=town.actor("ou"), organ=town.city, rows=rows(town), source="x")) == {"has_role"}
    assert refusal(ImportEntries(actor=town.actor("ou"), organ=town.water, rows=[], source="x")) == {"no_rows"}
    ImportEntries(actor=town.actor("ou"), organ=town.water, rows=rows(town), source="x").perform()
    assert CatalogueEntry.objects.filter(organ=town.water).count() == 3


@given(st.sets(st.sampled_from([term.key for term in CARRIERS])))
def test_boxes_read_back(keys):
    assert set(carriers(boxes(sorted(keys)))) == keys


def test_marks():
    assert [ticked(text) for text in ("√", " ☑ ", "是", "", "□", "否")] == [True, True, True, False, False, False]
    assert [group_named(text) for text in ("", "√", "√ 低保对象", "低保对象", "□")] == ["", "特定群体", "低保对象", "低保对象", ""]
    with pytest.raises(UnknownMark):
        ticked("也许")


@pytest.mark.parametrize(
    ("words", "timing"),
    [
        ("自信息形成或者变更之日起20个工作日内", Timing(None, 20)),
        ("作出决定之日起七个工作日内", Timing(None, 7)),
        ("二十个工作日", Timing(None, 20)),
        ("每季度结束后15个工作日内", Timing(92, 15)),
        ("每半年更新", Timing(184, None)),
        ("按月公开", Timing(31, None)),
        ("每年1月31日前", Timing(366, None)),
        ("及时公开", Timing(None, None)),
        ("", Timing(None, None)),
        ("每周更新", Timing(7, None)),
    ],
)
def test_what_time_limits_ask(words, timing):
    assert timing_of(words) == timing


def place(town, item, *entries, by="fan"):
    return PlaceItem(actor=town.actor(by), item=item, entries=entries)


def test_coverage_tells_empty_stale_and_fresh(town, at):
    imported(town)
    policy, guide_, _ = CatalogueEntry.objects.order_by("seq")
    states = lambda: [one.state for one in coverage(CatalogueEntry.objects.order_by("seq"))]  # noqa: E731
    assert states() == [State.EMPTY, State.EMPTY, State.ON_REQUEST]
    item = at(Stage.PUBLISHED, since=timezone.now() - timedelta(days=200))
    place(town, item, policy, guide_).perform()
    assert states() == [State.STALE, State.FRESH, State.ON_REQUEST]
    fresh = at(Stage.PUBLISHED, title="新的")
    place(town, fresh, policy).perform()
    assert states() == [State.FRESH, State.FRESH, State.ON_REQUEST]
    Item.objects.filter(pk=fresh.pk).update(stage=Stage.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_reason="误")
    assert states()[0] == State.STALE
    counts = totals(coverage(CatalogueEntry.objects.all()))
    assert counts == {State.EMPTY: 0, State.STALE: 1, State.FRESH: 1, State.ON_REQUEST: 1}
    assert rate(counts) == "50.0%"
    assert rate(dict.fromkeys(State, 0)) == ""


def test_a_draft_covers_nothing(town, draft):
    imported(town)
    entry = CatalogueEntry.objects.get(seq=1)
    place(town, draft(), entry).perform()
    assert coverage(CatalogueEntry.objects.filter(pk=entry.pk))[0].state == State.EMPTY


def test_the_day_of_renewal_gives_the_working_days_of_the_limit(town):
    entry = CatalogueEntry(time_limit="每季度结束后5个工作日内")
    newest = date(2026, 3, 2)
    due = covering.renewal_due(entry, newest)
    # 92 days later is Tuesday 2 June 2026; five working days on, Tuesday 9 June.
    assert due == date(2026, 6, 9)
    assert covering.renewal_due(CatalogueEntry(time_limit="及时"), newest) is None


def test_items_that_came_late_are_named(town, at):
    imported(town)
    entry = CatalogueEntry.objects.get(seq=2)
    late = at(Stage.PUBLISHED, formed_on=timezone.localdate() - timedelta(days=60))
    prompt = at(Stage.PUBLISHED, title="及时", formed_on=timezone.localdate() - timedelta(days=2))
    for item in (late, prompt):
        place(town, item, entry).perform()
    assert [item for item, _ in late_items(entry)] == [late]


def test_placing_is_for_the_item_s_people_and_its_own_catalogue(town, at):
    imported(town)
    entry = CatalogueEntry.objects.get(seq=1)
    item = at(Stage.PUBLISHED)
    assert refusal(place(town, item, entry, by="gu")) == {"has_role"}
    CatalogueEntry.objects.filter(pk=entry.pk).update(organ=town.county)
    assert refusal(place(town, item, entry)) == {"entry"}


def test_an_ended_entry_is_no_longer_public(town):
    imported(town)
    entry = CatalogueEntry.objects.get(seq=1)
    assert may_see(entry, Actor.public())
    assert refusal(EndEntry(actor=town.actor("ou"), entry=entry)) == {"has_role"}
    EndEntry(actor=operator(), entry=entry).perform()
    entry.refresh_from_db()
    assert not may_see(entry, Actor.public())
    assert refusal(EndEntry(actor=operator(), entry=entry)) == {"ended"}
    imported(town)
    assert CatalogueEntry.objects.filter(item_level2="国家和地方政策").count() == 2


def test_refusals_of_saving(town):
    imported(town)
    entry = CatalogueEntry.objects.get(seq=1)
    values = {"field": entry.field, "item_level1": entry.item_level1, "item_level2": "办事指南"}
    assert refusal(SaveEntry(actor=operator(), organ=town.city, entry=entry, values=values)) == {"twice"}
    entry.refresh_from_db()
    assert refusal(SaveEntry(actor=operator(), organ=town.city, entry=entry, values={"carriers": ["x"]})) == {"carriers"}
    entry.refresh_from_db()
    assert refusal(SaveEntry(actor=town.actor("fan"), organ=town.city, entry=entry, values={})) == {"has_role"}
