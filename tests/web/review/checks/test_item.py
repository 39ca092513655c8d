"""Checks of the item's own fields and links, and of addresses elsewhere."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from gongkai.web.catalogue.models import Item
from gongkai.web.review import tasks
from gongkai.web.review.checks.examine import findings
from gongkai.web.review.checks.outside import guarded
from gongkai.web.review.models import LinkCheck
from tests.web.review.conftest import CLEAN


def checks(item):
    return {one.check.key for one in findings(item)}


def test_a_complete_item_has_no_finding(draft):
    assert checks(draft(**CLEAN)) == set()


def test_what_is_missing(draft):
    item = draft(title="通知", kind="policy", attribute="proactive")
    assert checks(item) == {"no_title", "no_content", "no_number", "no_written_on", "no_clock", "no_class"}
    Item.objects.filter(pk=item.pk).update(validity="", attribute="on_request")
    item.refresh_from_db()
    assert {"no_validity", "no_reason"} <= checks(item)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"title": "临禾市水务局关于调整供水价格的请示"}, {"upward"}), ({"title": "关于调整水价的说明", "genre": "request"}, {"upward"}),
        ({"title": "关于征求供水条例修订意见的函"}, {"upward"}), ({"title": "关于征求意见情况的公告"}, set()), ({"title": "政府工作报告", "genre": "report"}, set()),
        ({"title": "关于水价的请示", "attribute": "not_public", "withheld_under": "process_info", "art20": ""}, set()),
    ],
)  # fmt: skip
def test_requests_to_superiors_and_consultations_are_not_for_the_public(draft, values, found):
    assert checks(draft(**{**CLEAN, **values})) == found


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("临水发〔2026〕6号", set()),
        ("临水发[2026]6号", {"number_form"}),
        ("临水发〔2026〕006号", {"number_form"}),
        ("临水发〔2025〕6号", {"number_year"}),
        ("第六号文", {"number_form"}),
    ],
)
def test_document_numbers(draft, number, found):
    assert checks(draft(**{**CLEAN, "document_number": number})) == found


def test_numbers_twice_and_out_of_order(draft):
    draft(**{**CLEAN, "document_number": "临水发〔2026〕6号", "written_on": date(2026, 5, 6)})
    assert checks(draft(**{**CLEAN, "document_number": "临水发〔2026〕6号", "written_on": date(2026, 5, 6)})) == {"number_twice"}
    assert checks(draft(**{**CLEAN, "document_number": "临水发〔2026〕9号", "written_on": date(2026, 3, 2)})) == {"number_order"}
    assert checks(draft(**{**CLEAN, "document_number": "临水发〔2026〕12号", "written_on": date(2026, 6, 1)})) == set()


def test_links_within(draft, published):
    there, hidden = published(), draft(**CLEAN)
    body = f'<p><a href="/info/{there.number}">有</a><a href="/organs/">机关</a><a href="mailto:a@x.gov.cn">信</a></p>'
    assert checks(draft(**{**CLEAN, "body": body})) == set()
    for address in (f"/info/{hidden.number}", "/info/1", "/no/such/page", "/staff/items", "a/b.html", "#nowhere", "/info/1/files/2"):
        assert checks(draft(**{**CLEAN, "body": f'<p><a href="{address}">链接</a></p>'})) == {"dead_link"}, address


def test_links_elsewhere_count_once_asked(draft):
    item = draft(**{**CLEAN, "body": '<p><a href="https://example.com/gone">旧页</a></p>'})
    assert checks(item) == set()
    LinkCheck.objects.create(address="https://example.com/gone", fault="对方网站说页面不存在（状态码404）")
    assert checks(item) == {"dead_link_outside"}


def test_a_public_address_is_pinned():
    to, headers, name = guarded("https://1.1.1.1/a?b=1#c")
    assert (to, headers["Host"], name) == ("https://1.1.1.1/a?b=1", "1.1.1.1", "1.1.1.1")


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [(404, {}, "404"), (410, {}, "410"), (200, {}, ""), (403, {}, ""), (302, {"Location": "http://127.0.0.1/"}, "公众打不开"), (302, {"Location": "/again"}, "转向")],
)
def test_what_answers_say(monkeypatch, db, status, headers, words):
    plain = httpx.Client

    def client(**options):
        return plain(**options, transport=httpx.MockTransport(lambda request: httpx.Response(status, headers=headers)))

    monkeypatch.setattr(httpx, "Client", client)
    tasks.check_links.func(["http://1.1.1.1/x"])
    row = LinkCheck.objects.get()
    assert words in row.fault
    assert bool(words) == bool(row.fault)
    checked = row.checked_at
    tasks.check_links.func(["http://1.1.1.1/x"])
    assert LinkCheck.objects.get().checked_at == checked
