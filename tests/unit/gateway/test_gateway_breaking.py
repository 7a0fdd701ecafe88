"""Circuit breaking and rates, on a clock of the test's own."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from mainspring.gateway import Caller, Unavailable
from mainspring.gateway.breaker import Break
from mainspring.gateway.call import Call
from mainspring.gateway.limit import Limit, Rate
from mainspring.govern.principal import Principal
from mainspring.services.operation import Operation

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Answer(BaseModel):
    """Nothing in particular."""


def call(
    seconds: float = 0,
    name: str = "mail.send",
    who: str = "clerk",
    *,
    kind: str = "agent",
    groups: str = "",
    process: str | None = None,
    version: str | None = None,
) -> Call:
    principal = Principal(kind, who, groups=frozenset(groups.split()))  # type: ignore[arg-type]  # one of them
    caller = Caller(principal, process_id=process)
    made = Call(cast("Any", None), caller, name, {}, 1, START + timedelta(seconds=seconds))
    made.version = version
    made.operation = Operation(name, {}, "write", Answer, Answer, lambda _, given: given)
    return made


def works(_: Call) -> BaseModel:
    return Answer()


def times_out(_: Call) -> BaseModel:
    raise TimeoutError


def refuses(_: Call) -> BaseModel:
    raise ValueError("not in stock")


def fail(circuit: Break, count: int, at: float = 0) -> None:
    for _ in range(count):
        with pytest.raises(TimeoutError):
            circuit(call(at), times_out)


def test_a_service_that_keeps_failing_is_left_alone_for_a_while() -> None:
    circuit = Break(failures=3, rest=timedelta(seconds=10))
    fail(circuit, 3)
    with pytest.raises(Unavailable, match="has been failing"):
        circuit(call(9), works)
    assert circuit(call(10), works) == Answer()
    assert circuit(call(10), works) == Answer()


def test_while_it_is_tried_again_others_wait() -> None:
    circuit = Break(failures=1, rest=timedelta(seconds=10))
    fail(circuit, 1)
    fail(circuit, 1, at=10)
    with pytest.raises(Unavailable):
        circuit(call(19), works)


def test_a_success_forgets_the_failures_before_it() -> None:
    circuit = Break(failures=2)
    fail(circuit, 1)
    circuit(call(), works)
    fail(circuit, 1)
    assert circuit(call(), works) == Answer()


def test_a_refusal_by_business_rules_is_no_failure() -> None:
    circuit = Break(failures=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="not in stock"):
            circuit(call(), refuses)
    assert circuit(call(), works) == Answer()


def test_one_service_does_not_rest_for_another() -> None:
    circuit = Break(failures=1)
    fail(circuit, 1)
    assert circuit(call(name="bank.pay"), works) == Answer()


def test_a_canary_that_fails_does_not_stop_the_version_beside_it() -> None:
    circuit = Break(failures=1)
    with pytest.raises(TimeoutError):
        circuit(call(version="2"), times_out)
    assert circuit(call(version="1"), works) == Answer()
    with pytest.raises(Unavailable, match="has been failing"):
        circuit(call(version="2"), works)


@pytest.mark.parametrize(
    ("each", "first", "shares", "has_its_own"),
    [
        ("company", {}, {"who": "other", "process": "q"}, None),
        ("department", {"groups": "sales"}, {"who": "other", "groups": "it sales"}, {"groups": "law"}),
        ("process", {"process": "p"}, {"who": "other", "process": "p"}, {"process": "q"}),
        ("process", {}, {"who": "other"}, {"process": "p"}),
        ("agent", {}, {"process": "p"}, {"who": "other"}),
        ("agent", {}, {}, {"kind": "person"}),
        ("caller", {}, {"process": "p"}, {"kind": "person"}),
    ],
)
def test_a_rate_is_shared_by_those_whom_it_names(
    each: Any, first: dict[str, Any], shares: dict[str, Any], has_its_own: dict[str, Any] | None
) -> None:
    limit = Limit({"mail.send": Rate(1, 1, each)})
    limit(call(**first), works)
    with pytest.raises(Unavailable, match=f"for each {each}"):
        limit(call(**shares), works)
    if has_its_own is not None:
        assert limit(call(**has_its_own), works) == Answer()


def test_a_refused_call_takes_from_none_of_its_departments() -> None:
    limit = Limit({"mail.send": Rate(1, 1, "department")})
    limit(call(groups="sales"), works)
    with pytest.raises(Unavailable):
        limit(call(groups="law sales"), works)
    assert limit(call(groups="law"), works) == Answer()


def test_each_caller_has_a_bucket_of_its_own() -> None:
    limit = Limit({"mail.send": Rate(1, 1)})
    limit(call(), works)
    limit(call(who="other"), works)
    with pytest.raises(Unavailable):
        limit(call(), works)


@given(st.lists(st.floats(0, 100), max_size=60), st.integers(1, 5), st.sampled_from([0.5, 1.0, 4.0]))
def test_no_pattern_of_calls_passes_faster_than_burst_and_rate(
    gaps: list[float], burst: int, rate: float
) -> None:
    limit = Limit({"mail.*": Rate(rate, burst)})
    passed = 0
    now = 0.0
    for gap in gaps:
        now += gap / 10
        try:
            limit(call(now), works)
            passed += 1
        except Unavailable:
            pass
    assert passed <= burst + now * rate + 1e-6
