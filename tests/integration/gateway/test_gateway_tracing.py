"""A call as a span of OpenTelemetry: who, what, how it ended, never what was said; the service hears it."""

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.integration.gateway.customers import create, read, register
from tests.integration.gateway.outside import Outward
from tests.integration.gateway.upstream import Upstream, of_json

from mainspring.gateway.errors import UpstreamRefused
from mainspring.gateway.trace import headers
from mainspring.store import Store


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """What a set-up of OpenTelemetry gets, for the length of a test."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    monkeypatch.setattr("mainspring.gateway.trace._TRACER", provider.get_tracer("test"))
    return exporter


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    server.answer = lambda asked: of_json({"name": "Acme", "path": asked.path})
    yield server
    server.close()


@pytest.fixture
def house(store: Store) -> Iterator[Outward]:
    made = Outward(store, {"trace": headers})
    yield made
    made.close()


def test_a_call_is_a_span_without_its_arguments_and_the_service_gets_its_trace(
    house: Outward, upstream: Upstream, spans: InMemorySpanExporter
) -> None:
    register(house, upstream)
    create(house, name="Canary Ltd")
    (span,) = spans.get_finished_spans()
    told = dict(span.attributes or {})
    assert span.name == "crm.createCustomer"
    assert (told["mainspring.actor.id"], told["mainspring.process"]) == ("clerk", "lead_to_cash")
    assert (told["mainspring.effect"], told["mainspring.outcome"]) == ("external", "ok")
    assert "Canary" not in str(told)
    assert f"{span.context.trace_id:032x}" in upstream.asked[0].headers["traceparent"]


def test_a_call_that_fails_is_a_span_with_the_kind_of_its_error_only(
    house: Outward, upstream: Upstream, spans: InMemorySpanExporter
) -> None:
    register(house, upstream)
    upstream.answer = lambda _: of_json({"detail": "Canary Ltd is blocked"}, 409)
    with pytest.raises(UpstreamRefused):
        create(house, name="Canary Ltd")
    (span,) = spans.get_finished_spans()
    assert (span.status.is_ok, span.status.description) == (False, "UpstreamRefused")
    assert "Canary" not in span.to_json()


def test_without_a_set_up_no_trace_goes_along(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    read(house)
    assert "traceparent" not in upstream.asked[0].headers
