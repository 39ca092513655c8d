"""The staff pages, without script."""

from __future__ import annotations

import re

import pytest

from gongkai.web.catalogue.models import Stage
from gongkai.web.house.publishing import field_of
from gongkai.web.review.actions.return_item import ReturnToDrafter
from gongkai.web.review.actions.submit_item import SubmitItem
from gongkai.web.review.checks.examine import findings

from .conftest import CLEAN, WITHHELD


def test_the_worklist_shows_each_his_own(submitted, sign_in):
    item = submitted()
    assert item.title in sign_in("xu").get("/staff/review").content.decode()
    assert item.title not in sign_in("mi").get("/staff/review").content.decode()
    assert item.title in sign_in("mi").get("/staff/review?queue=under_way").content.decode()
    assert "待我审核" in sign_in("xu").get("/staff/home").content.decode()


@pytest.mark.parametrize("queue", ["mine", "under_way", "referred", "returned", "publish", "overdue", "reassess", "emergency", "nothing"])
def test_every_queue_answers(submitted, approved, sign_in, queue):
    submitted()
    approved(**{**WITHHELD, "reassess_on": CLEAN["written_on"]})
    assert sign_in("ou").get(f"/staff/review?queue={queue}").status_code == 200


def test_a_queue_names_what_its_dates_end(approved, sign_in):
    approved(**{**WITHHELD, "reassess_on": CLEAN["written_on"]})
    shown = sign_in("ou").get("/staff/review?queue=reassess").content.decode()
    assert ">重新评估期限</th>" in shown
    assert ">公开期限</th>" not in shown


def test_handing_in_with_a_reason(bureau, draft, sign_in):
    item = draft(**{**CLEAN, "body": "<p>值班手机13912345678。</p>"})
    page = sign_in("fan")
    address = f"/staff/review/{item.number}/submit"
    shown = page.get(address).content.decode()
    assert "手机号码" in shown
    assert "13912345678" not in shown
    assert "放行的理由" in page.post(address, {"note": ""}).content.decode()
    (one,) = findings(item)
    answer = page.post(address, {"note": "请审核", field_of(one): "对外值班电话"})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.stage == Stage.SUBMITTED


def test_what_may_not_be_done_has_no_form(submitted, sign_in):
    item = submitted()
    page = sign_in("fan")
    assert page.get(f"/staff/review/{item.number}/publish").status_code == 403
    shown = page.get(f"/staff/review/{item.number}").content.decode()
    assert "同意，转下一环节" not in shown
    assert page.post(f"/staff/review/{item.number}/pass", {"o-comment": "x"}).status_code == 200
    item.refresh_from_db()
    assert item.rounds.get().here().position == 1


def test_the_day_count_is_shown(submitted, sign_in):
    shown = sign_in("xu").get(f"/staff/review/{submitted().number}").content.decode()
    assert "主动公开期限计算说明" in shown
    assert "第20日" in shown


def test_routes_by_their_administrator_only(bureau, sign_in):
    assert sign_in("ou").get("/staff/review/routes/lh-shuiwu").status_code == 403
    page = sign_in("shi")
    assert page.get("/staff/review/routes/lh-shuiwu").status_code == 200
    values = {
        "emergency_days": 2, "overdue_rule": "withdraw", "near_days": 3, "reading_rule": "block", "reassess_months": 6, "name_1": "初审", "duties_1": ["unit", "secrecy"],
        "name_2": "审签", "duties_2": ["office", "approval"], "level_mobile": "block",
    }  # fmt: skip
    assert page.post("/staff/review/routes/lh-shuiwu", values).status_code == 302
    route = bureau.water.review_route
    assert [step.name for step in route.steps.all()] == ["初审", "审签"]
    assert route.overdue_rule == "withdraw"
    assert "保密审查" in page.post("/staff/review/routes/lh-shuiwu", {**values, "duties_1": ["unit"]}).content.decode()


@pytest.mark.parametrize("form", ["attribute", "publication"])
@pytest.mark.parametrize(("suffix", "magic"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_printing(submitted, sign_in, form, suffix, magic):
    answer = sign_in("xu").get(f"/staff/review/{submitted().number}/print/{form}.{suffix}")
    assert answer.content.startswith(magic)
    assert sign_in("xu").get(f"/staff/review/{submitted().number}/print/nothing.pdf").status_code == 404


def test_a_returned_policy_is_still_to_go_out_with_its_reading(bureau, draft, sign_in):
    item = draft(**{**CLEAN, "kind": "policy", "document_number": "临水发〔2026〕3号"})
    address = f"/staff/review/{item.number}/submit"
    assert "checked" not in needs_reading(sign_in("fan"), address)
    SubmitItem(actor=bureau.actor("fan"), item=item, needs_reading=True).perform()
    item.refresh_from_db()
    ReturnToDrafter(actor=bureau.actor("xu"), item=item, comment="请补充依据。").perform()
    assert "checked" in needs_reading(sign_in("fan"), address)


def needs_reading(page, address):
    return re.search('<input[^>]*name="needs_reading"[^>]*>', page.get(address).content.decode()).group()


def test_a_warning_is_named_once_among_the_errors(draft, sign_in):
    item = draft(**{**CLEAN, "body": "<p>值班手机13912345678。</p>"})
    shown = sign_in("fan").post(f"/staff/review/{item.number}/submit", {"note": ""}).content.decode()
    errors = shown.split('role="alert"')[1].split("</ul>")[0]
    assert errors.count("手机号码") == 1
    assert "请改正，或写明放行的理由" in errors


def test_a_title_that_quotes_another_is_marked_as_the_standard_says(submitted, sign_in):
    item = submitted(title="《临禾市节约用水办法》政策解读")
    page = sign_in("xu")
    shown = page.post(f"/staff/review/{item.number}/pass", {"o-seen": "1"}, follow=True).content.decode()
    assert "《〈临禾市节约用水办法〉政策解读》已审核同意。" in shown
