"""Passwords that lock after wrong guesses, departments, programs with accounts and their tokens."""

from datetime import UTC, datetime, timedelta

import argon2
import pytest
from sqlalchemy import select

from mainspring.govern import clients, identity, sign_in
from mainspring.govern.account_tables import access_tokens, client_secrets, passwords
from mainspring.govern.clients import Client
from mainspring.govern.errors import ClientError, GovernError, PasswordError, SignInError
from mainspring.govern.identity import Department, Person
from mainspring.govern.passwords import FREE_GUESSES, Passwords, lock
from mainspring.govern.principal import SYSTEM
from mainspring.store import Store, Tx

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
WORDS = "lantern gravel otter seven"
QUICK = Passwords(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SHOP = Client(
    "web-shop", "service", "web-shop", "Web shop (demo)", "wei", frozenset({"shop"}), frozenset({"see"})
)


def staff(tx: Tx) -> None:
    identity.add_person(tx, Person("wei", "Wei Demo", "wei@example.org"), now=NOW)


def test_the_right_password_opens_a_session_and_no_other_does(store: Store) -> None:
    with store.write() as tx:
        staff(tx)
        QUICK.put(tx, "wei", WORDS, by=SYSTEM, now=NOW)
        assert QUICK.sign_in(tx, "wei", WORDS + "x", now=NOW) is None
        session = QUICK.sign_in(tx, "wei", WORDS, now=NOW)
        assert session is not None
        assert sign_in.principal_of(tx, session.token, now=NOW).id == "wei"
        assert WORDS not in repr(tx.all(select(passwords)))


def test_nobody_signs_in_as_someone_unknown_without_password_or_closed(store: Store) -> None:
    with store.write() as tx:
        staff(tx)
        assert QUICK.sign_in(tx, "wei", WORDS, now=NOW) is None
        assert QUICK.sign_in(tx, "nobody", WORDS, now=NOW) is None
        QUICK.put(tx, "wei", WORDS, by=SYSTEM, now=NOW)
        identity.add_person(tx, Person("wei", "Wei Demo", active=False), now=NOW)
        assert QUICK.sign_in(tx, "wei", WORDS, now=NOW) is None


def test_wrong_guesses_lock_the_account_even_for_the_right_password(store: Store) -> None:
    with store.write() as tx:
        staff(tx)
        QUICK.put(tx, "wei", WORDS, by=SYSTEM, now=NOW)
        for _ in range(FREE_GUESSES):
            assert not QUICK.check(tx, "wei", "wrong", now=NOW)
        assert not QUICK.check(tx, "wei", WORDS, now=NOW)
        assert QUICK.check(tx, "wei", WORDS, now=NOW + lock(FREE_GUESSES))
        assert not QUICK.check(tx, "wei", "wrong", now=NOW + lock(FREE_GUESSES))
        assert QUICK.check(tx, "wei", WORDS, now=NOW + lock(FREE_GUESSES)), "the count began anew"


def test_the_lock_grows_to_an_hour_and_no_further() -> None:
    assert [lock(FREE_GUESSES + more).total_seconds() / 60 for more in (0, 1, 2, 6, 1000)] == [
        1,
        2,
        4,
        60,
        60,
    ]


def test_a_new_password_ends_all_sessions(store: Store) -> None:
    with store.write() as tx:
        staff(tx)
        session = sign_in.open_session(tx, "wei", now=NOW)
        QUICK.put(tx, "wei", WORDS, by=SYSTEM, now=NOW)
        with pytest.raises(SignInError):
            sign_in.principal_of(tx, session.token, now=NOW)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * 300,
        "aaaaaaaaaaaa",
        "abcdefghijklmnop",
        "9876543210987",
        "Password12345!",
        "passwordpassword",
        "mydogisWeiDemo1",
        "hello-example-hello",
    ],
)
def test_a_password_that_is_guessed_first_is_refused(store: Store, password: str) -> None:
    with store.write() as tx:
        staff(tx)
        with pytest.raises(PasswordError):
            QUICK.put(tx, "wei", password, by=SYSTEM, now=NOW)


def test_a_person_belongs_to_their_department_and_those_above_it(store: Store) -> None:
    with store.write() as tx:
        identity.add_department(tx, Department("sales", "Sales"))
        identity.add_department(tx, Department("export", "Export", "sales"))
        identity.add_person(
            tx, Person("wei", "Wei", groups=frozenset({"choir"}), department="export"), now=NOW
        )
        assert identity.principal(tx, "wei").groups == {"choir", "export", "sales"}
        assert identity.person(tx, "wei").department == "export"


def test_a_department_has_no_unknown_parent_and_never_itself_above(store: Store) -> None:
    with store.write() as tx:
        with pytest.raises(GovernError, match="no department"):
            identity.add_department(tx, Department("export", "Export", "sales"))
        identity.add_department(tx, Department("sales", "Sales"))
        identity.add_department(tx, Department("export", "Export", "sales"))
        with pytest.raises(GovernError, match="below itself"):
            identity.add_department(tx, Department("sales", "Sales", "export"))
        with pytest.raises(GovernError, match="no department"):
            identity.add_person(tx, Person("wei", "Wei", department="nowhere"), now=NOW)


def shop(tx: Tx) -> str:
    staff(tx)
    clients.add(tx, SHOP, by=SYSTEM, now=NOW)
    return clients.new_secret(tx, "web-shop", by=SYSTEM, now=NOW)


def code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return error.value.code


def test_a_client_exchanges_its_secret_for_a_token_that_stands_for_it(store: Store) -> None:
    with store.write() as tx:
        secret = shop(tx)
        token = clients.issue(tx, "web-shop", secret, now=NOW)
        grant = clients.verify(tx, token.token, audience="mainspring", now=NOW)
        kept = repr([*tx.all(select(client_secrets)), *tx.all(select(access_tokens))])
    assert (grant.principal.kind, grant.principal.id, grant.principal.roles) == (
        "service",
        "web-shop",
        frozenset({"shop"}),
    )
    assert grant.covers("see")
    assert not grant.covers("start")
    assert secret not in kept
    assert token.token not in kept


def test_a_token_ends_and_is_worth_nothing_elsewhere(store: Store) -> None:
    with store.write() as tx:
        token = clients.issue(tx, "web-shop", shop(tx), now=NOW).token
        with pytest.raises(ClientError):
            clients.verify(tx, token, audience="another-service", now=NOW)
        with pytest.raises(ClientError):
            clients.verify(tx, token, audience="mainspring", now=NOW + clients.TOKEN_LIVES)


def test_a_client_gets_no_scope_and_no_audience_that_it_was_not_given(store: Store) -> None:
    with store.write() as tx:
        secret = shop(tx)
        with pytest.raises(ClientError) as scope:
            clients.issue(tx, "web-shop", secret, scopes=["see", "start"], now=NOW)
        with pytest.raises(ClientError) as target:
            clients.issue(tx, "web-shop", secret, audience="bank", now=NOW)
        with pytest.raises(ClientError) as other:
            clients.issue(tx, "someone-else", secret, now=NOW)
    assert (code(scope), code(target), code(other)) == ("invalid_scope", "invalid_target", "invalid_client")


def test_revoking_and_closing_make_keys_and_tokens_worthless_at_once(store: Store) -> None:
    with store.write() as tx:
        secret = shop(tx)
        token = clients.issue(tx, "web-shop", secret, now=NOW).token
        assert clients.verify(tx, secret, audience=None, now=NOW).client == "web-shop"
        clients.add(tx, SHOP._replace(closed=True), by=SYSTEM, now=NOW)
        with pytest.raises(ClientError):
            clients.verify(tx, token, audience=None, now=NOW)
        clients.add(tx, SHOP, by=SYSTEM, now=NOW)
        assert clients.revoke(tx, "web-shop", by=SYSTEM, now=NOW) == 2
        for shown in (secret, token):
            with pytest.raises(ClientError):
                clients.verify(tx, shown, audience=None, now=NOW)


def test_a_client_says_that_it_acts_for_somebody_only_where_it_may(store: Store) -> None:
    with store.write() as tx:
        secret = shop(tx)
        with pytest.raises(ClientError):
            clients.verify(tx, secret, audience=None, now=NOW, on_behalf_of="wei")
        clients.add(tx, SHOP._replace(acts_for=frozenset({"wei"})), by=SYSTEM, now=NOW)
        grant = clients.verify(tx, secret, audience=None, now=NOW, on_behalf_of="wei")
    assert (grant.principal.on_behalf_of, grant.principal.roles) == ("wei", frozenset({"shop"}))


def test_a_program_is_never_taken_for_a_person(store: Store) -> None:
    with store.write() as tx:
        staff(tx)
        with pytest.raises(ClientError, match="is a person"):
            clients.add(tx, SHOP._replace(principal="wei"), by=SYSTEM, now=NOW)


def test_a_secret_ends_after_its_time(store: Store) -> None:
    with store.write() as tx:
        secret = shop(tx)
        with pytest.raises(ClientError):
            clients.issue(tx, "web-shop", secret, now=NOW + clients.SECRET_LIVES + timedelta(seconds=1))
