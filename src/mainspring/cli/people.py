"""`mainspring people` and `who`: who works here, how they sign in, who stands in, and who may do what."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Annotated

import typer

from mainspring.app import rights
from mainspring.app.house import House
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.govern import acts, clients, identity, oidc, proxies, sign_in
from mainspring.govern.clients import Client
from mainspring.govern.identity import Department, Person
from mainspring.govern.passwords import Passwords
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.store import Tx

app = typer.Typer(no_args_is_help=True)
Names = Annotated[list[str] | None, typer.Option(help="May be repeated.")]
Id = Annotated[str, typer.Argument(help="Id of the person.")]


@app.callback()
def people() -> None:
    """Look after people, departments, stand-ins, identity providers and programs with accounts.

    Example: mainspring people list
    """


@app.command("list")
def listed(database: Database = DATABASE, *, json: Json = False) -> None:
    """List everybody with roles, groups and department.

    Example: mainspring people list
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = identity.everybody(tx)
    finally:
        house.close()
    if json:
        say_json([one._asdict() for one in found])
        return
    rows = [
        (one.id, one.name, _together(one.roles), _together(one.groups), one.department, one.active)
        for one in found
    ]
    table(("id", "name", "roles", "groups", "department", "active"), rows)


@app.command("set")
def put(
    person: Id,
    name: Annotated[str, typer.Option(help="The name that others see.")],
    email: Annotated[str | None, typer.Option(help="Address for notices.")] = None,
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    role: Names = None,
    group: Names = None,
    department: Annotated[str | None, typer.Option(help="Id of the department.")] = None,
    database: Database = DATABASE,
    *,
    active: Annotated[bool, typer.Option("--active/--closed", help="Whether the account is open.")] = True,
) -> None:
    """Add a person, or bring one up to date; roles and groups replace those held.

    Example: mainspring people set ling --name "Ling (demo)" --role worker --group sales
    """
    made = Person(
        person, name, email, language, frozenset(role or ()), frozenset(group or ()), active, department
    )
    with _writing(database) as (house, tx):
        identity.add_person(tx, made, now=house.clock(), by=SYSTEM)
        if not active:
            sign_in.sign_out_everywhere(tx, person, now=house.clock())
    say(f"{person} is {'up to date' if active else 'closed'}.")


@app.command()
def department(
    key: Annotated[str, typer.Argument(help="Id of the department.")],
    name: Annotated[str, typer.Option(help="Its name.")],
    parent: Annotated[str | None, typer.Option(help="Id of the one above.")] = None,
    database: Database = DATABASE,
) -> None:
    """Add a department, rename or move it.

    Example: mainspring people department export --name "Export sales" --parent sales
    """
    with _writing(database) as (_, tx):
        identity.add_department(tx, Department(key, name, parent))
    say(f"Department {key} is there.")


@app.command()
def link(
    person: Id,
    address: Annotated[str, typer.Option(help="Address of the server.")] = "http://127.0.0.1:8080",
    database: Database = DATABASE,
) -> None:
    """Make a link that signs a person in, once, within half an hour; that it was made is on record.

    Example: mainspring people link sales-1
    """
    with _writing(database) as (house, tx):
        token = sign_in.issue_link(tx, person, now=house.clock())
        acts.note(tx, "link_issued", SYSTEM, person, now=house.clock())
    say(f"{address.rstrip('/')}/sign-in/{token}")


@app.command()
def password(person: Id, database: Database = DATABASE) -> None:
    """Set a person's password, asked for without showing it; ends their sessions.

    Example: mainspring people password sales-1
    """
    new = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    with _writing(database) as (house, tx):
        Passwords().put(tx, person, new, by=SYSTEM, now=house.clock())
    say(f"{person} has a new password.")


@app.command("stand-in")
def stand_in(
    person: As,
    by: Annotated[str, typer.Argument(help="Who stands in.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="For how many days from now.")] = 14,
    process: Names = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    database: Database = DATABASE,
) -> None:
    """Let another person do and confirm in one's place, for a time.

    Example: mainspring people stand-in sales-2 --as sales-1 --days 5 --reason leave
    """
    with _writing(database) as (house, tx):
        until = house.clock() + timedelta(days=days)
        proxies.grant(
            tx,
            person,
            by,
            until=until,
            processes=process or (),
            reason=reason,
            by=Principal("person", person),
            now=house.clock(),
            keys=house.keys,
        )
    say(f"{by} stands in for {person} until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC.")


@app.command()
def client(
    key: Annotated[str, typer.Argument(help="The client_id.")],
    owner: Annotated[str, typer.Option(help="The person who answers for it.")],
    name: Annotated[str, typer.Option(help="What it is.")],
    agent: Annotated[str | None, typer.Option(help="It is this digital employee, not a service.")] = None,
    role: Names = None,
    scope: Names = None,
    audience: Names = None,
    database: Database = DATABASE,
) -> None:
    """Open an account for a program and print its secret, which is shown this once.

    Example: mainspring people client web-shop --owner owner --name "Web shop" --role shop --scope see
    """
    made = Client(
        key,
        "agent" if agent else "service",
        agent or key,
        name,
        owner,
        frozenset(role or ()),
        frozenset(scope or ("*",)),
        tuple(audience or ("mainspring",)),
    )
    with _writing(database) as (house, tx):
        now = house.clock()
        clients.add(tx, made, by=SYSTEM, now=now)
        secret = clients.new_secret(tx, key, by=SYSTEM, now=now)
    say(f"client_id      {key}", f"client_secret  {secret}")


@app.command("revoke")
def revoke(key: Annotated[str, typer.Argument(help="The client_id.")], database: Database = DATABASE) -> None:
    """Make all secrets and tokens of a program worthless.

    Example: mainspring people revoke web-shop
    """
    with _writing(database) as (house, tx):
        count = clients.revoke(tx, key, by=SYSTEM, now=house.clock())
    say(f"{count} secrets and tokens of {key} are worthless now.")


@app.command()
def provider(
    key: Annotated[str, typer.Argument(help="Id of the identity provider.")],
    issuer: Annotated[str, typer.Option(help="Its address, as its tokens name it.")],
    client_id: Annotated[str, typer.Option(help="Our id there.")],
    label: Annotated[str, typer.Option(help="What people read.")] = "",
    secret: Annotated[str | None, typer.Option(help="NAME of the secret, see `mainspring secrets`.")] = None,
    database: Database = DATABASE,
    *,
    link_by_email: Annotated[bool, typer.Option(help="Trust it to say whose an address is.")] = False,
) -> None:
    """Let people sign in through an OpenID Connect provider.

    Example: mainspring people provider firm --issuer https://login.example.com --client-id mainspring
    """
    made = oidc.Provider(key, label or key, issuer, client_id, secret, link_by_email=link_by_email)
    with _writing(database) as (house, tx):
        oidc.put_provider(tx, made, by=SYSTEM, now=house.clock())
    say(f"People may sign in with {made.label}.")


def who(
    principal: Annotated[str | None, typer.Argument(help="Only this person, agent or program.")] = None,
    database: Database = DATABASE,
    *,
    json: Json = False,
) -> None:
    """Print who may do what, and which policy says so, on one page (Markdown).

    Example: mainspring who sales-1
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            if json:
                say_json(rights.shown(house, tx, principal))
            else:
                say(rights.markdown(house, tx, principal))
    finally:
        house.close()


def _together(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


@contextmanager
def _writing(database: str) -> Iterator[tuple[House, Tx]]:
    """A house and a transaction of it, for one command."""
    house = open_existing(database)
    try:
        with house.store.write() as tx:
            yield house, tx
    finally:
        house.close()
