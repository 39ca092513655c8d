"""Every page answers for whom it is meant and refuses the others; acts through pages; what pages must carry."""

from __future__ import annotations

import re

import pytest

from gongkai.web.accounts import urls as accounts_urls
from gongkai.web.audit import urls as audit_urls
from gongkai.web.audit.models import AuditEvent
from gongkai.web.organs import urls as organs_urls
from gongkai.web.organs.models import Organ, Post

PUBLIC = [
    "/organs/",
    "/organs/?q=水务",
    "/organs/lh-shuiwu/",
    "/account/login",
    "/health/live",
    "/health/ready",
]
# Addresses and the people of the town who may open them; everybody else of the staff may not.
WATER = "/staff/organs/lh-shuiwu"
EVERYONE = {"shi", "lin", "fan", "gu", "ou", "he"}
STAFF = {
    "/staff/home": EVERYONE,
    "/staff/account": EVERYONE,
    "/staff/organs": EVERYONE,
    WATER: EVERYONE,
    "/staff/organs/lh-shuiwu-fagui": {"shi", "fan", "gu", "ou", "he"},
    "/staff/organs/lh-weiban": {"shi", "he"},
    f"{WATER}/create": {"shi"},
    f"{WATER}/revise": {"shi"},
    f"{WATER}/office": {"shi", "ou"},
    f"{WATER}/rename": {"shi"},
    f"{WATER}/move": {"shi"},
    f"{WATER}/close": {"shi"},
    f"{WATER}/staff": {"shi"},
    f"{WATER}/appoint": {"shi"},
    "/staff/organs/dp-nongye/rename": {"shi", "lin"},
    "/staff/organs-import": {"shi", "lin"},
    "/staff/people/fan": {"shi", "fan", "he"},
    "/staff/people/lin": {"shi", "lin", "he"},
    "/staff/audit": {"shi", "lin", "he"},
    "/staff/audit/1": {"shi", "he"},
}
# What is left out above, each with its reason: needs its own set-up, is a file, or is an act that only takes POST.
ELSEWHERE = {
    "staff_root", "end_session", "end_post", "reset_access", "set_active", "import_preview", "import_template", "login", "logout", "password",
    "second_factor", "second_factor_setup", "reauthenticate", "root", "live", "ready", "metrics", "directory", "public",
}  # fmt: skip


def names(patterns):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from names(one.url_patterns)
        else:
            yield one.name


def test_no_address_of_the_foundation_is_forgotten(town, client):
    from django.urls import resolve

    tried = {resolve(address.split("?")[0]).url_name for address in [*STAFF, *PUBLIC]}
    rooms = [include.urlpatterns for include in (accounts_urls, organs_urls, audit_urls)]
    assert {name for patterns in rooms for name in names(patterns)} <= tried | ELSEWHERE


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_opens(town, client, address):
    assert client.get(address).status_code == 200


def test_staff_pages_open_for_exactly_whom_they_should(sign_in):
    clients = {name: sign_in(name) for name in EVERYONE}
    opened = {
        address: {name for name, client in clients.items() if client.get(address).status_code == 200}
        for address in STAFF
    }
    assert opened == STAFF


@pytest.mark.parametrize("address", STAFF)
def test_staff_page_is_closed_to_the_public(town, client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login")


def test_hidden_organs_are_at_no_public_exit(town, client):
    for address in (
        "/organs/",
        "/organs/?q=委员会",
        "/organs/?q=政策法规",
        "/organs/lh-shuiwu/",
        "/organs/linhe/",
    ):
        text = client.get(address).content.decode()
        assert "某委员会" not in text.split("<main", 1)[1]
        assert "政策法规科" not in text
    for slug in ("lh-weiban", "lh-shuiwu-fagui"):
        assert client.get(f"/organs/{slug}/").status_code == 404


def test_signed_in_staff_see_no_more_at_public_addresses(sign_in):
    assert sign_in("shi").get("/organs/lh-weiban/").status_code == 404


ACTS = {
    f"{WATER}/create": {
        "kind": "internal",
        "name": "办公室",
        "slug": "lh-shuiwu-bgs",
        "level": 3,
        "order": 100,
    },
    f"{WATER}/revise": {
        "type": "direct",
        "level": 3,
        "order": 5,
        "short_name": "市水务局",
        "aliases": "水务局\n",
    },
    f"{WATER}/office": {"name": "公开办", "phone": "0000-5550155"},
    f"{WATER}/rename": {"name": "临禾市水利局", "on": "2020-01-01"},
    f"{WATER}/staff": {"name": "辛夷", "username": "xinyi", "role": "drafter", "mobile": "13900005678"},
    f"{WATER}/appoint": {"username": "fan", "role": "case_officer"},
}


@pytest.mark.parametrize("address", ACTS)
def test_acts_through_pages_leave_one_event_each_of_their_verb(sign_in, address):
    client = sign_in("shi")
    before = AuditEvent.objects.count()
    answer = client.post(address, ACTS[address])
    assert answer.status_code == (200 if address.endswith("/staff") else 302)
    expected = 2 if address.endswith("/staff") else 1
    new = AuditEvent.objects.order_by("-number")[: AuditEvent.objects.count() - before]
    assert len(new) == expected
    assert all(event.actor_name == "石岚" and event.outcome == "done" and event.request_id for event in new)
    assert "13900005678" not in "".join(event.details for event in new)


@pytest.mark.parametrize("address", ACTS)
def test_acts_through_pages_by_others_change_nothing(sign_in, address):
    organs, posts = list(Organ.objects.values()), Post.objects.count()
    if address.endswith("/office"):
        assert sign_in("gu").post(address, ACTS[address]).status_code == 403
    else:
        assert sign_in("ou").post(address, ACTS[address]).status_code == 403
    assert (list(Organ.objects.values()), Post.objects.count()) == (organs, posts)


def test_ending_a_post_through_the_page(sign_in, town):
    post = Post.objects.get(user=town.people["fan"])
    assert sign_in("gu").post(f"/staff/posts/{post.pk}/end").status_code == 404
    assert sign_in("shi").post(f"/staff/posts/{post.pk}/end").status_code == 302
    post.refresh_from_db()
    assert post.ended_on


def test_refusals_are_told_in_words(sign_in):
    page = sign_in("shi").post("/staff/people/shi/active", {"active": "no"})
    assert page.status_code == 403
    assert "不能为自己停用或启用账户" in page.content.decode()


def test_a_phone_number_is_shown_on_request_and_the_reading_is_logged(sign_in):
    client = sign_in("shi")
    assert "13900001234" not in client.get("/staff/people/fan").content.decode()
    assert not AuditEvent.objects.filter(verb="house.read_personal").exists()
    assert "13900001234" in client.post("/staff/people/fan", {"show_mobile": "1"}).content.decode()
    event = AuditEvent.objects.get(verb="house.read_personal")
    assert (event.actor_name, event.subject_label, event.facts) == ("石岚", "范既明", {"what": "手机号"})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=石岚", True), ("who=shi", True), ("who=没有", False), ("verb=accounts.login", True), ("q=临禾市水务局", True),
        ("outcome=refused", False), ("since=2999-01-01", False), ("until=1999-01-01", False), ("since=nonsense", True),
        ("until=9999-12-31", True), ("verb=nonsense", True), ("page=nonsense", True), ("page=-3", True),
    ],
)  # fmt: skip
def test_the_log_is_searched(sign_in, query, found):
    text = sign_in("shi").get(f"/staff/audit?{query}").content.decode()
    assert ("没有符合条件的记录" not in text) == found


@pytest.mark.parametrize("address", [*PUBLIC[:4], *STAFF])
def test_what_every_page_carries(sign_in, address):
    text = sign_in("shi").get(address).content.decode()
    assert '<html lang="zh-CN">' in text
    assert text.count("<h1") == 1
    assert 'href="#main"' in text
    assert " style=" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)
    assert not re.search(r"\son\w+=", text)


def test_public_pages_set_no_cookie(town, client):
    for address in ("/organs/", "/organs/lh-shuiwu/"):
        assert not client.get(address).cookies
