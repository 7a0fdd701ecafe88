"""`mainspring agents`: digital employees from the command line: see, try, release, take back, stop."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.agents import definition
from mainspring.agents.comparison import Comparison
from mainspring.agents.definition import AgentDefinition
from mainspring.agents.definition_text import written
from mainspring.app import (
    employee_comparison,
    employee_definition,
    employee_months,
    employee_release,
    employee_work,
    employees,
)
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.acting import person_of
from mainspring.cli.given import read
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table

app = typer.Typer(no_args_is_help=True)
Who = Annotated[str, typer.Argument(metavar="EMPLOYEE", help="Id of the digital employee.")]
File = Annotated[Path, typer.Argument(help="YAML file with the definition.")]
Why = Annotated[str, typer.Option("--reason", help="Why, for the record.")]


class Stage(StrEnum):
    """How far a version is released."""

    shadow = "shadow"
    share = "share"
    full = "full"


@app.callback()
def agents() -> None:
    """See, try, release, take back and stop digital employees.

    Example: mainspring agents list
    """


@app.command("list")
def listed(database: Database = DATABASE, *, json: Json = False) -> None:
    """List the digital employees with what they did in the last 30 days.

    Example: mainspring agents list
    """
    house = open_existing(database)
    try:
        found = employees.listed(house)
    finally:
        house.close()
    if json:
        say_json(found)
        return
    columns = (
        "employee",
        "title",
        "version",
        "state",
        "done",
        "asked people",
        "corrected",
        "tokens",
        "score",
    )
    table(columns, [_row(one) for one in found])


def _row(one: dict[str, Any]) -> tuple[Any, ...]:
    work = one["work"]
    title = " · ".join(one["title"].values())
    figures = (work["done"], work["reviewed"], work["corrected"], work["tokens"], work["score"])
    return (one["id"], title, one["version"], _state(one), *figures)


def _state(one: dict[str, Any]) -> str:
    if one["stopped"]:
        return "stopped"
    if one["candidate"] is None:
        return "works"
    part = f" {one['share']:.0%}" if one["stage"] == "share" else ""
    return f"works, version {one['candidate']} in {one['stage']}{part}"


@app.command()
def show(who: Who, database: Database = DATABASE, *, json: Json = False) -> None:
    """Show what an employee may do, where its promises stand, what it learned from whom, and its releases.

    Example: mainspring agents show order_clerk
    """
    house = open_existing(database)
    try:
        one = employees.shown(house, who)
    finally:
        house.close()
    if json:
        say_json(one)
        return
    say(f"{who} ({' · '.join(one['title'].values())}), version {one['version']}: {_state(one)}")
    now = one["now"]
    say(f"{now['queued']} jobs wait for it, {now['asking']} of its tasks wait for people.")
    duties = [(duty["activity"], duty["skill"], duty["alone_from"], duty["target"]) for duty in one["duties"]]
    table(("activity", "skill", "alone from", "risk target"), duties)
    for promise in one["promises"]:
        says = promise["says"]
        say(f"{promise['activity']}, {promise['output']}: {says['en']}\n{says['zh']}")
    for person, number in one["learned_from"].items():
        say(f"{person} corrected it {number} times.")
    steps = [
        tuple(step[name] for name in ("at", "version", "stage", "share", "person", "reason"))
        for step in one["history"]
    ]
    if steps:
        table(("at", "version", "stage", "share", "by", "reason"), steps)


@app.command()
def score(who: Who, database: Database = DATABASE, *, json: Json = False) -> None:
    """Score the last 30 days: audits, held-back cases at the release, drafts left as they were, work alone.

    Then each of the last six months: score, work, the people who worked with it, what it brought and cost.

    Example: mainspring agents score order_clerk
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            live = house.roster.post(tx, who).live
            until = employee_work.present(tx, who, house.clock())
            work = employee_work.work(tx, live, until - employee_work.MONTH)
            months = employee_months.months(tx, live, until, house.pack.costs)
            users = employee_months.active(tx, who, until)
    finally:
        house.close()
    if json:
        say_json({**work.as_dict(), "months": months, "users": users})
        return
    figures = {name: value for name, value in work.as_dict().items() if name != "parts"}
    table(("figure", "value"), list(figures.items()))
    parts = [(name, employee_work.WEIGHTS[name], part) for name, part in work.parts.items()]
    table(("part of the score", "weight", "share"), parts)
    say(f"{users['week']} people answered its drafts in 7 days, {users['month']} in 30.")
    if months:
        table(tuple(months[0]), [tuple(month.values()) for month in months])


@app.command()
def new(
    who: Who,
    file: Annotated[Path, typer.Option("--file", help="Where to write it.")],
    database: Database = DATABASE,
) -> None:
    """Write the next version of an employee's definition to a file, to be changed there.

    Example: mainspring agents new order_clerk --file order_clerk.yaml
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            made = employee_definition.next_version(house, tx, who)
    finally:
        house.close()
    file.write_text(written(made), encoding="utf-8")
    say(
        f"{file} holds version {made.version} of {who}. Change it, then try it with `mainspring agents test`."
    )


def _given(file: Path) -> AgentDefinition:
    return definition.read(read(file, "the definition").decode("utf-8"), str(file))


@app.command("test")
def check(file: File, database: Database = DATABASE) -> None:
    """Hold a definition against this house: its fields, activities, skills and forms. Nothing is released.

    Example: mainspring agents test order_clerk.yaml
    """
    given = _given(file)
    house = open_existing(database)
    try:
        employee_definition.check(house, given)
    finally:
        house.close()
    say(f"{file} is a sound version {given.version} of {given.id}.")


@app.command()
def release(
    person: As,
    file: Annotated[Path | None, typer.Argument(help="YAML file with the definition.")] = None,
    who: Annotated[str | None, typer.Option("--employee", help="Whose candidate goes on.")] = None,
    stage: Annotated[Stage, typer.Option(help="Drafts only, a share of the cases, or all.")] = Stage.shadow,
    share: Annotated[float, typer.Option(min=0, max=1, help="Of the cases, for the stage share.")] = 0.1,
    reason: Why = "",
    database: Database = DATABASE,
) -> None:
    """Release a version of an employee: in shadow, then on a share of the cases, then in full.

    Example: mainspring agents release order_clerk.yaml --as owner --stage shadow
    """
    given = None if file is None else _given(file)
    agent = given.id if given is not None else who
    if agent is None:
        raise typer.BadParameter("give the file of a definition, or --employee for the candidate there is")
    house = open_existing(database)
    try:
        compared = employee_release.release(
            house, given, stage.value, agent=agent, by=person_of(house, person), share=share, reason=reason
        )
    finally:
        house.close()
    if compared is not None:
        _say_compared(compared)
    say(f"{f'Version {given.version}' if given else 'The candidate'} of {agent} works: {stage.value}.")


def _say_compared(one: Comparison) -> None:
    say(
        f"On {one.cases} held-back cases it drafts {one.candidate_right} of {one.values} values right, "
        f"the live version {one.live_right}; errors that would pass unseen: {one.candidate_unseen} against "
        f"{one.live_unseen}."
    )
    if one.asked:
        say(f"For that models were asked {one.asked} times: {one.tokens} tokens, cost {one.cost}.")


@app.command()
def evaluate(file: File, database: Database = DATABASE, *, json: Json = False) -> None:
    """Compare a version with the live one on cases that people judged; nothing is released.

    Example: mainspring agents evaluate order_clerk.yaml
    """
    given = _given(file)
    house = open_existing(database)
    try:
        compared = employee_comparison.evaluate(house, given)
    finally:
        house.close()
    if json:
        say_json(compared.as_dict())
        return
    _say_compared(compared)


@app.command()
def rollback(who: Who, person: As, reason: Why = "", database: Database = DATABASE) -> None:
    """Take back the newest released version; the one before does the work at once.

    Example: mainspring agents rollback order_clerk --as owner
    """
    house = open_existing(database)
    try:
        live = employee_release.rollback(house, who, by=person_of(house, person), reason=reason)
    finally:
        house.close()
    say(f"Version {live.version} of {who} does the work.")


@app.command()
def stop(who: Who, person: As, reason: Why = "", database: Database = DATABASE) -> None:
    """Stop an employee at once: drafts go to people, what asks nobody waits; nothing is lost.

    Example: mainspring agents stop order_clerk --as owner --reason "odd quotes"
    """
    house = open_existing(database)
    try:
        employee_release.stop(house, who, by=person_of(house, person), reason=reason)
    finally:
        house.close()
    say(f"{who} is stopped.")


@app.command()
def resume(who: Who, person: As, reason: Why = "", database: Database = DATABASE) -> None:
    """Let a stopped employee work again.

    Example: mainspring agents resume order_clerk --as owner
    """
    house = open_existing(database)
    try:
        employee_release.resume(house, who, by=person_of(house, person), reason=reason)
    finally:
        house.close()
    say(f"{who} works again.")
