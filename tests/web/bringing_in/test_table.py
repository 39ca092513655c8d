"""Items from tables: faults by row, all or nothing a batch, again changes nothing, nothing half brought in."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import AuditEvent
from gongkai.web.bringing_in.actions.bring_in_items import BringInItems
from gongkai.web.bringing_in.bringing import bring_in, look
from gongkai.web.bringing_in.models import Origin
from gongkai.web.bringing_in.table.columns import BadCell, day, html_of, moment
from gongkai.web.bringing_in.table.folder import CannotUnpack, Folder, unpack
from gongkai.web.bringing_in.table.reading import read
from gongkai.web.bringing_in.table.streaming import CannotReadTable
from gongkai.web.bringing_in.table.template import template
from gongkai.web.catalogue.files.storing import intact
from gongkai.web.catalogue.models import Attachment, Item, ItemVersion, OldAddress, Stage, StoredFile
from gongkai.web.catalogue.versions import keep_version
from gongkai.web.house.actor import Actor
from gongkai.web.house.rule import Refused

GOOD = """来源编号,标题*,信息类别*,发布机构,文号,成文日期,发布日期,正文,附件,旧地址,有效性
A1,关于春灌的通知,其他政策文件,临禾市水务局,临水发〔2023〕4号,2023-3-1,2023-03-02 09:30,第一行,表.txt,/a/1.html,失效
A2,节水宣传周公告,公告公示,,,,2023年5月6日,<p>正文<script>x</script></p>,,,
A3,水价调整公告,公告公示,,,,2023.7.1,,,,
"""


def rows(text, town, folder=None, charset="utf-8"):
    return read("表.csv", io.BytesIO(text.encode(charset)), town.water, Folder(folder))


@pytest.fixture
def folder(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "kept"},
        },
    }
    place = tmp_path / "files"
    place.mkdir()
    (place / "表.txt").write_text("灌溉面积表", "utf-8")
    return place


def run(town, text, folder=None, **more):
    return bring_in(Actor.operator(), town.water, rows(text, town, folder), "旧系统", **more)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_published_with_their_dates(town, folder, charset):
    tally = bring_in(Actor.operator(), town.water, rows(GOOD, town, folder, charset), "旧系统", publish=True)
    assert (tally.created, tally.faults) == (3, [])
    first = Item.objects.get(origin__key="A1")
    assert (first.stage, first.validity, first.number_serial) == (Stage.PUBLISHED, "expired", 4)
    assert first.published_at.isoformat() == "2023-03-02T01:30:00+00:00"
    assert first.body == "<p>第一行</p>"
    assert first.index_number
    assert OldAddress.objects.get().item == first
    assert intact(first.attachments.get().file)
    assert "script" not in Item.objects.get(origin__key="A2").body
    assert not list(verify())


def test_drafts_unless_said_otherwise(town, folder):
    run(town, GOOD, folder)
    assert set(Item.objects.values_list("stage", flat=True)) == {Stage.DRAFT}
    assert not Item.objects.exclude(published_at=None).exists()


def test_only_the_operator_publishes(town, folder):
    with pytest.raises(Refused, match="须由系统管理员"):
        bring_in(town.actor("ou"), town.water, rows(GOOD, town, folder), "旧系统", publish=True)
    assert not Item.objects.exists()


def test_no_one_brings_in_for_organs_of_others(town):
    text = "标题,信息类别,发布机构\n某公告,公告公示,东坡县农业农村局\n"
    with pytest.raises(Refused, match="东坡县农业农村局"):
        bring_in(town.actor("ou"), town.water, rows(text, town), "上传")
    assert not Item.objects.exists()


def test_again_changes_nothing(town, folder):
    run(town, GOOD, folder)
    before = (
        list(Item.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
        Attachment.objects.count(),
    )
    again = run(town, GOOD, folder, size=2)
    assert (again.created, again.same) == (0, 3)
    assert before == (
        list(Item.objects.order_by("pk").values()),
        AuditEvent.objects.count(),
        Attachment.objects.count(),
    )


def test_without_key_the_index_number_and_then_the_content_is_the_identity(town):
    text = "标题,信息类别,索引号\n甲,公告公示,SW/2019-7\n乙,公告公示,\n"
    run(town, text)
    assert run(town, text).same == 2
    assert set(Origin.objects.values_list("key", flat=True)) > {"SW/2019-7"}
    assert Item.objects.count() == 2


def test_a_changed_row_is_named_and_left(town, folder):
    run(town, GOOD, folder)
    tally = run(town, GOOD.replace("节水宣传周", "节水宣传月"), folder)
    assert (tally.changed, tally.different) == (1, ["第3行 节水宣传月公告"])
    assert Item.objects.filter(title="节水宣传周公告").exists()


def test_the_first_version_is_what_the_catalogue_would_keep(town, folder):
    run(town, GOOD, folder, publish=True)
    for item in Item.objects.all():
        keep_version(item, Actor.operator(), "catalogue.revise")
    assert ItemVersion.objects.count() == 3


BAD = """标题,信息类别,发布机构,成文日期,附件,有效性
好的,公告公示,,,,
,公告公示,,,,
错类别,没这类,,,,
错机关,公告公示,查无此局,,,
错日期,公告公示,,2023-13-1,,
没文件,公告公示,,,缺.pdf,
出文件夹,公告公示,,,../kept,
没有效性,公告公示,,,,失效
"""


def test_every_fault_is_named_by_row_and_nothing_of_the_batch_stays(town, folder):
    tally = run(town, BAD, folder)
    said = {place: "；".join(errors) for place, _, errors in tally.faults}
    assert set(said) == {f"第{number}行" for number in range(3, 10)}
    for number, word in enumerate(
        [
            "缺少“标题”",
            "不在分类中",
            "查无此局",
            "应是日期",
            "没有“缺.pdf”",
            "不在附件文件夹内",
            "没有有效性",
        ],
        3,
    ):
        assert word in said[f"第{number}行"]
    assert tally.held_back == 1
    assert not Item.objects.exists()
    assert not StoredFile.objects.exists()


def test_other_batches_go_on_and_a_second_run_takes_up_the_rest(town, folder):
    text = (
        BAD.splitlines()[0]
        + "\n"
        + "\n".join(f"第{n}号公告,公告公示,,{'x' if n == 5 else ''},," for n in range(8))
        + "\n"
    )
    tally = run(town, text, folder, size=2)
    assert (tally.created, tally.held_back, len(tally.faults)) == (6, 1, 1)
    tally = run(town, text.replace(",x,", ",,"), folder, size=2)
    assert (tally.created, tally.same) == (2, 6)
    assert Item.objects.count() == 8


def test_doubles_are_faults(town):
    text = "来源编号,标题,信息类别,索引号\nK,甲,公告公示,\nK,乙,公告公示,\nL,丙,公告公示,SW-1\nM,丁,公告公示,SW-1\n"
    said = look(rows(text, town), "旧系统", publish=False)
    assert [place for place, _, _ in said.faults] == ["第3行", "第5行"]
    across = look(rows(text, town), "旧系统", publish=False, size=1)
    assert [place for place, _, _ in across.faults] == ["第3行"]
    assert not Item.objects.exists()


def test_an_index_number_of_another_item_is_a_fault(town):
    run(town, "标题,信息类别,索引号\n甲,公告公示,SW-1\n")
    tally = bring_in(
        Actor.operator(), town.water, rows("标题,信息类别,索引号\n乙,公告公示,SW-1\n", town), "别处"
    )
    assert "已被平台上另一条信息使用" in tally.faults[0][2][0]


def test_publishing_needs_the_date_and_not_a_future_one(town):
    text = "标题,信息类别,发布日期\n甲,公告公示,\n乙,公告公示,2999-1-1\n"
    tally = run(town, text, publish=True)
    assert ["发布日期" in errors[0] for _, _, errors in tally.faults] == [True, True]


def test_withheld_things_are_kept_and_not_published(town):
    run(town, "标题,信息类别,公开属性,不公开理由,发布日期\n甲,公告公示,依申请公开,个人隐私,\n", publish=True)
    tally = look(rows("标题,信息类别,公开属性\n乙,公告公示,依申请公开\n", town), "s", publish=True)
    assert tally.faults
    assert not Item.objects.filter(stage=Stage.PUBLISHED).exists()


def test_a_fault_while_saving_leaves_nothing(town, folder, monkeypatch):
    from gongkai.web.bringing_in import saving

    def broken(*args):
        raise RuntimeError("power cut")

    monkeypatch.setattr(saving, "_content", broken)
    with pytest.raises(RuntimeError):
        run(town, GOOD, folder)
    assert not Item.objects.exists()
    assert not Origin.objects.exists()
    assert not Attachment.objects.exists()


def test_the_template_is_itself_a_good_table(town):
    found = list(read("模板.xlsx", io.BytesIO(template()), town.water, Folder(None)))
    assert len(found) == 1
    assert found[0].unreadable == []
    assert look(found, "模板", publish=True).created == 1


def test_a_workbook_counts_rows_as_people_see_them(town):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["标题", "信息类别", "成文日期"])
    sheet.write_row(3, 0, ["甲", "公告公示", "昨天"])
    book.close()
    (row,) = read("表.xlsx", target, town.water, Folder(None))
    assert row.place == "第4行"
    assert "应是日期" in row.unreadable[0]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("表.csv", b"\xff\xfe\x00\x01", "不是文本文件"), ("表.csv", b"\x81\xff\xff", "文字编码"), ("表.csv", b"", "缺少"),
        ("表.csv", "标题,标题,信息类别".encode(), "列名重复"), ("表.xlsx", b"PK\x03\x04junk", "打不开"), ("表.pdf", b"%PDF", "不是CSV"),
        ("表.csv", '标题,信息类别\n"甲'.encode() + b'","' + b"x" * 5_000_000, "格式有误"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told(town, name, content, word):
    with pytest.raises(CannotReadTable, match=word):
        list(read(name, io.BytesIO(content), town.water, Folder(None)))


def test_archives_keep_inside_their_folder(tmp_path):
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../out.txt", "x")
        archive.writestr("/etc/inner.txt", "y")
        archive.writestr("附件/一.txt", "z")
        archive.writestr(zipfile.ZipInfo(""), "nameless")
    unpack(target, tmp_path / "in")
    assert not (tmp_path / "out.txt").exists()
    assert (tmp_path / "in" / "附件" / "一.txt").read_text() == "z"
    with pytest.raises(CannotUnpack):
        unpack(io.BytesIO(b"not a zip"), tmp_path)


def test_links_out_of_the_folder_are_refused(tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (place / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(BadCell, match="不在附件文件夹内"):
        Folder(place).file("link.txt")


@given(st.text())
def test_cells_are_dates_or_faults(text):
    for parse in (day, moment):
        try:
            parse(text)
        except BadCell as error:
            assert "应是日期" in str(error) or "时间不对" in str(error)


def test_plain_text_keeps_its_lines_and_its_signs():
    assert html_of("一\n\n 5 < 6 ") == "<p>一</p><p>5 &lt; 6</p>"


def test_the_command(town, folder, tmp_path, capsys):
    table = tmp_path / "表.csv"
    table.write_text(GOOD, "utf-8")
    call_command("bring_in", "table", str(table), organ="lh-shuiwu", folder=folder, preview=True)
    assert not Item.objects.exists()
    call_command("bring_in", "table", str(table), organ="lh-shuiwu", folder=folder, publish=True)
    assert "新建3" in capsys.readouterr().out
    assert Item.objects.filter(stage=Stage.PUBLISHED).count() == 3
    table.write_text(BAD, "utf-8")
    with pytest.raises(CommandError, match="7行有错"):
        call_command("bring_in", "table", str(table), organ="lh-shuiwu", folder=folder)
    assert "第3行" in capsys.readouterr().err


def test_one_event_a_batch_says_which(town, folder):
    run(town, GOOD, folder)
    event = AuditEvent.objects.filter(verb=BringInItems.verb).get()
    numbers = sorted(Item.objects.values_list("number", flat=True))
    assert (event.facts["created"], event.facts["first"], event.facts["last"]) == (3, numbers[0], numbers[-1])
