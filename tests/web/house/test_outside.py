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

REGISTRIES = {
    # The special-purpose registries of IANA, v4 and v6, and the blocks that are for many: from the first address to the last of each.
    "this network": ("0.0.0.0", "0.255.255.255"), "private 10": ("10.0.0.0", "10.255.255.255"), "shared": ("100.64.0.0", "100.127.255.255"),
    "loopback": ("127.0.0.0", "127.255.255.255"), "link": ("169.254.0.0", "169.254.255.255"), "private 172": ("172.16.0.0", "172.31.255.255"),
    "protocols": ("192.0.0.0", "192.0.0.255"), "test 1": ("192.0.2.0", "192.0.2.255"), "AS112": ("192.31.196.0", "192.31.196.255"),
    "AMT": ("192.52.193.0", "192.52.193.255"), "6to4 relay": ("192.88.99.0", "192.88.99.255"), "private 192": ("192.168.0.0", "192.168.255.255"),
    "direct AS112": ("192.175.48.0", "192.175.48.255"), "benchmark": ("198.18.0.0", "198.19.255.255"), "test 2": ("198.51.100.0", "198.51.100.255"),
    "test 3": ("203.0.113.0", "203.0.113.255"), "multicast": ("224.0.0.0", "239.255.255.255"), "reserved": ("240.0.0.0", "255.255.255.255"),
    "unspecified": ("::", "::1"), "compatible": ("::a00:1", "::ffff:ffff"), "mapped": ("::ffff:10.0.0.0", "::ffff:192.88.99.1"),
    "NAT64 of what is inside": ("64:ff9b::a00:0", "64:ff9b::c058:6301"), "NAT64 local": ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
    "discard": ("100::", "100::ffff:ffff:ffff:ffff"), "dummy": ("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"),
    "Teredo of a client inside": ("2001:0:808:808:0:0:f5ff:fffe", "2001:0:808:808:0:0:80ff:fffe"),
    "Teredo of a server inside": ("2001:0:a00:1:0:0:f7f7:f7f7", "2001:0:7f00:1:0:0:f7f7:f7f7"), "v6 protocols": ("2001:1::", "2001:1ff:ffff::"),
    "v6 benchmark": ("2001:2::", "2001:2:0:ffff::"), "ORCHID": ("2001:10::", "2001:2f:ffff::"), "v6 documents": ("2001:db8::", "2001:db8:ffff::"),
    "6to4 of what is inside": ("2002:a00:1::", "2002:c058:6301::"), "v6 AS112": ("2620:4f:8000::", "2620:4f:8000:ffff::"),
    "documents 2": ("3fff::", "3fff:fff:ffff::"), "SRv6": ("5f00::", "5f00:ffff::"), "unique local": ("fc00::", "fdff:ffff::"),
    "v6 link": ("fe80::", "febf:ffff::"), "site": ("fec0::", "feff:ffff::"), "v6 multicast": ("ff00::", "ffff:ffff::"),
}  # fmt: skip
BESIDE = (
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255", "172.32.0.0",
    "192.0.1.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "64:ff9b::808:808", "2001:0:808:808:0:0:f7f7:f7f7", "2001:200::1", "2002:808:808::1", "2400:3200::1", "240e::1", "2a00::1",
)  # fmt: skip
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


@pytest.mark.parametrize("name", REGISTRIES)
def test_the_registries_of_special_purpose(name):
    assert [one for one in REGISTRIES[name] if is_public(one)] == []


def test_what_lies_beside_them_is_public():
    assert [one for one in BESIDE if not is_public(one)] == []


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
