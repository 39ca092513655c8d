"""Import of organs: preview, errors by row, all or nothing, again changes nothing."""

from __future__ import annotations

import io
import re
import string
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from gongkai.web.audit.models import AuditEvent
from gongkai.web.house.rule import Refused
from gongkai.web.organs.actions.import_organs import ImportOrgans
from gongkai.web.organs.importing.apply import preview
from gongkai.web.organs.importing.columns import COLUMNS, read_row
from gongkai.web.organs.importing.table import MAX_BYTES, CannotReadTable, read_table
from gongkai.web.organs.models import ImportDraft, Organ

GOOD = """代号,名称,类别,上级代号,层级,类型,别名,联系电话,工作机构名称,成立日期
lh-jyj-yuer,学前教育科,内设机构,lh-jyj,市级,,,,,
lh-jyj,临禾市教育局,机关,linhe,市级,组成部门,市教育局；教育局,0000-5550111,局办公室,2001-9-1
lh-shuiwu,临禾市水务局,机关,linhe,市级,,,0000-5550199,,
"""


def rows(text, charset="utf-8"):
    return [read_row(row) for row in read_table("表.csv", text.encode(charset))]


def act(town, text, who="shi"):
    return ImportOrgans(actor=town.actor(who), rows=rows(text), source="表.csv")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_children_may_come_before_parents(town, charset):
    outcome = ImportOrgans(actor=town.actor("shi"), rows=rows(GOOD, charset), source="表.csv").perform()
    assert (outcome.created, outcome.revised, outcome.unchanged) == (2, 1, 0)
    bureau = Organ.objects.get(slug="lh-jyj")
    assert [alias.text for alias in bureau.aliases.all()] == ["市教育局", "教育局"]
    assert bureau.office.phone == "0000-5550111"
    assert str(bureau.founded_on) == "2001-09-01"
    assert bureau.children.get().name == "学前教育科"
    water = Organ.objects.get(slug="lh-shuiwu")
    assert (water.office.phone, water.office.address) == ("0000-5550199", "临水路7号"), (
        "empty cells leave what is there"
    )


def test_again_changes_nothing(town):
    act(town, GOOD).perform()
    again = preview(town.actor("shi"), rows(GOOD))
    assert (again.created, again.revised, again.unchanged) == (0, 0, 3)
    assert not again.changes_anything


def test_a_preview_leaves_nothing(town):
    organs, events = Organ.objects.count(), AuditEvent.objects.count()
    assert preview(town.actor("shi"), rows(GOOD)).created == 2
    assert (Organ.objects.count(), AuditEvent.objects.count()) == (organs, events)


def test_one_bad_row_stops_all_and_is_named(town):
    organs = Organ.objects.count()
    bad = (
        GOOD
        + "lh-x,某局,机关,nowhere,市级,,,,,\nlh-y,某局,机关,linhe,天级,,,,,2001-13-1\n,,机关,linhe,市级,,,,,\n"
    )
    with pytest.raises(Refused) as caught:
        act(town, bad).perform()
    messages = [one.message for one in caught.value.refusals]
    assert Organ.objects.count() == organs
    assert [message[:4] for message in messages] == ["第5行：", "第6行：", "第7行："]
    assert "没有代号为“nowhere”的上级" in messages[0]
    assert "“天级”应是国家、省级、市级、县级、乡级之一" in messages[1]
    assert "应是日期" in messages[1]
    assert "缺少“代号”" in messages[2]
    assert AuditEvent.objects.filter(verb="organs.import", outcome="refused").count() == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lh-shuiwu,别的名称,机关,linhe,市级", "更名请用“机关更名”"),
        ("lh-shuiwu,临禾市水务局,机关,dongpo,县级", "隶属调整"),
        ("lh-shuiwu,临禾市水务局,派出机构,linhe,市级", "类别"),
        ("a1,甲,机关,a2,市级\na2,乙,机关,a1,市级", "绕成了一圈"),
        ("a1,甲,机关,linhe,市级\na1,乙,机关,linhe,市级", "重复"),
        ("a1,甲,内设机构,linhe,市级", "上级应是"),
    ],
)
def test_rows_that_cannot_be(town, line, message):
    outcome = preview(town.actor("shi"), rows("代号,名称,类别,上级代号,层级\n" + line + "\n"))
    assert message in "；".join("；".join(row.errors) for row in outcome.failed)


def test_the_rules_of_each_verb_hold(town):
    outcome = preview(town.actor("lin"), rows(GOOD))
    assert {row.place for row in outcome.failed} >= {"第3行", "第4行"}
    assert not any(row.effect == "create" for row in outcome.rows)


def xlsx(cells):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(cells):
            sheet.write_row(number, 0, line)
    return buffer.getvalue()


def test_spreadsheets_count_rows_as_the_clerk_does():
    table = read_table("表.xlsx", xlsx([["代号", "排序"], ["", ""], ["a1", 30]]))
    assert [(row.number, row.cells) for row in table] == [(3, {"代号": "a1", "排序": "30"})]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("表.doc", b"x", "不是CSV或XLSX"),
        ("表.csv", b"\xff\xfe\x00\x01\x80", "编码"),
        ("表.csv", "代号\n甲\x00乙".encode(), "不是文本"),
        ("表.csv", b"", "列名"),
        ("表.csv", "代号,代号\n1,2".encode(), "列名重复"),
        ("表.xlsx", b"PK\x03\x04 not a zip", "打不开"),
        ("表.csv", b"a" * (MAX_BYTES + 1), "超过5 MB"),
        ("表.csv", "代号\n".encode() + b"a\n" * 20_001, "超过20000行"),
    ],
)
def test_files_that_cannot_be_read(name, content, message):
    with pytest.raises(CannotReadTable, match=message):
        read_table(name, content)


def upload(client, text, name="表.csv"):
    return client.post("/staff/organs-import", {"file": SimpleUploadedFile(name, text.encode())})


def test_the_pages_upload_look_confirm(sign_in):
    client = sign_in("shi")
    answer = upload(client, GOOD)
    assert answer.status_code == 302
    look = client.get(answer["Location"])
    assert "新建2个，修改1个" in look.content.decode()
    assert not Organ.objects.filter(slug="lh-jyj").exists()
    done = client.post(answer["Location"])
    assert done["Location"] == "/staff/organs"
    assert Organ.objects.filter(slug="lh-jyj").exists()
    assert not ImportDraft.objects.exists()


def test_the_preview_belongs_to_who_uploaded(sign_in):
    address = upload(sign_in("shi"), GOOD)["Location"]
    assert sign_in("lin").get(address).status_code == 404


def test_a_bad_file_says_so_in_the_form(sign_in):
    page = upload(sign_in("shi"), "x", "表.doc").content.decode()
    assert "不是CSV或XLSX文件" in page
    assert "<title>错误：" in page


def test_the_command(town, tmp_path):
    path = tmp_path / "organs.csv"
    path.write_text(GOOD, "utf-8")
    out = io.StringIO()
    call_command("import_organs", str(path), stdout=out)
    call_command("import_organs", str(path), stdout=out)
    assert out.getvalue() == "新建2，修改1，无变化0。\n新建0，修改0，无变化3。\n"
    assert AuditEvent.objects.filter(verb="organs.import").count() == 1
    path.write_text(GOOD + "坏\n", "utf-8")
    with pytest.raises(CommandError, match="1行有错"):
        call_command("import_organs", str(path), stdout=out, stderr=out)


def test_the_blank_table_has_every_column_and_is_read_again(town, sign_in):
    answer = sign_in("shi").get("/staff/organs-import/template")
    assert answer.status_code == 200 and ".xlsx" in answer["Content-Disposition"]
    (heads,) = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert heads == [column.title for column in COLUMNS]
    assert read_table("表.xlsx", answer.content) == []
    sheet = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    chosen = re.findall(r'<dataValidation [^>]*sqref="([A-Z]+)2:', sheet)
    assert [COLUMNS[string.ascii_uppercase.index(place)].title for place in chosen] == ["类别", "类型", "层级", "列出"]
    assert "是,否" in sheet


def test_the_blank_table_is_for_those_who_import(town, sign_in):
    assert sign_in("fan").get("/staff/organs-import/template").status_code == 403
