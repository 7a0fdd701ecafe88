"""A database brought up by the revisions has the same tables as one created from the catalogue."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, inspect, text
from sqlalchemy.engine import Engine

from mainspring.store import Store, StoreError, migrate, open_store, revisions
from mainspring.store.process_tables import tasks
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


def test_a_further_revision_is_written_from_those_there_are(tmp_path: Path) -> None:
    catalogue = own_tables()
    Table("visits", catalogue, Column("number", Integer, primary_key=True))
    text = migrate.write("0002", "Visits of customers", catalogue, tmp_path).read_text("utf-8")
    assert 'down_revision = "0001"' in text.replace("'", '"')
    assert text.count("op.create_table(") == 1
    assert '"visits"' in text.replace("'", '"')


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    engine.dispose()
    refused = pytest.raises(StoreError, match="does not know")
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}", "t", create=False)) as store, refused:
        migrate.upgrade(store.engine, metadata)


def revised(tmp_path: Path, number: str) -> str:
    """The address of a database that says it has that revision."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with closing(open_store(url, "t")) as store, store.write() as tx:
        tx.count("kept", 1)
    with closing(sqlite3.connect(tmp_path / "a.db")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = ?", (number,))
    return url


def test_a_new_database_is_marked_with_the_newest_revision(store: Store) -> None:
    assert migrate.revision(store.engine) == migrate.newest() == revisions.known()[-1]


def test_opening_a_database_of_a_newer_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    url = revised(tmp_path, "9999")
    with pytest.raises(StoreError, match="does not know") as refused:
        open_store(url, "t")
    assert "newer Mainspring wrote it" in refused.value.mend


def test_opening_an_older_database_copies_it_and_applies_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = revised(tmp_path, "0000")
    applied = []

    def upgrade(engine: Engine, catalogue: MetaData) -> str:
        applied.append(catalogue)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        return "0001"

    monkeypatch.setattr(revisions, "known", lambda: ["0000", "0001"])
    monkeypatch.setattr(migrate, "upgrade", upgrade)
    with closing(open_store(url, "t")) as store:
        assert migrate.revision(store.engine) == "0001"
    assert applied == [metadata]
    copy = tmp_path / "a.db.before-0001"
    with closing(sqlite3.connect(copy)) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        assert file.execute("SELECT value FROM counters WHERE name = 'kept'").fetchone() == (1,)


def test_a_backup_is_whole_and_overwrites_nothing(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}", "t")) as store:
        store.node()
        store.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError, match="already"):
            store.backup(tmp_path / "copy.db")
    with closing(open_store(f"sqlite:///{tmp_path / 'copy.db'}", "t")) as copy:
        assert copy.node() == 1


def test_a_database_from_before_revisions_were_kept_is_refused(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'old.db'}"
    open_store(address, "t").close()
    with closing(sqlite3.connect(tmp_path / "old.db")) as old:
        old.execute("DROP TABLE alembic_version")
        old.execute(f"ALTER TABLE {tasks.name} DROP COLUMN follow_up")
    with pytest.raises(StoreError, match="before revisions were kept: tasks lacks follow_up"):
        open_store(address, "t")
