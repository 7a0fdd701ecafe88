"""`mainspring tasks return`, `transfer` and the like: what people do with a task beyond answering it."""

from typing import Annotated, Any, Literal

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.given import object_of
from mainspring.cli.options import As, Database, Json, Key
from mainspring.cli.output import say, say_json, table
from mainspring.engine import approval_commands as ac
from mainspring.engine.events import Actor
from mainspring.runtime import approvals

app = typer.Typer(no_args_is_help=True)
NAMED = {"previous": ac.PREVIOUS, "initiator": ac.INITIATOR}
Reason = Annotated[str, typer.Option(help="Why; it stands in the history.")]
Other = Annotated[str, typer.Option("--to", metavar="PERSON", help="Id of the other person.")]
People = Annotated[list[str], typer.Option("--person", help="Id of a person; may be repeated.")]


def act(database: str, person: str, command: Any) -> None:
    """Send a command as that person; the policies are asked."""
    house = open_existing(database)
    try:
        events = house.runtime.execute(command, actor=Actor("person", person))
    finally:
        house.close()
    say(f"Done: {', '.join(dict.fromkeys(type(event).__name__ for event in events))}.")


@app.command()
def options(key: Key, person: As, database: Database = DATABASE, *, json: Json = False) -> None:
    """Say what a person may do with a task now, why not the rest, and where a return may lead.

    Example: mainspring tasks options 248812077056001 --as sales-1
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            told = approvals.options_of(house.runtime, tx, key, Actor("person", person))
    finally:
        house.close()
    if json:
        say_json(
            {
                "operations": [
                    {"operation": one.operation, "possible": one.possible, "reason": one.reason}
                    for one in told.operations
                ],
                "destinations": [one._asdict() for one in told.destinations],
            }
        )
        return
    rows = [(one.operation, "yes" if one.possible else "no", one.reason) for one in told.operations]
    table(("operation", "possible", "why not"), rows)
    if told.destinations:
        table(
            ("return to", "done by", "why not forward", "why not straight back"),
            [(one.element, one.person, one.forward, one.back) for one in told.destinations],
        )


@app.command("return")
def send_back(
    key: Key,
    person: As,
    database: Database = DATABASE,
    *,
    to: Annotated[str, typer.Option(help="previous, initiator, or the id of an earlier step.")] = "previous",
    back: Annotated[
        bool, typer.Option(help="Come straight back here, instead of going on as drawn.")
    ] = False,
    reason: Reason = "",
) -> None:
    """Send a case back to an earlier step.

    Example: mainspring tasks return 248812077056001 --as sales-1 --to initiator --reason "a page is missing"
    """
    mode = ac.BACK if back else ac.FORWARD
    act(database, person, ac.ReturnTask(key, NAMED.get(to, to), mode, reason))


@app.command("add-signers")
def add_signers(
    key: Key,
    person: As,
    people: People,
    database: Database = DATABASE,
    *,
    place: Annotated[Literal["before", "after", "beside"], typer.Option(help="When they sign.")] = "beside",
    reason: Reason = "",
) -> None:
    """Ask further people to sign a task.

    Example: mainspring tasks add-signers 248812077056001 --as sales-1 --person finance-1 --place before
    """
    act(database, person, ac.AddSigners(key, tuple(people), place, reason))


@app.command("remove-signers")
def remove_signers(
    key: Key, person: As, people: People, database: Database = DATABASE, *, reason: Reason = ""
) -> None:
    """Ask people no more to sign a task.

    Example: mainspring tasks remove-signers 248812077056001 --as sales-1 --person finance-1
    """
    act(database, person, ac.RemoveSigners(key, tuple(people), reason))


@app.command()
def transfer(key: Key, person: As, to: Other, database: Database = DATABASE, *, reason: Reason = "") -> None:
    """Give a task to another person for good.

    Example: mainspring tasks transfer 248812077056001 --as sales-1 --to sales-2
    """
    act(database, person, ac.TransferTask(key, to, reason))


@app.command()
def delegate(key: Key, person: As, to: Other, database: Database = DATABASE, *, reason: Reason = "") -> None:
    """Let another person prepare the answer to a task; it comes back.

    Example: mainspring tasks delegate 248812077056001 --as sales-1 --to sales-2
    """
    act(database, person, ac.DelegateTask(key, to, reason))


@app.command()
def remind(
    key: Key,
    person: As,
    database: Database = DATABASE,
    *,
    note: Annotated[str, typer.Option(help="A word to those whose task it is.")] = "",
) -> None:
    """Ask those whose task it is to act.

    Example: mainspring tasks remind 248812077056001 --as owner --note "today, please"
    """
    act(database, person, ac.RemindTask(key, note))


@app.command()
def draft(
    key: Key,
    person: As,
    values: Annotated[str, typer.Option("--values", metavar="JSON|FILE", help="What was entered so far.")],
    database: Database = DATABASE,
) -> None:
    """Keep what was entered so far, without answering.

    Example: mainspring tasks draft 248812077056001 --as sales-1 --values '{"amount": 3}'
    """
    act(database, person, ac.SaveDraft(key, object_of(values, "--values")))


@app.command("hand-over")
def hand_over(
    person: As,
    leaver: Annotated[str, typer.Option("--from", metavar="PERSON", help="Whose work it is.")],
    to: Other,
    database: Database = DATABASE,
    *,
    reason: Reason = "",
) -> None:
    """Give all open work of one who leaves to another, case by case.

    Example: mainspring tasks hand-over --as owner --from sales-1 --to sales-2 --reason "left the firm"
    """
    house = open_existing(database)
    try:
        actor = Actor("person", person)
        result = approvals.hand_over(house.runtime, leaver, to, actor=actor, reason=reason)
    finally:
        house.close()
    say(f"{len(result.done)} cases handed over.")
    if result.refused:
        table(("case", "refused because"), list(result.refused.items()))
