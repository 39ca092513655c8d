"""The column: from a document to a public page by two people, and back."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.checking import check
from gongkai.report import from_plain
from gongkai.web.audit.models import AuditEvent
from gongkai.web.house.rule import Refused
from gongkai.web.organs.models import Alias, Role
from gongkai.web.reporting.actions.discard_report import DiscardReport
from gongkai.web.reporting.actions.publish_report import PublishReport
from gongkai.web.reporting.actions.reread_report import RereadReport
from gongkai.web.reporting.actions.upload_report import UploadReport
from gongkai.web.reporting.actions.withdraw_report import WithdrawReport
from gongkai.web.reporting.files import put_away
from gongkai.web.reporting.models import AnnualReport, ReportFigure, Status
from gongkai.web.reporting.reading import CannotTake, Taken, take
from gongkai.web.review.models import PassedOver
from tests.web.support.town import person

from . import samples

pytestmark = pytest.mark.django_db
PAGE = "/reports/lh-shuiwu/2023/"


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}},
    }


def taken(broken=False, year=2023, data=None, kind="html"):
    report = samples.report(broken, year)
    errors = sum(finding.severity == "error" for finding in check(report))
    return Taken(data or samples.document(broken=broken, year=year), f"{year}.{kind}", kind, report, errors, 0)


def uploaded(town, by="fan", **more):
    what = taken(**{key: more.pop(key) for key in ("broken", "year", "data", "kind") if key in more})
    return UploadReport(
        actor=town.actor(by), organ=town.water, year=what.report.year, taken=what, file=put_away(what.data, what.kind), **more
    ).perform()


def published(town, **more):
    return PublishReport(actor=town.actor("ou"), report=uploaded(town, **more)).perform()


def test_from_the_upload_page_to_the_public(town, sign_in, client):
    fan = sign_in("fan")
    file = SimpleUploadedFile("2023年报.docx", samples.document("docx"))
    answer = fan.post("/staff/reports/upload", {"file": file, "organ": town.water.pk, "published_on": "2024-01-20"})
    assert answer.status_code == 302, answer.content.decode()
    row = AnnualReport.objects.get()
    assert (row.year, row.form, row.status, row.uploaded_by.username) == (2023, "2021", "draft", "fan")
    assert client.get(PAGE).status_code == 404
    assert "不能由您本人公开" in fan.post(f"/staff/reports/{row.pk}/publish").content.decode()
    ou = sign_in("ou")
    # The document's properties name its organ and nobody else: nothing that anyone has to answer for.
    assert not ou.get(f"/staff/reports/{row.pk}").context["publish_form"].fields
    assert ou.post(f"/staff/reports/{row.pk}/publish").status_code == 302
    html = client.get(PAGE).content.decode()
    assert samples.TITLE in html and "收到和处理政府信息公开申请情况" in html and 'content="2024-01-20"' in html
    assert client.get(PAGE + "original").content == samples.document("docx")
    verbs = list(AuditEvent.objects.filter(verb__startswith="reporting.").order_by("pk").values_list("verb", "outcome"))
    assert verbs == [("reporting.upload", "done"), ("reporting.publish", "refused"), ("reporting.publish", "done")]


def test_figures_are_rows(town):
    row = published(town)
    truth = samples.figures()
    stored = {figure.address: (figure.state, figure.value) for figure in ReportFigure.objects.filter(report=row)}
    assert stored == {a: (f.state.value, f.value) for a, f in truth.items()}
    assert {a: f.value for a, f in row.report().figures.items()} == {a: f.value for a, f in truth.items()}


def test_wrong_figures_stay_as_published_and_are_flagged(town, client):
    published(town, broken=True)
    html = client.get(PAGE).content.decode()
    assert 'data-address="requests.new_received.total"' in html
    assert "数字照原文公布，没有改动" in html and "六类申请人之和" in html and "最可能的改法" not in html


@pytest.mark.parametrize("to", ["docx", "pdf", "xlsx", "html", "json", "csv"])
def test_a_report_is_given_in_every_format(town, client, to):
    published(town)
    file = client.get(f"{PAGE}report.{to}")
    assert file.status_code == 200
    assert file["Content-Disposition"].startswith("attachment") and "sandbox" in file["Content-Security-Policy"]
    if to == "json":
        assert from_plain(file.json()).value("requests.new_received.total") == 53
    if to == "csv":
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert len(rows) == len(samples.figures())


def test_no_page_of_ours_is_a_page_of_theirs(town, client):
    published(town)
    file = client.get(PAGE + "original")
    assert file["Content-Type"] == "application/zip"
    (name,) = zipfile.ZipFile(io.BytesIO(file.content)).namelist()
    assert zipfile.ZipFile(io.BytesIO(file.content)).read(name) == samples.document()
    assert client.get(PAGE + "report.svg").status_code == 404


def test_who_uploaded_may_not_publish_and_roles_count(town):
    person("su", "苏未", town.water, Role.CASE_OFFICER)
    town.people["su"] = type(town.admin).objects.get(username="su")
    row = uploaded(town, by="ou")
    for username, rule in (("ou", "four_eyes"), ("su", "has_role"), ("lin", "has_role")):
        with pytest.raises(Refused) as refused:
            PublishReport(actor=town.actor(username), report=row).perform()
        assert [refusal.rule for refusal in refused.value.refusals] == [rule]


def test_reading_again_makes_one_the_author(town):
    row = uploaded(town, by="fan")
    RereadReport(actor=town.actor("ou"), report=row, taken=taken()).perform()
    with pytest.raises(Refused) as refused:
        PublishReport(actor=town.actor("ou"), report=row).perform()
    assert refused.value.refusals[0].rule == "four_eyes"
    assert ReportFigure.objects.filter(report=row).count() == len(samples.figures())


def test_what_is_published_is_not_read_again_nor_deleted(town):
    row = published(town)
    for act in (
        RereadReport(actor=town.actor("fan"), report=row, taken=taken()),
        DiscardReport(actor=town.actor("fan"), report=row),
    ):
        with pytest.raises(Refused) as refused:
            act.perform()
        assert refused.value.refusals[0].rule == "not_draft"


def test_withdrawing_needs_a_reason_and_makes_room(town, client):
    row = published(town)
    with pytest.raises(Refused):
        WithdrawReport(actor=town.actor("ou"), report=row, reason=" ").perform()
    second = uploaded(town)
    with pytest.raises(Refused) as refused:
        PublishReport(actor=town.actor("ou"), report=second).perform()
    assert refused.value.refusals[0].rule == "published_exists"
    WithdrawReport(actor=town.actor("ou"), report=row, reason="表三填错一行，更正后重新公布。").perform()
    assert client.get(PAGE).status_code == 404
    PublishReport(actor=town.actor("ou"), report=second).perform()
    assert client.get(PAGE).status_code == 200
    assert AnnualReport.objects.filter(status=Status.WITHDRAWN).get().withdrawn_because.startswith("表三")


def test_planted_pages_are_not_passed_on(town):
    from gongkai.report import Problem

    what = taken()
    what.report.problems = (Problem("hijacked", "页面被植入广告字样。"),)
    row = UploadReport(actor=town.actor("fan"), organ=town.water, year=2023, taken=what, file=put_away(what.data, "html")).perform()
    with pytest.raises(Refused) as refused:
        PublishReport(actor=town.actor("ou"), report=row).perform()
    assert refused.value.refusals[0].rule == "hijacked"


def test_what_hides_in_the_original_stops_it_and_a_warning_wants_its_reason(town, sign_in, client):
    card = samples.document().replace(b"</body>", "<p>联系人11010519491231002X</p></body>".encode())
    row = uploaded(town, data=card)
    with pytest.raises(Refused) as refused:
        PublishReport(actor=town.actor("ou"), report=row).perform()
    assert [one.rule for one in refused.value.refusals] == ["check_id_card"]
    DiscardReport(actor=town.actor("fan"), report=row).perform()
    row = uploaded(town, data=samples.document().replace(b"</body>", "<p>值班13912345678</p></body>".encode()))
    browser = sign_in("ou")
    page = browser.get(f"/staff/reports/{row.pk}")
    assert "放行理由" in page.content.decode()
    assert sign_in("fan").get(f"/staff/reports/{row.pk}").context["publish_form"] is None
    assert browser.post(f"/staff/reports/{row.pk}/publish").status_code == 200
    assert client.get(PAGE).status_code == 404
    (name,) = page.context["publish_form"].fields
    assert browser.post(f"/staff/reports/{row.pk}/publish", {name: "对外公布的值班电话"}).status_code == 302
    assert client.get(PAGE).status_code == 200
    assert (PassedOver.objects.get().subject, PassedOver.objects.get().reason) == (f"reporting.annualreport:{row.pk}", "对外公布的值班电话")


@pytest.mark.parametrize(("year", "rule"), [(2022, "other_year"), (1999, "year"), (2999, "year")])
def test_years_must_be_right(town, year, rule):
    what = taken()
    with pytest.raises(Refused) as refused:
        UploadReport(actor=town.actor("fan"), organ=town.water, year=year, taken=what, file=put_away(what.data, "html")).perform()
    assert rule in [refusal.rule for refusal in refused.value.refusals]
    assert not AnnualReport.objects.exists()


def test_others_drafts_may_not_be_made(town):
    what = taken()
    with pytest.raises(Refused):
        UploadReport(actor=town.actor("fan"), organ=town.county_bureau, year=2023, taken=what, file=put_away(what.data, "html")).perform()


@pytest.mark.parametrize(("name", "data", "words"), [
    ("空.docx", b"", "空文件"), ("别的.txt", "关于开展培训的通知".encode(), "不是政府信息公开工作年度报告"), ("坏.pdf", b"%PDF-1.7 x", "不能读取"),
])  # fmt: skip
def test_what_is_no_report_is_not_taken(name, data, words):
    with pytest.raises(CannotTake, match=words):
        take(name, data)


def test_the_organ_s_and_the_region_s_lists(town, client):
    published(town)
    published(town, year=2022)
    html = client.get("/reports/lh-shuiwu/").content.decode()
    assert html.index("2023年政府信息公开") < html.index("2022年政府信息公开")
    assert "2022年度" in client.get("/reports/linhe/").content.decode()
    assert "水务局2022年" in client.get("/reports/linhe/below/2022/").content.decode()
    assert client.get("/reports/linhe/below/2019/").status_code == 404
    assert "水务局2023年" not in client.get("/reports/?year=2022").content.decode()
    assert client.get("/reports/?year=abcd").status_code == 200


def test_a_renamed_organ_keeps_the_name_of_the_day(town, client):
    from gongkai.web.organs.actions.rename_organ import RenameOrgan

    published(town, published_on=date(2024, 1, 20))
    RenameOrgan(actor=town.actor("shi"), organ=town.water, name="临禾市水利局", on=date(2025, 3, 1)).perform()
    assert "<dd>临禾市水务局</dd>" in client.get(PAGE).content.decode()


def test_keeping_what_the_checker_read(town, sign_in, client, drop):
    fan = sign_in("fan")
    answer = drop("2023.html", samples.document(), by=fan)
    key = answer.place.split("/")[2]
    keep = f"/staff/reports/keep/{key}/0"
    assert keep in answer.content.decode()
    assert sign_in("ou").get(keep).status_code == 404
    assert 'value="2023"' in fan.get(keep).content.decode()
    assert fan.post(keep, {"organ": town.water.pk, "year": 2023}).status_code == 302
    assert AnnualReport.objects.get().file_name == "2023.html"
    assert client.get(answer.place).status_code == 404
    public = drop("2023.html", samples.document())
    assert "/keep/" not in public.content.decode()
    assert fan.get(f"/staff/reports/keep/{public.place.split('/')[2]}/0").status_code == 404


def test_published_reports_are_documents_of_the_search(town):
    from gongkai.web.search.document import Kind
    from gongkai.web.search.sources import sources

    source = sources()["reporting.annualreport"]
    row = uploaded(town)
    assert source.public([row.pk]) == []
    PublishReport(actor=town.actor("ou"), report=row).perform()
    (document,) = source.public([row.pk])
    assert (document.kind, document.url, document.title) == (Kind.ANNUAL_REPORT, PAGE, samples.TITLE)
    assert "更新不够及时" in document.body and town.city.pk in document.organs


def test_a_report_of_another_organ_is_pointed_out(town, sign_in):
    row = uploaded(town)
    page = sign_in("fan")
    address = f"/staff/reports/{row.pk}"
    assert "文件中写的机关" not in page.get(address).content.decode()
    AnnualReport.objects.filter(pk=row.pk).update(content=row.content.replace('"临禾市水务局"', '"远山市人民政府"'))
    assert "文件中写的机关是“远山市人民政府”，与所选的临禾市水务局不同。" in page.get(address).content.decode()
    Alias.objects.create(organ=town.water, text="远山市人民政府")
    assert "文件中写的机关" not in page.get(address).content.decode()
