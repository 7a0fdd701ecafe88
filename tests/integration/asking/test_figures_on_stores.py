"""Every figure by everything that it is seen by, on both stores with the same outcome."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from mainspring.app.asking.vocabulary import layer_of
from mainspring.app.house import House, open_house
from mainspring.govern.principal import SYSTEM
from mainspring.insight.semantic import Plan, check, figures
from mainspring.insight.semantic.periods import GRAINS
from mainspring.packs.lead_to_cash import company, pack
from mainspring.services.operation import Context
from mainspring.simulation import VirtualClock

NOW = datetime(2026, 1, 20, tzinfo=UTC)
LAYER = layer_of(pack.read().semantic)
COUNTED = [name for name, metric in LAYER.metrics.items() if metric.subject is not None]


def opened(database: str, tenant: str) -> House:
    house = open_house(database, tenant=tenant, clock=VirtualClock(NOW))
    with house.store.write() as tx:
        company.open_books(Context(tx, NOW, house.keys, SYSTEM))
    return house


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = opened(f"sqlite:///{Path(tmp_path_factory.mktemp('books'))}/house.db", "main")
    yield house
    house.close()


@pytest.fixture(scope="module")
def server(postgres_url: str) -> Iterator[House]:
    house = opened(postgres_url, f"t{uuid4().hex[:12]}")
    yield house
    house.close()


def counted(house: House, plan: Plan) -> list[tuple[object, ...]]:
    with house.store.read() as tx:
        rows, _ = figures(tx, LAYER, check(plan, LAYER), NOW)
    return [(row.groups, row.value and round(row.value, 6), row.currency, row.rows) for row in rows]


@pytest.mark.postgres
@pytest.mark.parametrize("name", COUNTED)
def test_a_figure_is_the_same_on_both_stores(name: str, embedded: House, server: House) -> None:
    plans = [Plan(metric=name)]
    plans += [Plan(metric=name, by=(by,)) for by in (*LAYER.dimensions_of(name), *GRAINS)]
    plans += [Plan(metric=name, aggregation=one) for one in LAYER.metrics[name].aggregations]
    for plan in plans:
        if "day" not in plan.by:
            assert counted(embedded, plan) == counted(server, plan), plan


def test_the_opened_books_have_sales_by_category(embedded: House) -> None:
    rows = counted(embedded, Plan(metric="sales", by=("category",)))
    assert len(rows) == 5
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)  # type: ignore[type-var]
