"""`mainspring agents`: what digital employees learned: see it, accept or decline, forget."""

from typing import Annotated, Any

import typer

from mainspring.app import employee_learning
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.acting import person_of
from mainspring.cli.agents import Who
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table

app = typer.Typer(no_args_is_help=True)
Suggestion = Annotated[str, typer.Argument(help="Name of a suggested rule, as `learned` prints it.")]


@app.command()
def learned(who: Who, database: Database = DATABASE, *, json: Json = False) -> None:
    """Show what an employee learned from whom: rules and their use, suggestions, corrections.

    Example: mainspring agents learned order_clerk
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            found = employee_learning.learned(house, tx, who)
    finally:
        house.close()
    if json:
        say_json(found)
        return
    _print(found)


def _print(found: dict[str, Any]) -> None:
    _table("rule context field becomes accepted_by uses corrected_since", found["rules"])
    suggested = [
        {**one, "for": len(one["supporting"]), "against": len(one["contradicting"])}
        for one in found["proposals"]
    ]
    _table("name context field was becomes for against held_back_right held_back_wrong", suggested)
    for one in found["contradictions"]:
        said = "; ".join(f"{', '.join(each['people'])}: {each['became']}" for each in one["answers"])
        say(f"People disagree about {one['field']} beside {one['context']!r}: {said}")
    rows = [
        (one["correction"], one["at"], one["person"], change["field"], change["beside"], change["became"])
        for one in found["corrections"]["items"]
        for change in one["changes"]
    ]
    table(("correction", "at", "by", "field", "beside", "became"), rows)


def _table(names: str, rows: list[dict[str, Any]]) -> None:
    columns = names.split()
    heads = [name.replace("_", " ") for name in columns]
    table(heads, [tuple(one[name] for name in columns) for one in rows])


@app.command()
def accept(who: Who, name: Suggestion, person: As, database: Database = DATABASE) -> None:
    """Accept a suggested rule; refused where held-back cases contradict it.

    Example: mainspring agents accept order_clerk 3f0c62d1a9b4e857 --as owner
    """
    _decided(who, name, person, database, accepted=True)
    say(f"{who} follows the rule from the next case on.")


@app.command()
def decline(who: Who, name: Suggestion, person: As, database: Database = DATABASE) -> None:
    """Decline a suggested rule; it is not suggested again.

    Example: mainspring agents decline order_clerk 3f0c62d1a9b4e857 --as owner
    """
    _decided(who, name, person, database, accepted=False)
    say("The rule is declined.")


def _decided(who: str, name: str, person: str, database: str, *, accepted: bool) -> None:
    house = open_existing(database)
    try:
        employee_learning.decide(house, who, name, accepted=accepted, by=person_of(house, person))
    finally:
        house.close()


@app.command()
def forget(
    who: Who,
    person: As,
    rule: Annotated[int | None, typer.Option(help="Key of a rule in force.")] = None,
    correction: Annotated[int | None, typer.Option(help="Key of a correction.")] = None,
    database: Database = DATABASE,
) -> None:
    """Take a rule or a correction back: it stays on record and teaches nothing more.

    Example: mainspring agents forget order_clerk --correction 7316 --as owner
    """
    if (rule is None) == (correction is None):
        raise typer.BadParameter("give either --rule or --correction")
    house = open_existing(database)
    try:
        by = person_of(house, person)
        if rule is not None:
            employee_learning.forget_rule(house, who, rule, by=by)
        elif correction is not None:
            employee_learning.withdraw(house, who, correction, by=by)
    finally:
        house.close()
    say("Forgotten.")
