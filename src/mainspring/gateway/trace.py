"""The stage of tracing: an OpenTelemetry span for every call. Arguments and answers are never in it."""

from collections.abc import Mapping

from opentelemetry import propagate, trace
from opentelemetry.trace import Status, StatusCode
from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed

_TRACER = trace.get_tracer("mainspring.gateway")  # a proxy: it finds what is set up later, too


def traced(call: Call, proceed: Proceed) -> BaseModel:
    """Open a span around the call; without a set-up of OpenTelemetry this does nothing."""
    if isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return proceed(call)  # nobody set it up: an empty span would only cost time
    with _TRACER.start_as_current_span(
        call.name, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            return proceed(call)
        except Exception as error:
            span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            if span.is_recording():
                for name, value in _attributes(call).items():
                    span.set_attribute(f"mainspring.{name}", value)


def _attributes(call: Call) -> Mapping[str, str | bool | int | float]:
    caller = call.caller
    found = {
        "operation": call.name,
        "effect": call.effect,
        "actor.kind": call.actor.kind,
        "actor.id": call.actor.id,
        "on_behalf_of": call.actor.on_behalf_of,
        "process": caller.process_id,
        "instance": None if caller.instance is None else str(caller.instance),
        "element": caller.element,
        "outcome": call.outcome,
        "cached": call.cached,
        "retry": call.retry,
        "cost": float(call.cost),
        "tokens": call.tokens,
        "version": call.version,
        "problem": call.problem,
    }
    return {name: value for name, value in found.items() if value is not None}


def headers() -> dict[str, str]:
    """The headers that carry the present trace on (W3C Trace Context)."""
    if not trace.get_current_span().get_span_context().is_valid:
        return {}
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier
