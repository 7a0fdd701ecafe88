"""A database brought up by the revisions has the same tables as one created from the catalogue."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect, text
from sqlalchemy.engine import Engine

from mainspring.store import Store, StoreError, migrate, open_store
from mainspring.store.tables import metadata


def shape(engine: Engine, of: set[str]) -> dict[str, tuple[object, ...]]:
    found = inspect(engine)
    return {
        name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)),
            found.get_pk_constraint(name)["constrained_columns"],
            sorted(str(index["name"]) for index in found.get_indexes(name)),
        )
        for name in found.get_table_names()
        if name in of
    }


def own_tables() -> MetaData:
    """The tables of the house: those that the revisions make, without what tests define."""
    with closing(open_store("sqlite://", "t", create=False)) as store:
        migrate.upgrade(store.engine, MetaData())
        made = MetaData()
        made.reflect(store.engine)
    return made


def test_the_revisions_make_the_tables_of_the_store_and_the_runtime(tmp_path: Path) -> None:
    made = set(own_tables().tables) - {"alembic_version"}
    assert {"events", "jobs", "instances", "tasks", "requests", "counters"} <= made
    common = made & set(metadata.tables)
    created = open_store(f"sqlite:///{tmp_path / 'a.db'}", "t")
    raised = open_store(f"sqlite:///{tmp_path / 'b.db'}", "t", create=False)
    with closing(created), closing(raised):
        assert migrate.upgrade(raised.engine, metadata) == migrate.newest()
        assert shape(raised.engine, common) == shape(created.engine, common)


def test_an_upgrade_a_second_time_changes_nothing(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}", "t", create=False)) as store:
        first = migrate.upgrade(store.engine, metadata)
        store.node()
        assert migrate.upgrade(store.engine, metadata) == first
        assert store.node() == 1


def test_a_database_created_without_revisions_is_marked(store: Store) -> None:
    store.node()
    assert migrate.upgrade(store.engine, metadata) == migrate.newest() == migrate.revision(store.engine)
    assert store.node() == 1


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    engine.dispose()
    refused = pytest.raises(StoreError, match="does not know")
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}", "t", create=False)) as store, refused:
        migrate.upgrade(store.engine, metadata)
