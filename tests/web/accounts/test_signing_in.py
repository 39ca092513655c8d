"""The way in: password, lock, second factor, limits of the session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Authenticator, RecoveryCode, StaffSession, User
from gongkai.web.audit.models import AuditEvent
from gongkai.web.organs.models import Role
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD, person

LOGIN = "/account/login"


def login(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def verbs():
    return list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))


def test_the_whole_way(town, client):
    assert login(client, "gu", next="/staff/organs")["Location"] == "/staff/organs"
    assert client.get("/staff/organs")["Location"].startswith("/account/second-factor")
    device = Authenticator.objects.get(user=town.people["gu"])
    answer = client.post("/account/second-factor", {"token": fresh_code(device), "next": "/staff/organs"})
    assert answer["Location"] == "/staff/organs"
    assert client.get("/staff/organs").status_code == 200
    assert verbs()[-1] == "accounts.login"
    client.post("/account/logout")
    assert client.get("/staff/organs")["Location"].startswith(LOGIN)
    assert verbs()[-1] == "accounts.logout"
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_next_leads_nowhere_else(town, client, wanted):
    assert login(client, "gu", next=wanted)["Location"] == "/staff/"
    assert client.get("/account/second-factor", {"next": wanted}).context["next"] == "/staff/home"


def test_wrong_password_and_unknown_name_look_the_same(town, client):
    wrong, unknown = login(client, "gu", "x"), login(client, "nobody", "x")
    texts = [page.content.decode().split("<main", 1)[1].split("<form", 1)[0] for page in (wrong, unknown)]
    assert texts[0] == texts[1]
    assert "登录名或密码不对" in texts[0]
    labels = AuditEvent.objects.filter(verb="accounts.login_failed").values_list("subject_label", flat=True)
    assert set(labels) == {"顾行简", "不存在的登录名"}


def test_a_stopped_account_does_not_get_in(town, client):
    User.objects.filter(username="gu").update(is_active=False)
    assert login(client, "gu").status_code == 200


def test_a_temporary_password_must_be_changed_first(town, client):
    person("xin", "辛夷", town.water, Role.DRAFTER, settled=False)
    user = User.objects.get(username="xin")
    user.set_password(PASSWORD)
    user.save()
    login(client, "xin")
    assert client.get("/staff/home")["Location"].startswith("/account/password")
    new = "Maple-Lake-9031"
    weak = client.post("/account/password", {"old": PASSWORD, "new": "short", "again": "short"})
    assert "密码" in weak.content.decode()
    assert weak.status_code == 200
    wrong = client.post("/account/password", {"old": "no", "new": new, "again": new})
    assert "原密码不对" in wrong.content.decode()
    done = client.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert done.status_code == 302
    assert client.get("/staff/home").status_code == 200, "drafters need no second factor"


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("Maple-Lake-9031", True),
        ("short-A1", False),
        ("alllowercaseletters", False),
        ("123456789012", False),
        ("gu-xingjian-A1", True),
        ("顾行简顾行简顾行简Aa1", True),
    ],
)
def test_the_password_policy(town, password, good):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if good:
        validate_password(password, town.people["gu"])
    else:
        with pytest.raises(ValidationError):
            validate_password(password, town.people["gu"])


def test_reviewers_must_bind_an_authenticator(town, client):
    Authenticator.objects.filter(user=town.people["gu"]).delete()
    login(client, "gu")
    assert client.get("/staff/home")["Location"].startswith("/account/second-factor/set-up")
    page = client.get("/account/second-factor/set-up")
    device = Authenticator.objects.get(user=town.people["gu"], confirmed=False)
    assert device.secret in page.content.decode()
    assert "data:image/svg+xml;base64," in page.content.decode()
    wrong = client.post("/account/second-factor/set-up", {"token": "000000"})
    assert "动态口令不对" in wrong.content.decode()
    codes = client.post("/account/second-factor/set-up", {"token": fresh_code(device)})
    assert len(codes.context["codes"]) == 10
    assert client.get("/staff/home").status_code == 200


def test_a_stolen_password_cannot_bind_a_new_phone(town, client):
    login(client, "gu")
    assert client.get("/account/second-factor/set-up")["Location"].startswith("/account/second-factor?")


def test_where_offered_is_set_only_the_bound_are_asked(town, client, settings):
    from dataclasses import replace

    settings.ENV = replace(settings.ENV, second_factor="offered")
    login(client, "gu")
    assert client.get("/staff/home")["Location"].startswith("/account/second-factor")
    Authenticator.objects.filter(user=town.people["gu"]).delete()
    assert client.get("/staff/home").status_code == 200


def test_a_code_works_once(town, client):
    login(client, "gu")
    device = Authenticator.objects.get(user=town.people["gu"])
    code = fresh_code(device)
    client.post("/account/second-factor", {"token": code})
    other = Client()
    login(other, "gu")
    assert "不对或已用过" in other.post("/account/second-factor", {"token": code}).content.decode()


def test_recovery_codes_work_once(town, client):
    gu = town.people["gu"]
    code = one_time_codes.new_recovery_codes()[0]
    RecoveryCode.objects.create(user=gu, digest=one_time_codes.digest(code))
    login(client, "gu")
    client.post("/account/second-factor", {"token": code.upper()})
    assert client.get("/staff/home").status_code == 200
    other = Client()
    login(other, "gu")
    assert "恢复码不对或已经用过" in other.post("/account/second-factor", {"token": code}).content.decode()


def test_rfc_6238_test_vectors():
    import base64

    secret = base64.b32encode(b"12345678901234567890").decode()
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        assert one_time_codes.code(secret, seconds // 30) == code


def test_idle_and_long_sessions_end(sign_in):
    client = sign_in("fan")
    assert client.get("/staff/home").status_code == 200
    StaffSession.objects.update(seen_at=timezone.now() - timedelta(minutes=31))
    assert client.get("/staff/home")["Location"].startswith(LOGIN)
    client = sign_in("shi")
    assert client.get("/staff/home").status_code == 200
    StaffSession.objects.update(started_at=timezone.now() - timedelta(hours=12, minutes=1))
    assert client.get("/staff/home")["Location"].startswith(LOGIN)


def test_the_fourth_session_ends_the_first(town):
    clients = [Client() for _ in range(4)]
    for client in clients:
        login(client, "fan")
    codes = [client.get("/account/second-factor").status_code for client in clients]
    assert codes == [302, 200, 200, 200]


def test_one_ends_ones_own_other_session_and_nobody_elses(sign_in):
    here, there, stranger = sign_in("shi"), sign_in("shi"), sign_in("lin")
    one = StaffSession.objects.get(session_key=there.session.session_key)
    assert stranger.post(f"/staff/account/sessions/{one.pk}/end").status_code == 404
    assert here.post(f"/staff/account/sessions/{one.pk}/end").status_code == 302
    assert there.get("/staff/home")["Location"].startswith(LOGIN)
    assert here.get("/staff/home").status_code == 200


def test_a_dangerous_act_asks_for_the_password_again(sign_in, town, settings):
    client = sign_in("shi")
    settings.REAUTHENTICATION_SECONDS = 0
    asked = client.post("/staff/people/gu/reset", headers={"referer": "http://testserver/staff/people/gu"})
    assert asked["Location"] == "/account/again?next=%2Fstaff%2Fpeople%2Fgu"
    abroad = client.post("/staff/people/gu/reset", headers={"referer": "https://elsewhere.example/x"})
    assert abroad["Location"] == "/account/again?next=%2Fstaff%2Fhome"
    assert "密码不对" in client.post("/account/again", {"password": "x"}).content.decode()
    settings.REAUTHENTICATION_SECONDS = 600
    assert (
        client.post("/account/again", {"password": PASSWORD, "next": "/staff/people/gu"}).status_code == 302
    )
    assert "临时密码" in client.post("/staff/people/gu/reset").content.decode()


def test_a_changed_password_ends_the_other_sessions(sign_in):
    here, there = sign_in("shi"), sign_in("shi")
    new = "Maple-Lake-9031"
    here.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    assert here.get("/staff/home").status_code == 200
    assert there.get("/staff/home")["Location"].startswith(LOGIN)


def test_staff_pages_are_not_kept_by_the_browser(sign_in):
    assert sign_in("shi").get("/staff/home")["Cache-Control"] == "private, no-store"
