"""`mainspring mail` and `mainspring folder`: how letters and files come in."""

import sys
from typing import Annotated

import typer

from mainspring.app import folder as folders
from mainspring.app.folder import Watcher
from mainspring.app.mail import account, listed
from mainspring.app.mail.account import Account
from mainspring.app.mail.room import Mailroom
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.acting import opened_for
from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table

app = typer.Typer(no_args_is_help=True)
folder = typer.Typer(no_args_is_help=True)


@app.callback()
def about() -> None:
    """Connect the firm's mailbox, fetch what is new, and list letters.

    Example: mainspring mail check
    """


@app.command()
def connect(
    address: Annotated[str, typer.Argument(help="Mail address of the mailbox.")],
    imap: Annotated[str, typer.Option(help="As imaps://imap.example.com; usual providers are known.")] = "",
    smtp: Annotated[str, typer.Option(help="As smtps://smtp.example.com, or smtp://...:587.")] = "",
    user: Annotated[str, typer.Option(help="Name to sign in with, where it is not the address.")] = "",
    mail_folder: Annotated[str, typer.Option("--folder", help="Folder that is read.")] = "INBOX",
    network: Annotated[list[str] | None, typer.Option(help="Network inside that the servers are in.")] = None,
    person: As = "owner",
    database: Database = DATABASE,
    *,
    no_tls: Annotated[bool, typer.Option("--no-tls", help="Without TLS, for servers inside.")] = False,
    old: Annotated[bool, typer.Option("--old", help="Take in letters that lie there already.")] = False,
) -> None:
    """Connect a mailbox; its password is asked for, or read from standard input, never an argument.

    Example: mainspring mail connect office@example.com
    """
    asked = sys.stdin.isatty()
    password = typer.prompt("Password", hide_input=True) if asked else sys.stdin.read().strip("\r\n")
    try:
        given = Account(
            address=address,
            password=password,
            user=user,
            imap=imap,
            smtp=smtp,
            folder=mail_folder,
            tls="off" if no_tls else "required",
            networks=tuple(network or ()),
            old=old,
        )
    except ValueError as error:
        raise ArgumentError(str(error).splitlines()[-2].strip(), where="mail connect") from None
    with opened_for(database, person) as (house, by):
        made = account.connect(house, given, by)
    say(f"{address} is connected: {made.versions[-1].health_said}.")


@app.command()
def check(database: Database = DATABASE, *, json: Json = False) -> None:
    """Sign in to the servers of the mailbox, and say how it stands.

    Example: mainspring mail check
    """
    house = open_existing(database)
    try:
        found = account.check(house)
    finally:
        house.close()
    if json:
        say_json(found._asdict() | {"settings": found.settings.model_dump()})
        return
    say(f"{found.sender or found.settings.service}: {found.health}, {found.said}.")
    if found.read_at is not None:
        say(f"Read last at {found.read_at:%Y-%m-%d %H:%M} UTC. {found.problem}".rstrip())


@app.command()
def fetch(database: Database = DATABASE, *, json: Json = False) -> None:
    """Take in what is new in the mailbox, now.

    Example: mainspring mail fetch
    """
    house = open_existing(database)
    try:
        found = Mailroom(house).now()
    finally:
        house.close()
    if json:
        say_json(found._asdict())
    else:
        say(
            f"{found.inquiries} inquiries, {found.replies} replies, {found.others} others, "
            f"{found.problems} problems."
        )


@app.command("list")
def letters(
    outcome: Annotated[str, typer.Option(help="inquiry, reply, automatic, known, problem.")] = "",
    database: Database = DATABASE,
    *,
    json: Json = False,
) -> None:
    """List the newest letters, in and out.

    Example: mainspring mail list --outcome problem
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = listed.newest(tx, outcome)
    finally:
        house.close()
    if json:
        say_json(found)
        return
    rows = [
        (
            f"{one['at']:%Y-%m-%d %H:%M}",
            one["direction"],
            one["sender"] or ", ".join(one["recipients"]),
            one["subject"][:50],
            one["outcome"],
            one["document"] or one["reason"],
        )
        for one in found
    ]
    table(("at", "way", "who", "subject", "outcome", "about"), rows)


@folder.callback()
def about_folder() -> None:
    """Watch a folder whose files are taken in.

    Example: mainspring folder watch
    """


@folder.command()
def watch(
    name: Annotated[str, typer.Argument(help="An opened folder, or inbox beside the database.")] = (
        folders.OWN
    ),
    person: As = "owner",
    database: Database = DATABASE,
) -> None:
    """Watch a folder from now on.

    Example: mainspring folder watch
    """
    with opened_for(database, person) as (house, by):
        place = folders.watch(house, name, by)
    say(f"{place} is watched while `serve` or `worker` runs.")


@folder.command()
def stop(person: As = "owner", database: Database = DATABASE) -> None:
    """Watch no folder any more.

    Example: mainspring folder stop
    """
    with opened_for(database, person) as (house, by):
        folders.watch(house, "", by)
    say("No folder is watched.")


@folder.command()
def take(database: Database = DATABASE) -> None:
    """Take in what lies in the watched folder, now; whoever calls this knows that the files are complete.

    Example: mainspring folder take
    """
    house = open_existing(database)
    try:
        watcher = Watcher(house)
        watcher.round()
        found = watcher.round()
    finally:
        house.close()
    table(("file", "outcome"), [(one.name, one.outcome) for one in found])


@folder.command("list")
def taken(database: Database = DATABASE, *, json: Json = False) -> None:
    """List what the folder gave, the newest first.

    Example: mainspring folder list
    """
    house = open_existing(database)
    try:
        found = listed.folder(house)
    finally:
        house.close()
    if json:
        say_json(found)
    else:
        say(found["place"] or "No folder is watched.")
        rows = [(f"{one['at']:%Y-%m-%d %H:%M}", one["name"], one["outcome"]) for one in found["items"]]
        table(("at", "file", "outcome"), rows)
