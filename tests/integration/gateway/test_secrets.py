"""Secrets at rest: what is stored, who gets them, and what becomes of changed rows and changed keys."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from mainspring.gateway.secrets import Keyring, Redaction, SecretError, Secrets, keyring
from mainspring.gateway.secrets.keyring import KeyringError
from mainspring.gateway.secrets.vault import known
from mainspring.gateway.tables import secrets as table
from mainspring.store import Store

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CANARY = "canary-5b1e77aa"
OLD, NEW = bytes(32), bytes(range(32))


def put(store: Store, kept: Secrets, value: str = CANARY, *hosts: str) -> int:
    with store.write() as tx:
        return kept.set(tx, "crm.key", value, hosts=hosts, by="olga", now=NOW)


def test_a_secret_comes_back_for_its_host_alone(store: Store) -> None:
    kept = Secrets(store, Keyring((OLD,)))
    put(store, kept, CANARY, "crm.example.com")
    assert kept.get("crm.key", "crm.example.com") == CANARY
    for host in ("evil.example.com", None):
        with pytest.raises(SecretError) as refused:
            kept.get("crm.key", host)
        assert CANARY not in str(refused.value)


def test_nothing_that_is_stored_or_listed_holds_the_value(store: Store) -> None:
    kept = Secrets(store, Keyring((OLD,)))
    put(store, kept)
    with store.read() as tx:
        row = tx.all(select(table).where(table.c.tenant_id == tx.tenant))[0]
        shown = known(tx)
    assert CANARY.encode() not in row.sealed
    assert CANARY not in repr((row, shown, kept))
    assert [(one.name, one.version, one.changed_by) for one in shown] == [("crm.key", 1, "olga")]


def test_rotation_gives_the_new_value_at_once_and_forgets_the_old(store: Store) -> None:
    kept = Secrets(store, Keyring((OLD,)))
    put(store, kept, "the first value")
    assert put(store, kept, "the second value") == 2
    assert kept.get("crm.key") == "the second value"


def test_a_row_whose_hosts_were_widened_in_the_database_does_not_open(store: Store) -> None:
    kept = Secrets(store, Keyring((OLD,)))
    put(store, kept, CANARY, "crm.example.com")
    with store.write() as tx:
        tx.execute(update(table).where(table.c.tenant_id == tx.tenant).values(hosts=["evil.example.com"]))
    with pytest.raises(SecretError, match="was changed"):
        kept.get("crm.key", "evil.example.com")


def test_a_new_key_encrypts_everything_anew_and_the_old_one_may_go(store: Store) -> None:
    put(store, Secrets(store, Keyring((OLD,))))
    both = Secrets(store, Keyring((NEW, OLD)))
    with store.write() as tx:
        assert both.rekey(tx) == 1
        assert both.rekey(tx) == 0
    assert Secrets(store, Keyring((NEW,))).get("crm.key") == CANARY
    with pytest.raises(KeyringError, match="missing"):
        Secrets(store, Keyring((OLD,))).get("crm.key")


def test_another_tenant_has_no_such_secret(open_again: Callable[[], Store], postgres_url: str) -> None:
    from mainspring.store import open_store

    mine, other = open_store(postgres_url, "secrets-a"), open_store(postgres_url, "secrets-b")
    put(mine, Secrets(mine, Keyring((OLD,))))
    with pytest.raises(SecretError, match="no such"):
        Secrets(other, Keyring((OLD,))).get("crm.key")
    mine.close()
    other.close()


@pytest.mark.parametrize("value", ["short", "x" * 10_001, "two\nlines here", "\x00binary0"])
def test_what_cannot_be_a_secret_is_refused_without_being_repeated(store: Store, value: str) -> None:
    with pytest.raises(SecretError) as refused:
        put(store, Secrets(store, Keyring((OLD,))), value)
    assert value not in str(refused.value)


def test_a_missing_file_of_keys_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "secrets.key"
    made = keyring(file, {})
    assert file.stat().st_mode & 0o777 == 0o600
    assert keyring(file, {}) == made
    file.chmod(0o644)
    with pytest.raises(KeyringError, match="others may read"):
        keyring(file, {})


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    given_ = base64.b64encode(NEW).decode()
    assert keyring(tmp_path / "none", {"MAINSPRING_SECRETS_KEY": given_}).keys == (NEW,)
    assert not (tmp_path / "none").exists()
    with pytest.raises(KeyringError) as refused:
        keyring(tmp_path / "none", {"MAINSPRING_SECRETS_KEY": "not a key"})
    assert "not a key" not in str(refused.value)
    assert given_ not in repr(Keyring((NEW,)))


@given(st.text(min_size=6, max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_secret_is_taken_out_wherever_it_stands(secret: str, before: str, after: str) -> None:
    redaction = Redaction()
    redaction.learn("crm.key", secret)
    told = redaction.value({"a": [before + secret + after], secret: 1})
    if secret not in "[secret crm.key]":
        assert secret not in told["a"][0].replace("[secret crm.key]", "\0")
        assert secret not in told


def test_encoded_spellings_are_taken_out_too() -> None:
    redaction = Redaction()
    redaction.learn("crm.key", "pass/word+1")
    encoded = base64.b64encode(b"pass/word+1").decode()
    assert redaction.text(f"a pass%2Fword%2B1 b {encoded}") == "a [secret crm.key] b [secret crm.key]"
