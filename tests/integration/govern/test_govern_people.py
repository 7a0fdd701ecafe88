"""People, one-time sign-in links and sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mainspring.govern import identity, sign_in
from mainspring.govern.errors import SignInError, UnknownPersonError
from mainspring.govern.identity import Person
from mainspring.govern.principal import Principal
from mainspring.govern.tables import sessions, sign_in_links
from mainspring.store import Store, Tx

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WEI = Person("wei", "Wei (demo)", "wei@example.org", "zh", frozenset({"worker"}), frozenset({"sales"}))


def add(tx: Tx, person: Person = WEI) -> None:
    identity.add_person(tx, person, now=NOW)


def test_a_person_is_read_back_as_added(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        assert identity.person(tx, "wei") == WEI


def test_adding_again_replaces_roles_and_groups(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        add(tx, WEI._replace(roles=frozenset({"approver"}), groups=frozenset()))
        assert identity.principal(tx, "wei") == Principal("person", "wei", frozenset({"approver"}))


def test_nobody_and_closed_accounts_are_no_principals(store: Store) -> None:
    with store.write() as tx:
        with pytest.raises(UnknownPersonError):
            identity.principal(tx, "wei")
        add(tx, WEI._replace(active=False))
        with pytest.raises(UnknownPersonError, match="not active"):
            identity.principal(tx, "wei")


def test_holders_are_the_active_people_of_a_role_or_group(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        add(tx, Person("li", "Li (demo)", roles=frozenset({"approver"})))
        add(tx, Person("bo", "Bo (demo)", roles=frozenset({"approver"}), active=False))
        assert identity.holders(tx, ["approver"]) == {"li"}
        assert identity.holders(tx, ["sales", "approver"]) == {"li", "wei"}
        assert [person.id for person in identity.everybody(tx)] == ["bo", "li", "wei"]


def test_a_link_signs_in_once(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        token = sign_in.issue_link(tx, "wei", now=NOW)
        session = sign_in.redeem(tx, token, now=NOW)
        assert sign_in.principal_of(tx, session.token, now=NOW).id == "wei"
        with pytest.raises(SignInError):
            sign_in.redeem(tx, token, now=NOW)


def test_a_link_expires(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        token = sign_in.issue_link(tx, "wei", now=NOW)
        with pytest.raises(SignInError):
            sign_in.redeem(tx, token, now=NOW + sign_in.LINK_LIVES)


def test_a_link_is_only_for_someone_with_an_account(store: Store) -> None:
    with store.write() as tx, pytest.raises(UnknownPersonError):
        sign_in.issue_link(tx, "nobody", now=NOW)


def test_a_made_up_token_opens_nothing(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        sign_in.issue_link(tx, "wei", now=NOW)
        for token in ("", "guess", "' OR 1=1 --"):
            with pytest.raises(SignInError):
                sign_in.redeem(tx, token, now=NOW)
            with pytest.raises(SignInError):
                sign_in.principal_of(tx, token, now=NOW)


def test_no_token_is_kept_in_the_database(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        token = sign_in.issue_link(tx, "wei", now=NOW)
        session = sign_in.redeem(tx, token, now=NOW)
        kept = [*tx.all(select(sign_in_links)), *tx.all(select(sessions))]
    assert token not in repr(kept)
    assert session.token not in repr(kept)


def test_a_session_expires_and_can_be_ended(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        one, other = (sign_in.redeem(tx, sign_in.issue_link(tx, "wei", now=NOW), now=NOW) for _ in range(2))
        with pytest.raises(SignInError):
            sign_in.principal_of(tx, one.token, now=NOW + timedelta(hours=12))
        sign_in.sign_out(tx, one.token, now=NOW)
        with pytest.raises(SignInError):
            sign_in.principal_of(tx, one.token, now=NOW)
        assert sign_in.principal_of(tx, other.token, now=NOW).id == "wei"
        sign_in.sign_out_everywhere(tx, "wei", now=NOW)
        with pytest.raises(SignInError):
            sign_in.principal_of(tx, other.token, now=NOW)


def test_a_session_knows_a_change_of_roles_and_the_end_of_an_account_at_once(store: Store) -> None:
    with store.write() as tx:
        add(tx)
        session = sign_in.redeem(tx, sign_in.issue_link(tx, "wei", now=NOW), now=NOW)
        add(tx, WEI._replace(roles=frozenset()))
        assert sign_in.principal_of(tx, session.token, now=NOW).roles == frozenset()
        add(tx, WEI._replace(active=False))
        with pytest.raises(SignInError):
            sign_in.principal_of(tx, session.token, now=NOW)
