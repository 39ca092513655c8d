"""Who may be asked: only what is public, judged by every address a name has. Nobody is asked here."""

from __future__ import annotations

import socket

import pytest

from gongkai.web.bringing_in.site.guard import CannotFetch as CannotImport
from gongkai.web.bringing_in.site.guard import Guard
from gongkai.web.house import outside
from gongkai.web.house.outside import Fault, NotAsked, is_public, parts_of, pinned
from gongkai.web.reporting.checker.fetch import CannotFetch as CannotCheck
from gongkai.web.reporting.checker.fetch import fetch
from gongkai.web.review.checks.outside import Forbidden, guarded

PUBLIC = ("93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808")
INSIDE = (
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::127.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
)  # fmt: skip
WRITINGS = {
    "http://[::1": Fault.WRITTEN, "http://example.org:99999/": Fault.WRITTEN, "http://example.org:x/": Fault.WRITTEN,
    "ftp://example.org/a": Fault.SCHEME, "javascript:alert(1)": Fault.SCHEME, "http://": Fault.SCHEME, "http:///x": Fault.SCHEME,
    "example.org": Fault.SCHEME, "gopher://example.org": Fault.SCHEME, "file:///etc/passwd": Fault.SCHEME, "": Fault.SCHEME,
    "http://user:pass@example.org/": Fault.PASSWORD, "http://@example.org/": Fault.PASSWORD, "http://:@example.org/": Fault.PASSWORD,
    "http://example.org:22/": Fault.PORT, "https://example.org:80/": Fault.PORT, "http://1.1.1.1:8080/": Fault.PORT,
}  # fmt: skip
NO_NAMES = ("a\0b", "\ud800.example", "x" * 64 + ".example", "a..example", "没有\u0000")


@pytest.fixture
def answers(monkeypatch):
    """`answers("10.0.0.1", …)`: what the resolver says from now on."""

    def say(*addresses):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
        monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *a, **k: found)

    return say


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet(address):
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_our_own_network(address, answers):
    assert not is_public(address)
    answers("93.184.216.34", address)
    with pytest.raises(NotAsked) as verdict:
        pinned("example.org", 80)
    assert verdict.value.fault is Fault.INSIDE


@pytest.mark.parametrize("address", WRITINGS)
def test_writings(address):
    with pytest.raises(NotAsked) as verdict:
        parts_of(address)
    assert verdict.value.fault is WRITINGS[address]


@pytest.mark.parametrize("host", NO_NAMES)
def test_what_is_no_name_is_unknown(host):
    with pytest.raises(NotAsked) as verdict:
        pinned(host, 80)
    assert verdict.value.fault is Fault.UNKNOWN


def test_a_name_without_an_address_is_unknown(answers):
    answers()
    with pytest.raises(NotAsked) as verdict:
        pinned("example.org", 80)
    assert verdict.value.fault is Fault.UNKNOWN


def test_the_judged_address_is_given_and_ipv4_first(answers):
    answers("2606:4700:4700::1111", "93.184.216.34")
    assert pinned("example.org", 80) == "93.184.216.34"
    answers("2606:4700:4700::1111")
    assert pinned("example.org", 443) == "2606:4700:4700::1111"


def test_what_the_operator_allows_may_lie_inside(answers):
    answers("10.0.0.1")
    assert parts_of("http://intranet:8080/a", ("intranet",)).port == 8080
    assert parts_of("http://intranet:8080/a", ("intranet:8080",)).port == 8080
    assert pinned("intranet", 8080, ("intranet:8080",)) == "10.0.0.1"
    for allowed in ((), ("intranet:81",), ("other",)):
        with pytest.raises(NotAsked):
            parts_of("http://intranet:8080/a", allowed)
        with pytest.raises(NotAsked):
            pinned("intranet", 8080, allowed)


DOORS = [(fetch, CannotCheck), (guarded, Forbidden), (Guard().get, CannotImport)]


@pytest.mark.parametrize(("door", "refusal"), DOORS)
@pytest.mark.parametrize("address", [*WRITINGS, "http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://a\0b/", "http://x\ud800/"])
def test_every_door_asks_here_and_refuses_in_chinese(door, refusal, address):
    with pytest.raises(refusal, match=r"[\u4e00-\u9fff]{2}"):
        door(address)
