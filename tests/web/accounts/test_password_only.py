"""A session that has shown the password alone: it may show the second factor or sign out, and that is all."""

from __future__ import annotations

from django.test import Client

from gongkai.web.accounts.models import Authenticator, RecoveryCode, StaffSession, User
from tests.web.exits import EXITS
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD

NEW = "Maple-Lake-9031"
STEP = "/account/second-factor"
VALUES = {"<int:pk>": "1", "<str:username>": "gu"}


def half(username="gu"):
    client = Client()
    client.post("/account/login", {"username": username, "password": PASSWORD})
    return client


def own_addresses():
    """Every address of signing in and of staff that takes an account, without the door itself."""
    for route in EXITS:
        if route.startswith(("account/", "staff/account", "staff/people")) or route == "staff/home":
            address = f"/{route}"
            for name, value in VALUES.items():
                address = address.replace(name, value)
            if address not in {"/account/login", "/account/logout", STEP}:
                yield address


def test_every_page_but_the_second_factor_leads_there(town):
    client, asked = half(), list(own_addresses())
    assert len(asked) >= 7
    for address in asked:
        for answer in (client.get(address), client.post(address, {"old": PASSWORD, "new": NEW, "again": NEW, "password": PASSWORD})):
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, STEP), address


def test_nothing_of_the_account_changes(town, sign_in):
    owner, device = sign_in("gu"), Authenticator.objects.get(user=town.people["gu"])
    thief = half()
    thief.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    thief.get("/account/second-factor/set-up")
    thief.post("/account/second-factor/set-up", {"token": fresh_code(device)})
    thief.post(f"/staff/account/sessions/{StaffSession.objects.get(session_key=owner.session.session_key).pk}/end")
    assert User.objects.get(username="gu").check_password(PASSWORD)
    assert list(Authenticator.objects.filter(user=town.people["gu"])) == [device]
    assert not RecoveryCode.objects.exists()
    assert owner.get("/staff/home").status_code == 200
    thief.post("/account/logout")
    assert thief.get(STEP)["Location"].startswith("/account/login")


def test_a_temporary_password_does_not_come_before_a_bound_second_factor(town):
    User.objects.filter(username="gu").update(must_change_password=True)
    client = half()
    assert client.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})["Location"].startswith(STEP)
    client.post(STEP, {"token": fresh_code(Authenticator.objects.get(user=town.people["gu"]))})
    assert client.get("/staff/home")["Location"].startswith("/account/password")
    assert client.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW}).status_code == 302
    assert client.get("/staff/home").status_code == 200


def test_sessions_with_the_password_alone_end_none_that_are_complete(town, sign_in):
    owner = sign_in("gu")
    for _ in range(4):
        half()
    page = owner.get("/staff/account")
    assert page.status_code == 200
    assert page.content.decode().count("只输入了密码") == 3


def test_the_secret_one_session_was_shown_is_never_another_sessions(town):
    """Else who knows a first password could look at the secret, wait, and share the owner's second factor."""
    Authenticator.objects.filter(user=town.people["gu"]).delete()
    thief, owner = half(), half()
    shown = [client.get("/account/second-factor/set-up").context["secret"] for client in (thief, owner)]
    assert shown[0] != shown[1]
    assert owner.get("/account/second-factor/set-up").context["secret"] == shown[1]
    own = Authenticator.objects.get(pk=owner.session["pending_authenticator"])
    assert len(owner.post("/account/second-factor/set-up", {"token": fresh_code(own)}).context["codes"]) == 10
    assert thief.get("/account/second-factor/set-up")["Location"].startswith(STEP)
    assert Authenticator.objects.get(user=town.people["gu"]).secret == shown[1]
