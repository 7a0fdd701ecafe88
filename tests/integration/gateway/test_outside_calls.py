"""Calls that leave the house: what is sent, held to schemas, kept, tried again and stood in for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.integration.gateway.customers import DOCUMENT, create, down, read, register
from tests.integration.gateway.outside import HERE, Outward
from tests.integration.gateway.upstream import Asked, Upstream, of_json

from mainspring.gateway import ArgumentsInvalid, Denied, GatewayError, Unavailable
from mainspring.gateway.breaker import Break
from mainspring.gateway.budget import Budget, set_budget
from mainspring.gateway.errors import UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.rate import Rate
from mainspring.store import Store


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    server.answer = lambda asked: of_json({"name": "Acme", "limit": 1.5, "path": asked.path})
    yield server
    server.close()


@pytest.fixture
def house(store: Store) -> Iterator[Outward]:
    made = Outward(store, breaker=Break(failures=3, rest=timedelta(seconds=10)))
    yield made
    made.close()


def test_an_operation_of_a_document_is_called_like_our_own(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    answer = read(house, fields=["a", "b c"])
    assert answer["name"] == "Acme"
    assert answer["limit"] == Decimal("1.5")
    assert upstream.asked[0].path == "/customers/7?fields=a&fields=b+c"
    (row,) = house.rows()
    assert (row.operation, row.effect, row.outcome, row.version) == ("crm.getCustomer", "read", "ok", "1")


def test_a_document_of_openapi_3_1_is_read_in_its_own_dialect(house: Outward, upstream: Upstream) -> None:
    customer = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "limit": {"type": "number", "exclusiveMinimum": 0},  # a bound, where 3.0 has yes or no
            "note": {"type": ["string", "null"]},  # where 3.0 says nullable
        },
    }
    document = {**DOCUMENT, "openapi": "3.1.0", "components": {"schemas": {"Customer": customer}}}
    config = {"base_url": upstream.url, "networks": HERE}
    house.register("openapi", config, document=json.dumps(document).encode())
    upstream.answer = lambda _: of_json({"name": "Acme", "limit": 1.5, "note": None})
    assert read(house)["note"] is None
    with pytest.raises(ArgumentsInvalid):
        house.call("crm.createCustomer", {"body": {"name": "Acme", "limit": 0}})


@pytest.mark.parametrize(
    "arguments",
    [{}, {"id": 7}, {"id": "7", "more": 1}, {"id": "7", "fields": "a"}],
)
def test_arguments_are_held_to_the_schema_of_the_document(
    house: Outward, upstream: Upstream, arguments: Any
) -> None:
    register(house, upstream)
    with pytest.raises(ArgumentsInvalid):
        house.call("crm.getCustomer", arguments)
    assert not upstream.asked


@pytest.mark.parametrize("value", ["..", ".", "../admin", "a/../../admin", "", "%2e%2e"])
def test_no_argument_leaves_its_place_in_the_path(house: Outward, upstream: Upstream, value: str) -> None:
    register(house, upstream)
    try:
        read(house, id=value)
    except GatewayError:
        assert not upstream.asked
    else:
        assert upstream.asked[0].path == "/customers/%252e%252e"  # a name like any other, not a way up


def test_an_answer_that_is_not_as_declared_is_refused(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    upstream.answer = lambda _: of_json({"limit": -1})
    with pytest.raises(GatewayError, match="otherwise than declared"):
        read(house)


def test_an_answer_is_mapped_by_feel(house: Outward, upstream: Upstream) -> None:
    mapped = {"result": '{who: upper case(response.name) + " " + arguments.id}', "output": {"type": "object"}}
    register(house, upstream, getCustomer=mapped)
    assert read(house) == {"who": "ACME 7"}


def test_who_may_not_list_an_outside_operation_knows_of_none(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    with house.store.read() as tx:
        seen = {one.name for one in house.gateway.operations(house.clerk.principal, tx)}
    assert {"crm.getCustomer", "crm.createCustomer"} <= seen
    stranger = replace(house.clerk, principal=house.clerk.principal._replace(id="stranger"))
    with pytest.raises(Denied, match="no such operation"):
        house.call("crm.getCustomer", {"id": "7"}, stranger)
    assert not upstream.asked


def test_an_outside_call_is_refused_within_a_transaction(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    with house.store.write() as tx, pytest.raises(GatewayError, match="leaves the house"):
        house.gateway.call(tx, house.clerk, "crm.getCustomer", {"id": "7"})
    assert not upstream.asked


def test_no_transaction_is_open_while_the_service_is_asked(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)

    def writes_meanwhile(asked: Asked) -> Any:
        with house.store.write() as tx:
            set_budget(tx, Budget("agent", "clerk", "2026-11", Decimal(1)))
        return of_json({"name": asked.method})

    upstream.answer = writes_meanwhile
    assert read(house)["name"] == "GET"


def test_a_read_is_tried_again_with_longer_waits(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    upstream.answer = down
    with pytest.raises(UpstreamUnavailable):
        read(house)
    assert len(upstream.asked) == 3
    assert 0 < house.waits[0] < house.waits[1]


def test_a_write_is_tried_again_only_where_the_service_takes_idempotency_keys(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream)
    upstream.answer = down
    with pytest.raises(UpstreamUnavailable):
        create(house)
    assert len(upstream.asked) == 1
    register(house, upstream, config={"idempotency_header": "Idempotency-Key"})
    upstream.asked.clear()
    with pytest.raises(UpstreamUnavailable):
        create(house)
    assert len({asked.headers["idempotency-key"] for asked in upstream.asked}) == 1
    assert len(upstream.asked) == 3


def test_a_refusal_is_not_tried_again_and_says_why(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    upstream.answer = lambda _: of_json({"detail": "no such customer"}, 404)
    with pytest.raises(UpstreamRefused, match="404: no such customer"):
        read(house)
    assert len(upstream.asked) == 1


def test_a_service_that_is_down_rests_and_is_stood_in_for_by_an_older_answer(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream, getCustomer={"stale_seconds": 60, "retries": 0})
    assert read(house)["name"] == "Acme"
    upstream.answer = down
    house.pass_time(seconds=5)
    for _ in range(4):
        assert read(house)["name"] == "Acme"
    assert len(upstream.asked) == 4  # the breaker opened after three failures
    assert [(row.cached, row.problem) for row in house.rows()][-1] == (True, "Unavailable")
    house.pass_time(seconds=61)
    with pytest.raises(UpstreamUnavailable):
        read(house)


def test_a_degraded_answer_stands_in_when_there_is_no_older_one(house: Outward, upstream: Upstream) -> None:
    register(house, upstream, getCustomer={"degraded": {"name": "unknown"}, "retries": 0})
    upstream.answer = down
    assert read(house) == {"name": "unknown"}


def test_a_fresh_answer_is_given_again_until_the_service_is_written_to(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream, getCustomer={"cache_seconds": 30})
    read(house)
    read(house)
    assert len(upstream.asked) == 1
    create(house)
    read(house)
    assert len(upstream.asked) == 3
    house.pass_time(seconds=31)
    read(house)
    assert len(upstream.asked) == 4


def test_the_rate_of_an_operation_holds_for_each_caller(house: Outward, upstream: Upstream) -> None:
    register(house, upstream, getCustomer={"rate": Rate(1, 2)})
    read(house)
    read(house)
    with pytest.raises(Unavailable, match="calls a second"):
        read(house)
