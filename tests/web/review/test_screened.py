"""Checks before publication reach what is no item: pages, catalogue rows, contact data, histories, reports."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.web.audit.models import AuditEvent
from gongkai.web.catalogue.actions.close_cleanup import CloseCleanup
from gongkai.web.catalogue.actions.decide_cleanup import DecideCleanup
from gongkai.web.catalogue.actions.open_cleanup import OpenCleanup
from gongkai.web.catalogue.actions.reclassify_item import ReclassifyItem
from gongkai.web.catalogue.actions.record_channel import RecordChannel
from gongkai.web.catalogue.actions.save_entry import SaveEntry
from gongkai.web.catalogue.actions.save_page import SavePage
from gongkai.web.catalogue.actions.set_validity import SetValidity
from gongkai.web.catalogue.models import (
    CatalogueEntry,
    EntryImport,
    PageKind,
    StandingPage,
    Validity,
    Verdict,
)
from gongkai.web.house.publishing import field_of
from gongkai.web.house.rule import Refused
from gongkai.web.house.visibility import visible
from gongkai.web.organs.actions.rename_organ import RenameOrgan
from gongkai.web.organs.actions.revise_office import ReviseOffice
from gongkai.web.organs.models import Office, Organ
from gongkai.web.organs.models.post import today
from gongkai.web.review.models import CheckLevel, CheckRun, Level, LinkCheck, PassedOver
from tests.web.catalogue.test_standard import ROWS, official

CARD, MOBILE = "11010519491231002X", "13912345678"
ENTRY = {
    "field": "social_assistance", "seq": 1, "item_level1": "最低生活保障", "content_elements": "办事指南", "audience_all": True,
    "mode_proactive": True, "level_county": True,
}  # fmt: skip


def rule(bureau, body, page=None, **more):
    values = {"title": "信息公开审查制度", "body": body, "published": True, **more}
    return SavePage(actor=bureau.actor("ou"), organ=bureau.water, kind=PageKind.RULE, values=values, page=page)


def refused(action):
    with pytest.raises(Refused) as caught:
        action.perform()
    return {one.rule for one in caught.value.refusals}


def explained(action, words="已核对，可以公开"):
    action.reasons = {one.print: words for one in action.look()}
    return action


@pytest.mark.parametrize(
    ("body", "check"),
    [
        (f"<p>第一条</p><p>联系人{CARD}</p>", "check_id_card"), ("<p>机密★1年</p>", "check_secret_mark"), ("<p>内部资料</p>", "check_internal_mark"),
        (f"<p>值班{MOBILE}</p>", "check_mobile"), ("<p>（征求意见稿）</p>", "check_draft_mark"), ('<p><a href="/info/999">见</a></p>', "check_dead_link"),
        ('<p><a href="http://u:p@a.example/">见</a></p>', "check_dangerous_link"),
    ],
)  # fmt: skip
def test_a_rule_is_looked_at_before_it_goes_out(bureau, body, check):
    assert refused(rule(bureau, body)) == {check}
    assert not StandingPage.objects.exists()
    draft = rule(bureau, body, published=False).perform()
    assert refused(rule(bureau, body, page=draft)) == {check}
    assert not StandingPage.objects.get().published


def test_a_reason_is_kept_with_the_page_and_asked_once(bureau):
    page = explained(rule(bureau, f"<p>值班{MOBILE}</p>"), "值班手机，对外公布").perform()
    kept = PassedOver.objects.get()
    assert (kept.subject, kept.organ, kept.item, kept.reason, kept.by.username) == (f"catalogue.standingpage:{page.pk}", bureau.water, None, "值班手机，对外公布", "ou")
    assert MOBILE not in f"{kept.message}{CheckRun.objects.get().findings}"
    assert AuditEvent.objects.filter(verb="catalogue.save_page").last().details.count("mobile") == 1
    rule(bureau, f"<p>值班{MOBILE}。</p>", page=page).perform()
    assert refused(rule(bureau, f"<p>值班{MOBILE}，另{CARD}</p>", page=page)) == {"check_id_card"}
    assert refused(rule(bureau, f"<p>值班{MOBILE}</p>", title="另一制度")) == {"check_mobile"}


def test_a_reason_does_not_pass_what_blocks(bureau):
    assert refused(explained(rule(bureau, f"<p>{CARD}</p>"))) == {"check_id_card"}


def test_the_levels_of_the_organ_hold(bureau):
    CheckLevel.objects.create(organ=bureau.city, check_key="mobile", level=Level.BLOCK)
    assert refused(explained(rule(bureau, f"<p>{MOBILE}</p>"))) == {"check_mobile"}
    CheckLevel.objects.create(organ=bureau.water, check_key="mobile", level=Level.OFF)
    rule(bureau, f"<p>{MOBILE}</p>").perform()


def test_records_are_for_those_who_write_and_review(bureau, town):
    explained(rule(bureau, f"<p>值班{MOBILE}</p>")).perform()
    for who, sees in (("fan", True), ("ou", True), ("lin", False), ("shi", False)):
        assert visible(PassedOver, bureau.actor(who)).exists() == sees, who
        assert visible(CheckRun, bureau.actor(who)).exists() == sees, who


def test_the_guide_may_tell_how_to_reach_the_office_but_nothing_private(bureau):
    def guide(**values):
        parts = {"title": "公开指南", "classification": "分类", "arrangement": "编排", "obtaining": "电话0000-6620118，信箱xxgk@example.com。"}
        return SavePage(actor=bureau.actor("ou"), organ=bureau.water, kind=PageKind.GUIDE, values={**parts, "published": True, **values})

    Office.objects.filter(organ=bureau.water).delete()
    Office.objects.create(organ=bureau.water, name="公开科", address="政通路1号", hours="9时至17时", phone="0000-6620118", fax="0000-6620119", online="https://example.com/")
    assert refused(guide(remedies=f"向李某投诉，身份证{CARD}")) == {"check_id_card"}
    guide().perform()


def test_catalogue_rows_contact_data_and_histories(bureau):
    def entry(**more):
        return SaveEntry(actor=bureau.actor("ou"), organ=bureau.water, values={**ENTRY, **more})

    assert refused(entry(legal_basis=f"见{CARD}")) == {"check_id_card"}
    assert refused(entry(responsible_body=f"王某 {MOBILE}")) == {"check_mobile"}
    explained(entry(responsible_body=f"王某 {MOBILE}")).perform()
    assert PassedOver.objects.get().subject == f"catalogue.catalogueentry:{CatalogueEntry.objects.get().pk}"
    office = {"name": "公开科", "address": "政通路1号", "hours": "9时至17时", "phone": "0000-6620118", "email": "xxgk@example.com"}
    ReviseOffice(actor=bureau.actor("ou"), organ=bureau.water, values=office).perform()
    assert refused(ReviseOffice(actor=bureau.actor("ou"), organ=bureau.water, values={**office, "phone": MOBILE})) == {"check_mobile"}
    LinkCheck.objects.create(address="https://example.com/gone", fault="对方网站说页面不存在（状态码404）")
    assert refused(ReviseOffice(actor=bureau.actor("ou"), organ=bureau.water, values={**office, "online": "https://example.com/gone"})) == {"check_dead_link_outside"}
    rename = RenameOrgan(actor=bureau.actor("shi"), organ=bureau.water, name="临禾市水利局", on=today(), basis=f"{CARD}的报告")
    assert refused(rename) == {"check_id_card"}
    assert Organ.objects.get(pk=bureau.water.pk).name == "临禾市水务局"


def test_what_is_added_to_a_published_item(bureau, published):
    item = published(kind="policy", document_number="临水发〔2026〕6号")
    ou = bureau.actor("ou")
    values = {name: getattr(item, name) for name in ("art20", "art21", "theme", "genre", "keywords", "reassess_on")}
    assert refused(ReclassifyItem(actor=ou, item=item, values={**values, "summary": f"联系{CARD}"})) == {"check_id_card"}
    assert refused(SetValidity(actor=ou, item=item, validity=Validity.REPEALED, on=today(), basis=f"{CARD}来函")) == {"check_id_card"}
    assert refused(RecordChannel(actor=ou, item=item, channel="service_hall", on=today(), place=f"找李某{MOBILE}")) == {"check_mobile"}
    explained(ReclassifyItem(actor=ou, item=item, values={**values, "summary": f"值班{MOBILE}"})).perform()
    assert PassedOver.objects.get(item=item).check_key == "mobile"


def test_the_page_shows_findings_and_takes_the_reason(bureau, sign_in):
    browser = sign_in("ou")
    address = f"/staff/pages/{bureau.water.slug}/rules/new"
    typed = {"title": "审查制度", "position": "1", "body": f"<p>值班{MOBILE}</p>", "published": "on"}
    answer = browser.post(address, typed)
    text = answer.content.decode()
    assert "发布前检查" in text and "放行理由" in text and f"{MOBILE[:3]}******{MOBILE[-2:]}" in text
    found = answer.context["form"].found
    assert [one.check.key for one in found] == ["mobile"]
    answer = browser.post(address, {**typed, field_of(found[0]): "值班电话"})
    assert answer.status_code == 302
    assert PassedOver.objects.get().reason == "值班电话"
    page = StandingPage.objects.get()
    assert "值班电话" in browser.get(f"/staff/pages/rules/{page.pk}").content.decode()


def test_a_table_of_catalogue_rows_has_one_reason_for_its_warnings(bureau, sign_in):
    table = official([[*row[:3], f"{row[3]}，咨询{MOBILE}", *row[4:]] for row in ROWS[:1]])
    draft = EntryImport.objects.create(user=bureau.people["ou"], organ=bureau.water, name="目录.xlsx", content=table)
    browser, address = sign_in("ou"), f"/staff/entries/import/{draft.pk}"
    page = browser.get(address)
    (row,) = page.context["outcome"].waiting
    assert "手机号码" in row.errors[0] and not page.context["outcome"].failed and "放行理由" in page.content.decode()
    browser.post(address, {"reason": " "})
    assert not CatalogueEntry.objects.exists()
    browser.post(address, {"reason": "值班手机，对外公布"})
    assert (CatalogueEntry.objects.count(), PassedOver.objects.get().reason) == (1, "值班手机，对外公布")


def test_a_table_of_organs_too_at_the_command_line(bureau, tmp_path):
    table = tmp_path / "机关.csv"
    table.write_text(f"代号,名称,类别,上级代号,层级,类型,工作机构名称,联系电话\nlh-jyj,临禾市教育局,机关,linhe,市级,组成部门,办公室,{MOBILE}\n")
    with pytest.raises(CommandError):
        call_command("import_organs", str(table))
    assert not Organ.objects.filter(slug="lh-jyj").exists()
    call_command("import_organs", str(table), reason="局长公开电话")
    assert Organ.objects.get(slug="lh-jyj").office.phone == MOBILE
    assert PassedOver.objects.get().reason == "局长公开电话"


def test_closing_a_clean_up_takes_the_reasons_along(bureau, published):
    item = published(kind="normative", document_number="临水规〔2026〕6号")
    round_ = OpenCleanup(actor=bureau.actor("ou"), organ=bureau.water, year=2026, cutoff=today()).perform()
    DecideCleanup(actor=bureau.actor("ou"), task=round_.tasks.get(item=item), verdict=Verdict.REPEAL, basis=f"经办人{MOBILE}").perform()
    notice = published(title="临禾市水务局关于公布清理结果的公告")
    actor = replace(bureau.actor("ou"), freshly_authenticated=True)
    assert refused(CloseCleanup(actor=actor, round=round_, announcement=notice)) == {"check_mobile"}
    explained(CloseCleanup(actor=actor, round=round_, announcement=notice)).perform()
    item.refresh_from_db()
    assert item.validity == Validity.REPEALED
    assert PassedOver.objects.get(item=item).check_key == "mobile"
