"""Where nothing may connect to, in every spelling that has fooled a client."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.gateway.egress import EgressRefused, Reach, origin_of
from mainspring.gateway.egress.addresses import carried, refusal
from mainspring.gateway.egress.resolver import checked

INSIDE = (
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - an address that must be refused
    "224.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1",
    "::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "2001:4860::5efe:10.0.0.1", "4000::1",
)  # fmt: skip
OUTSIDE = (
    "93.184.215.14",
    "8.8.8.8",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_with_its_kind(address: str) -> None:
    assert refusal(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_not_refused(address: str) -> None:
    assert refusal(ip_address(address)) is None


def test_an_address_inside_passes_when_its_network_was_registered() -> None:
    mine = (ip_network("10.1.0.0/16"),)
    assert refusal(ip_address("10.1.2.3"), mine) is None
    assert refusal(ip_address("::ffff:10.1.2.3"), mine) is None
    assert refusal(ip_address("10.2.0.1"), mine) == "private"


def test_an_interface_of_this_machine_is_refused_even_when_registered() -> None:
    assert refusal(ip_address("fe80::1%eth0"), (ip_network("fe80::/10"),))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["::ffff:0:0", "64:ff9b::", "::ffff:0:0:0"]))
def test_what_carries_an_address_counts_as_that_address(bits: int, prefix: str) -> None:
    inner = IPv4Address(bits)
    outer = IPv6Address(int(IPv6Address(prefix)) | bits)
    assert inner in carried(outer)
    assert (refusal(inner) is None) == (refusal(outer) is None)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://127.0.0.01/", "http://1.2.3.4.5/", "http://0x/", "http://example.0x7f/",
        "http://user@example.com/", "http://user:word@example.com/", "http://example.com@10.0.0.1/",
        "http://exa mple.com/", "http://example.com\\@10.0.0.1/", "http://example.com\n/", "http://exam%70le.com/",
        "http://[::1%25eth0]/", "http://[::1", "http://example.com../", "http://.example.com/", "http:///path",
        "http://example.com:0/", "http://example.com:99999/", "file:///etc/hostname", "gopher://example.com/",
        "//example.com/", "example.com", "http://-example.com/", "http://exa_mple!.com/", "",
    ],
)  # fmt: skip
def test_an_address_that_can_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(EgressRefused):
        origin_of(url)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://API.Example.com/v1?x=1", "https://api.example.com:443"),
        ("https://api.example.com.:8443", "https://api.example.com:8443"),
        ("http://10.0.0.1/", "http://10.0.0.1:80"),
        ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]:80"),
        ("https://bücher.example/", "https://xn--bcher-kva.example:443"),
        ("smtp://mail.example.com", "smtp://mail.example.com:587"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_the_reading_of_an_address(text: str) -> None:
    try:
        origin = origin_of(text)
    except EgressRefused:
        return
    assert origin_of(origin) == origin


def test_another_port_scheme_or_host_is_out_of_reach() -> None:
    reach = Reach.to("https://api.example.com/v1")
    assert reach.demand("https://api.example.com/v2") == "https://api.example.com:443"
    for url in ("http://api.example.com", "https://api.example.com:444", "https://example.com"):
        with pytest.raises(EgressRefused, match="not among the places"):
            reach.demand(url)


def test_one_bad_address_among_good_ones_refuses_the_name() -> None:
    with pytest.raises(EgressRefused, match="private"):
        checked(Reach.to("http://a.example"), lambda _, __: ("8.8.8.8", "10.0.0.1"), "a.example", 80)


@pytest.mark.parametrize("network", ["10.0.0.1/8", "inside", "10.0.0.0/99"])
def test_a_network_that_is_none_is_refused(network: str) -> None:
    with pytest.raises(EgressRefused):
        Reach.to("http://a.example", networks=[network])
