"""The way out against real servers on loopback: what is connected to, what goes along, what is cut off."""

import asyncio
import datetime as dt
import json
import logging
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.integration.gateway.upstream import Upstream

from mainspring.gateway.egress import (
    Credential,
    Egress,
    EgressRefused,
    Reach,
    TooMuch,
    UpstreamUnavailable,
)

HERE = ["127.0.0.1/32"]
CANARY = "canary-9f2c61d0"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def egress() -> Iterator[Egress]:
    opened = Egress(lambda _, __: CANARY, resolver=lambda _, __: ("127.0.0.1",))
    yield opened
    opened.close()


def reach(upstream: Upstream, **more: object) -> Reach:
    return replace(Reach.to(upstream.url, networks=HERE), **more)  # type: ignore[arg-type]  # fields by name


def test_a_request_within_reach_is_answered(egress: Egress, upstream: Upstream) -> None:
    answer = egress.request(reach(upstream), "GET", f"{upstream.url}/things", params={"q": "a b"})
    assert answer.status == 200
    assert json.loads(answer.content)["path"] == "/things?q=a+b"


def test_loopback_is_refused_unless_the_service_was_registered_for_it(
    egress: Egress, upstream: Upstream
) -> None:
    with pytest.raises(EgressRefused, match="loopback"):
        egress.request(Reach.to(upstream.url), "GET", upstream.url)
    assert not upstream.asked


def test_a_name_that_leads_inside_is_refused(egress: Egress, upstream: Upstream) -> None:
    url = f"http://outside.example:{upstream.port}/"
    with pytest.raises(EgressRefused, match="loopback"):
        egress.request(Reach.to(url), "GET", url)
    assert not upstream.asked


def test_a_name_that_changes_its_meaning_after_the_check_changes_nothing(upstream: Upstream) -> None:
    asked: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    egress = Egress(resolver=rebinding)
    url = f"http://rebinding.example:{upstream.port}/"
    egress.request(Reach.to(url, networks=HERE), "GET", url)
    assert asked == ["rebinding.example"]  # asked once, and connected to that very answer
    assert upstream.asked[0].headers["host"] == f"rebinding.example:{upstream.port}"
    egress.close()
    with pytest.raises(EgressRefused, match="link-local"):
        egress.request(Reach.to(url, networks=HERE), "GET", url)
    egress.close()


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "http://127.0.0.1:1/", "//10.0.0.1/", "file:///x"]
)
def test_a_redirect_out_of_reach_is_not_followed(egress: Egress, upstream: Upstream, target: str) -> None:
    with pytest.raises((EgressRefused, UpstreamUnavailable)):
        egress.request(reach(upstream), "GET", f"{upstream.url}/to/{target}")
    assert len(upstream.asked) == 1


def test_a_redirect_within_reach_is_followed_so_often(egress: Egress, upstream: Upstream) -> None:
    answer = egress.request(reach(upstream), "GET", f"{upstream.url}/to//there")
    assert answer.url == f"{upstream.url}/there"
    with pytest.raises(EgressRefused, match="without end"):
        egress.request(reach(upstream), "GET", f"{upstream.url}/to//to//to//to//to//there")


def test_the_credential_goes_to_the_service_and_appears_nowhere_else(
    egress: Egress, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    query = Credential("key", place="query", name="api_key")
    answer = egress.request(reach(upstream, credential=query), "GET", f"{upstream.url}/a")
    assert upstream.asked[0].path == f"/a?api_key={CANARY}"
    assert CANARY not in answer.url
    egress.request(reach(upstream, credential=Credential("key")), "GET", f"{upstream.url}/b")
    assert upstream.asked[1].headers["authorization"] == f"Bearer {CANARY}"
    basic = Credential("key", place="basic", user="me")
    egress.request(reach(upstream, credential=basic), "GET", f"{upstream.url}/c")
    assert upstream.asked[2].headers["authorization"].startswith("Basic ")
    assert CANARY not in caplog.text


def test_an_answer_that_is_too_large_is_cut_off(egress: Egress, upstream: Upstream) -> None:
    with pytest.raises(TooMuch, match="1,000,000 bytes"):
        egress.request(reach(upstream, most_bytes=1_000_000), "GET", f"{upstream.url}/large")


def test_a_small_answer_that_unpacks_to_an_immense_one_is_cut_off(egress: Egress, upstream: Upstream) -> None:
    with pytest.raises(TooMuch, match="1,000,000 bytes"):
        egress.request(reach(upstream, most_bytes=1_000_000), "GET", f"{upstream.url}/bomb")


def test_a_packed_answer_is_unpacked(egress: Egress, upstream: Upstream) -> None:
    assert egress.request(reach(upstream), "GET", f"{upstream.url}/packed").content == b"unpacked"


@pytest.mark.parametrize("path", ["/drip", "/slow"])
def test_an_answer_that_never_ends_is_left_when_its_time_is_over(
    egress: Egress, upstream: Upstream, path: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(UpstreamUnavailable, match=r"0\.3 seconds"):
        egress.request(reach(upstream, seconds=0.3), "GET", f"{upstream.url}{path}")
    assert time.monotonic() - begun < 0.9


def test_nobody_at_the_address_is_said_so(egress: Egress) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with pytest.raises(UpstreamUnavailable, match="connection failed"):
        egress.request(Reach.to(url, networks=HERE), "GET", url)


def test_an_asynchronous_client_keeps_to_the_same_rules(egress: Egress, upstream: Upstream) -> None:
    async def act() -> None:
        async with egress.async_client(reach(upstream, credential=Credential("key"))) as client:
            answer = await client.get(f"{upstream.url}/a")
            assert answer.json()["headers"]["authorization"] == f"Bearer {CANARY}"
            with pytest.raises(EgressRefused):
                await client.get("http://169.254.169.254/")
            with pytest.raises(EgressRefused):
                await client.get(f"{upstream.url}/to/http://127.0.0.1:9/")
        async with egress.async_client(reach(upstream, most_bytes=1000)) as client:
            with pytest.raises(TooMuch):
                await client.get(f"{upstream.url}/bomb")
        async with egress.async_client(reach(upstream, seconds=0.3)) as client:
            with pytest.raises(httpx2.ReadTimeout):
                await client.get(f"{upstream.url}/drip")
        async with egress.async_client(Reach.to(upstream.url)) as client:
            with pytest.raises(EgressRefused, match="loopback"):
                await client.get(upstream.url)

    asyncio.run(act())


def test_tls_speaks_for_the_name_although_the_address_was_pinned(tmp_path: Path) -> None:
    server_side, client_side = certified("service.example", tmp_path)
    upstream = Upstream(server_side)
    egress = Egress(resolver=lambda _, __: ("127.0.0.1",), context=client_side)
    try:
        good = f"https://service.example:{upstream.port}/"
        assert egress.request(Reach.to(good, networks=HERE), "GET", good).status == 200
        bad = f"https://other.example:{upstream.port}/"
        with pytest.raises(UpstreamUnavailable):
            egress.request(Reach.to(bad, networks=HERE), "GET", bad)
    finally:
        egress.close()
        upstream.close()


def certified(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server with a certificate for that name, and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(private + pem)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(file)
    client_side = ssl.create_default_context(cadata=pem.decode())
    return server_side, client_side
