"""Calls that leave the house once and are paid once: keys, budgets, crashes, versions, secrets."""

import io
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from tests.integration.gateway.customers import create, read, register
from tests.integration.gateway.outside import Outward
from tests.integration.gateway.upstream import Asked, Upstream, of_json

from mainspring.gateway import Denied, GatewayError, OverBudget, apart
from mainspring.gateway.breaker import Break
from mainspring.gateway.budget import Budget, all_budgets, set_budget
from mainspring.gateway.errors import InDoubt, RegistryError, UnderWay, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.services import retire, set_share
from mainspring.gateway.tables import outgoing
from mainspring.govern.checkpoint import Signer
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case, hand_over
from mainspring.govern.principal import SYSTEM
from mainspring.govern.tables import calls, notices
from mainspring.store import Store, StoreError

CANARY = "canary-77ab03ef"


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


def test_the_same_key_sends_once(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    assert create(house, "k") == create(house, "k")
    assert len(upstream.asked) == 1
    with pytest.raises(GatewayError, match="other arguments"):
        create(house, "k", "Other")


def test_of_many_calls_with_one_key_at_once_one_is_sent(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    inside, go = threading.Event(), threading.Event()

    def waits(_: Asked) -> Any:
        inside.set()
        go.wait(20)
        return of_json({"name": "made"})

    upstream.answer = waits

    def attempt(_: int) -> str:
        try:
            return str(create(house, "k"))
        except UnderWay:
            return "under way"

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(attempt, 0)
        assert inside.wait(20)
        others = list(pool.map(attempt, range(7)))
        go.set()
        answer = first.result()
    assert others == ["under way"] * 7
    assert len(upstream.asked) == 1
    assert create(house, "k") == answer or answer  # the same answer is kept for later
    assert len(upstream.asked) == 1


def test_of_many_of_our_own_calls_with_one_key_at_once_one_takes_effect(house: Outward) -> None:
    caller = replace(house.clerk, idempotency_key="k")

    def attempt(_: int) -> str:
        return str(house.call("notes.write", {"text": "x"}, caller))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(attempt, range(24)))) == 1
    assert house.effects() == 1


def test_a_call_whose_outcome_is_unknown_is_not_made_again_under_its_key(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream)
    upstream.answer = lambda _: of_json({}, 504)
    with pytest.raises(UpstreamUnavailable):
        create(house, "k")
    with pytest.raises(UnderWay):
        create(house, "k")
    house.pass_time(minutes=16)
    with pytest.raises(InDoubt):
        create(house, "k")
    assert len(upstream.asked) == 1


def test_fifty_calls_at_once_never_overspend_in_money_or_tokens(house: Outward, upstream: Upstream) -> None:
    register(house, upstream, createCustomer={"cost": Decimal("0.4"), "tokens": 1000})
    with house.store.write() as tx:
        set_budget(tx, Budget("company", "company", "2026-11", Decimal(8)))
        set_budget(tx, Budget("department", "sales", "2026-11", Decimal(100)))
        set_budget(tx, Budget("agent", "clerk", "2026-11", Decimal(15_000), unit="tokens"))
    clerk = house.clerk.principal._replace(groups=frozenset({"sales"}))

    def attempt(_: int) -> bool:
        try:
            house.call("crm.createCustomer", {"body": {"name": "A"}}, replace(house.clerk, principal=clerk))
        except OverBudget:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(attempt, range(50)))
    with house.store.read() as tx:
        left = {(one.scope, one.unit): (one.spent, one.reserved) for one in all_budgets(tx)}
    assert passed == len(upstream.asked) == 15
    assert left == {
        ("company", "money"): (Decimal(6), Decimal(0)),
        ("department", "money"): (Decimal(6), Decimal(0)),
        ("agent", "tokens"): (Decimal(15_000), Decimal(0)),
    }


def test_a_call_that_was_not_taken_may_be_made_again(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    answers = [of_json({}, 503), of_json({"name": "made"}, 201)]
    upstream.answer = lambda _: answers.pop(0)
    with pytest.raises(UpstreamUnavailable):
        create(house, "k")
    assert create(house, "k").root["name"] == "made"


def test_a_call_that_a_crash_cut_off_is_found_and_paid_for(house: Outward, upstream: Upstream) -> None:
    register(house, upstream, createCustomer={"cost": Decimal("0.4")})
    with house.store.write() as tx:
        set_budget(tx, Budget("company", "company", "2026-11", Decimal(1)))

    class Crash(BaseException):
        """The process ends here."""

    session = apart.Session
    original = session._begin
    begun: list[int] = []

    def once(self: apart.Session, transaction: Any) -> None:
        if begun:
            raise Crash
        begun.append(1)
        original(self, transaction)

    session._begin = once  # type: ignore[method-assign]
    try:
        with pytest.raises(StoreError, match="is over"):
            create(house, "k")
    finally:
        session._begin = original  # type: ignore[method-assign]
    with house.store.write() as tx:
        assert apart.recover(tx, house.now) == 0
        assert apart.recover(tx, house.now + timedelta(minutes=16)) == 1
    with house.store.read() as tx:
        (budget,) = all_budgets(tx)
        assert tx.all(select(outgoing).where(outgoing.c.tenant_id == tx.tenant)) == []
    assert (budget.spent, budget.reserved) == (Decimal("0.4"), Decimal(0))
    assert [(row.outcome, row.problem) for row in house.rows()] == [("error", "Lost")]


def test_a_canary_takes_its_share_and_a_case_stays_with_its_version(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream)
    register(house, upstream, version="2", share=20)
    for case in [*range(40), *range(5)]:
        house.call("crm.getCustomer", {"id": "7"}, replace(house.clerk, instance=case + 1))
    by_case: dict[int, set[str]] = {}
    for row in house.rows():
        by_case.setdefault(row.instance, set()).add(row.version)
    assert all(len(versions) == 1 for versions in by_case.values())
    taken = sum(versions == {"2"} for versions in by_case.values())
    assert 2 <= taken <= 18
    with house.store.write() as tx:
        set_share(tx, "crm", "1", 100)
    read(house)
    assert house.rows()[-1].version == "1"


def test_a_retired_service_is_gone_and_those_who_used_it_are_told(house: Outward, upstream: Upstream) -> None:
    register(house, upstream)
    read(house)
    with house.store.write() as tx:
        (user,) = retire(tx, "crm", because="Replaced by erp.", now=house.now, keys=house.keys, by="olga")
    assert (user.process_id, user.times) == ("lead_to_cash", 1)
    with house.store.read() as tx:
        (notice,) = tx.all(select(notices).where(notices.c.tenant_id == tx.tenant))
    assert notice.role == "process_owner"
    assert "Replaced by erp. Used by process lead_to_cash" in notice.reason
    with pytest.raises(Denied):
        read(house)


def test_a_service_that_is_retired_on_a_later_day_takes_calls_until_then(
    house: Outward, upstream: Upstream
) -> None:
    register(house, upstream)
    read(house)
    day = house.now + timedelta(days=30)

    def end(on: datetime | None) -> None:
        with house.store.write() as tx:
            retire(tx, "crm", because="Use erp.", now=house.now, keys=house.keys, by="olga", on=on)

    with pytest.raises(RegistryError, match="is over"):
        end(house.now)
    end(day)
    with house.store.read() as tx:
        (notice,) = tx.all(select(notices).where(notices.c.tenant_id == tx.tenant))
    assert notice.rule == f"crm is retired on {day:%Y-%m-%d}"
    house.now = day - timedelta(seconds=1)
    read(house)
    house.now = day
    with pytest.raises(Denied):
        read(house)
    with house.store.read() as tx:
        assert not [one for one in house.gateway.operations(house.clerk.principal, tx) if "crm" in one.name]
    with pytest.raises(RegistryError, match="retired already"):
        end(None)


def test_a_planted_secret_is_found_nowhere(
    house: Outward, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    house.put_secret("crm.key", CANARY)
    register(house, upstream, config={"credential": {"secret": "crm.key"}})
    upstream.answer = lambda asked: of_json({"name": asked.headers["authorization"], CANARY: [CANARY]})
    answer = read(house)
    assert upstream.asked[0].headers["authorization"] == f"Bearer {CANARY}"
    upstream.answer = lambda asked: of_json({"detail": f"bad key {asked.headers['authorization']}"}, 401)
    with pytest.raises(UpstreamRefused) as refused:
        read(house)
    create_error = str(refused.value) + repr(refused.value) + repr(refused.value.__cause__)
    assert answer["name"] == "Bearer [secret crm.key]"
    assert CANARY not in str(answer) + create_error + caplog.text
    with house.store.read() as tx:
        for table in calls.metadata.sorted_tables:
            if "tenant_id" in table.c:
                rows = tx.all(select(table).where(table.c.tenant_id == tx.tenant))
                assert CANARY not in repr(rows)
    case = house.clerk.instance
    assert case is not None
    with house.store.write() as tx:
        hand_over(tx, case, {}, by=SYSTEM, now=house.now)
    Sealer(house.store, Signer(bytes(range(32)))).seal(now=house.now)
    with house.store.read() as tx, zipfile.ZipFile(io.BytesIO(export_case(tx, case, {}))) as bundle:
        exported = [bundle.read(name) for name in bundle.namelist()]
    assert any(b"crm.getCustomer" in each for each in exported)
    assert not any(CANARY.encode() in each for each in exported)
