"""Guessing: how many tries there are, for whom they run out, and that tries at the same time are no more."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.test import Client

from gongkai.web.accounts import one_time_codes
from gongkai.web.accounts.models import Attempts, Authenticator, RecoveryCode
from gongkai.web.audit.models import AuditEvent
from gongkai.web.organs.models import Role
from tests.web.support import town as towns
from tests.web.support.fixtures import fresh_code
from tests.web.support.town import PASSWORD, person

STEP = "/account/second-factor"


def at(address):
    return Client(REMOTE_ADDR=address)


def login(client, username="gu", password=PASSWORD):
    return client.post("/account/login", {"username": username, "password": password})


def complete(client, town, username="gu"):
    login(client, username)
    client.post(STEP, {"token": fresh_code(Authenticator.objects.get(user=town.people[username]))})
    assert client.get("/staff/home").status_code == 200
    return client


def later(minutes):
    """As if so many minutes had gone by without a try."""
    from datetime import timedelta

    from django.db.models import F

    Attempts.objects.update(until=F("until") - timedelta(minutes=minutes))


def test_five_wrong_passwords_close_one_name_to_one_address(town):
    stranger, owner = at("203.0.113.9"), at("198.51.100.7")
    for _ in range(5):
        assert login(stranger, password="x").status_code == 200
    closed = login(stranger)
    assert closed.status_code == 429
    assert "请过15分钟再试" in closed.content.decode()
    assert 0 < int(closed["Retry-After"]) <= 900
    assert login(owner).status_code == 302, "the owner is let in from elsewhere"
    assert login(stranger, "fan").status_code == 302, "others are let in from there"
    later(15)
    assert login(stranger).status_code == 302
    assert AuditEvent.objects.filter(verb="accounts.locked", subject_label="顾行简").count() == 1


def test_slips_before_the_right_password_are_forgiven(town):
    client = at("203.0.113.9")
    for _ in range(3):
        for _ in range(4):
            login(client, password="x")
        assert login(client).status_code == 302
        client.post("/account/logout")
    assert set(Attempts.objects.values_list("count", flat=True)) == {0}


def test_one_address_may_not_go_through_all_names(town):
    guesser = at("2001:db8:1:2::9")
    for name in range(30):
        assert login(guesser, f"name{name}", "Spring-2026").status_code == 200
    assert login(at("2001:db8:1:2::77"), "name31", "Spring-2026").status_code == 429, "a household is one address"
    assert login(at("203.0.113.9"), "fan").status_code == 302


def test_guesses_from_everywhere_are_few_and_leave_the_owner_in(town):
    browser = complete(at("198.51.100.7"), town)
    browser.post("/account/logout")
    for number in range(20):
        assert login(at(f"203.0.113.{number}"), password="x").status_code == 200
    assert login(at("203.0.113.200")).status_code == 429, "no more guesses from anywhere new"
    assert login(at("198.51.100.7")).status_code == 302, "a new browser at an address the owner signed in from"
    browser.defaults["REMOTE_ADDR"] = "192.0.2.4"
    assert login(browser).status_code == 302, "the owner's browser, wherever it is now"


def test_a_known_browser_is_let_in_from_an_address_that_has_no_tries_left(town):
    browser = complete(at("203.0.113.9"), town)
    browser.post("/account/logout")
    for name in range(30):
        login(at("203.0.113.9"), f"name{name}", "x")
    assert login(at("203.0.113.9")).status_code == 429
    assert login(browser).status_code == 302


def test_a_known_browser_has_few_tries_itself_and_is_known_for_its_owner_alone(town):
    browser = complete(at("203.0.113.9"), town)
    browser.post("/account/logout")
    for _ in range(5):
        login(browser, password="x")
    assert login(browser).status_code == 429
    assert login(at("198.51.100.7")).status_code == 302
    for number in range(20):
        login(at(f"192.0.2.{number}"), "fan", "x")
    assert login(browser, "fan").status_code == 429


def test_a_changed_password_makes_browsers_strange_again(town):
    browser = complete(at("203.0.113.9"), town)
    town.people["gu"].set_password("Maple-Lake-9031")
    town.people["gu"].save()
    for number in range(20):
        login(at(f"192.0.2.{number}"), password="x")
    browser.defaults["REMOTE_ADDR"] = "192.0.2.200"
    assert login(browser, password="Maple-Lake-9031").status_code == 429


def test_the_address_is_what_the_configured_proxy_says(town, settings):
    from dataclasses import replace

    settings.ENV = replace(settings.ENV, proxies=1)

    def through(forged):
        return Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"{forged}, 203.0.113.9"})

    for number in range(5):
        login(through(f"192.0.2.{number}"), password="x")
    assert login(through("192.0.2.99")).status_code == 429, "what the client wrote is no address"
    settings.ENV = replace(settings.ENV, proxies=0)
    for number in range(5):
        login(Client(REMOTE_ADDR="10.0.0.2", headers={"X-Forwarded-For": f"192.0.2.{number}"}), password="x")
    assert login(Client(REMOTE_ADDR="10.0.0.2", headers={"X-Forwarded-For": "192.0.2.99"})).status_code == 429


def test_wrong_old_passwords_run_out_too(sign_in):
    client = sign_in("shi")
    wrong = {"old": "x", "new": "Maple-Lake-9031", "again": "Maple-Lake-9031"}
    for _ in range(5):
        assert "原密码不对" in client.post("/account/password", wrong).content.decode()
    assert client.post("/account/password", wrong | {"old": PASSWORD}).status_code == 429
    later(15)
    weak = {"old": PASSWORD, "new": "short", "again": "short"}
    for _ in range(6):
        assert client.post("/account/password", weak).status_code == 200, "a right old password is no guess"
    assert client.post("/account/password", wrong | {"old": PASSWORD}).status_code == 302


def test_wrong_passwords_before_a_dangerous_act_run_out_too(sign_in):
    client = sign_in("shi")
    for _ in range(5):
        assert "密码不对" in client.post("/account/again", {"password": "x"}).content.decode()
    assert client.post("/account/again", {"password": PASSWORD}).status_code == 429


def test_wrong_codes_run_out_without_shutting_the_owner_out(town):
    """Codes and recovery codes together."""
    browser = complete(at("198.51.100.7"), town)
    browser.post("/account/logout")
    thief = at("203.0.113.9")
    login(thief)
    for token in ("000000", "abcde-abcde-abcde-abcde", "1", "fghij-fghij-fghij-fghij", "-"):
        assert thief.post(STEP, {"token": token}).status_code == 200
    device = Authenticator.objects.get(user=town.people["gu"])
    assert thief.post(STEP, {"token": fresh_code(device)}).status_code == 429
    assert complete(browser, town)


def together(count, act):
    """What `act` gave, done by so many threads at once."""
    found, lock = [], threading.Lock()
    start = threading.Barrier(count)

    def run():
        try:
            start.wait(timeout=20)
            one = act()
            with lock:
                found.append(one)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(found) == count
    return found


def meeting(count):
    """Called from inside, it waits a little for all `count`: what no lock holds back is then there at the same time."""
    barrier = threading.Barrier(count)

    def wait():
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=0.5)

    return wait


@pytest.fixture
def gu(transactional_db):
    """One person, seen by all connections."""
    city = towns.organ("linhe", "临禾市", None, towns.Kind.REGION)
    return person("gu", "顾行简", city, Role.APPROVER)


MANY = 12


def test_passwords_tried_at_once_are_judged_five_times(gu, monkeypatch):
    judged, wait, judge = [], meeting(MANY), ModelBackend.authenticate

    def slow(self, request, **words):
        judged.append(1)
        wait()
        return judge(self, request, **words)

    monkeypatch.setattr(ModelBackend, "authenticate", slow)
    statuses = together(MANY, lambda: login(at("203.0.113.9"), password="x").status_code)
    assert (len(judged), sorted(statuses)) == (5, [200] * 5 + [429] * (MANY - 5))


def test_codes_tried_at_once_are_judged_five_times(gu, monkeypatch):
    judged, wait = [], meeting(MANY)
    clients = [Client() for _ in range(3)]
    for client in clients:
        login(client)
    monkeypatch.setattr(one_time_codes, "matching_step", lambda *words, **more: judged.append(1) or wait())
    cookies = iter(list(clients) * 4)
    lock = threading.Lock()

    def act():
        with lock:
            client = Client()
            client.cookies = next(cookies).cookies
        return client.post(STEP, {"token": "000000"}).status_code

    statuses = together(MANY, act)
    assert (len(judged), sorted(statuses)) == (5, [200] * 5 + [429] * (MANY - 5))


def test_a_code_sent_twice_at_once_opens_once(gu, monkeypatch):
    device, wait, match = Authenticator.objects.get(user=gu), meeting(4), one_time_codes.matching_step

    def slow(*words, **more):
        found = match(*words, **more)
        wait()
        return found

    monkeypatch.setattr(one_time_codes, "matching_step", slow)
    token = fresh_code(device)
    assert sorted(together(4, lambda: Authenticator.objects.get(pk=device.pk).verify_token(token))) == [False] * 3 + [True]


def test_a_recovery_code_sent_twice_at_once_opens_once(gu):
    code = one_time_codes.new_recovery_codes()[0]
    RecoveryCode.objects.create(user=gu, digest=one_time_codes.digest(code))
    clients = [Client() for _ in range(3)]
    for client in clients:
        login(client)
    assert sorted(together(3, lambda: clients.pop().post(STEP, {"token": code}).status_code)) == [200, 200, 302]
