"""Operations that an installed package brings: found by its entry point, called through the gateway."""

from pathlib import Path

import pytest
from sqlalchemy import select

from mainspring.app import installed
from mainspring.app.errors import SetUpError
from mainspring.app.opening import open_or_create
from mainspring.gateway import Caller, Denied
from mainspring.gateway.errors import RegistryError
from mainspring.govern.principal import Principal
from mainspring.govern.tables import calls

MODULE = """
from decimal import Decimal

from mainspring.services.operation import Data, Operation


class Parcel(Data):
    kilograms: Decimal


class Price(Data):
    euro: Decimal


def price(_, parcel):
    return Price(euro=parcel.kilograms * 2)


def operations():
    return (Operation("NAME", {"en": "Price", "zh": "运费"}, "read", Parcel, Price, price),)
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, operation: str, system: str = "freight") -> None:
    """A package as an installer leaves it."""
    module = f"brought_{abs(hash(operation))}"
    (folder / f"{module}.py").write_text(MODULE.replace("NAME", operation))
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{installed.GROUP}]\n{system} = {module}:operations\n")
    monkeypatch.syspath_prepend(str(folder))


def test_a_function_of_an_installed_package_is_an_operation_like_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "freight.price")
    house = open_or_create(f"sqlite:///{tmp_path}/house.db")
    worker = Principal("person", "wei", frozenset({"worker"}))
    try:
        answer = house.gateway.perform(house.store, Caller(worker), "freight.price", {"kilograms": "1.5"})
        assert answer.model_dump_json() == '{"euro":"3.0"}'
        stranger = Caller(Principal("agent", "stranger"))
        with pytest.raises(Denied):
            house.gateway.perform(house.store, stranger, "freight.price", {"kilograms": "1.5"})
        with house.store.read() as tx:
            query = select(calls.c.outcome, calls.c.actor_id)
            rows = tx.all(query.where(calls.c.tenant_id == tx.tenant, calls.c.operation == "freight.price"))
        assert [tuple(row) for row in rows] == [("ok", "wei"), ("denied", "stranger")]
    finally:
        house.close()


def test_a_package_may_not_take_a_name_that_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "orders.create", system="orders")
    with pytest.raises(RegistryError, match="name is taken"):
        open_or_create(f"sqlite:///{tmp_path}/house.db")


def test_a_package_brings_operations_of_its_own_system_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "ledger.forge")
    with pytest.raises(SetUpError, match="does not begin with freight"):
        installed.operations()


def test_a_package_that_cannot_be_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "freight.broken")
    for module in tmp_path.glob("brought_*.py"):
        module.write_text("raise RuntimeError('no licence')")
    with pytest.raises(SetUpError, match="no licence") as refused:
        installed.operations()
    assert "brought_" in str(refused.value)
