"""`mainspring services`: the outside systems behind the gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app import services
from mainspring.app.house import House
from mainspring.app.opening import DATABASE, open_existing
from mainspring.app.services import Registration
from mainspring.cli.given import object_of, read
from mainspring.cli.options import Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.gateway import services as register
from mainspring.gateway.services import Service
from mainspring.govern.principal import SYSTEM

app = typer.Typer(no_args_is_help=True)
_ON = "The day (UTC) from which it takes no calls; without it, now."
Name = Annotated[str, typer.Argument(help="Name of the service; its operations begin with it.")]


@app.callback()
def about() -> None:
    """Register, check and retire the outside systems that processes and digital employees may call.

    Example: mainspring services list
    """


@app.command()
def add(
    name: Name,
    kind: Annotated[str, typer.Option(help="openapi, http, mcp, sql, soap, mail or files.")],
    owner: Annotated[str, typer.Option(help="Id of the person who answers for it.")],
    url: Annotated[str, typer.Option(help="Its base address (of the endpoint, for mcp).")] = "",
    document: Annotated[str, typer.Option(help="File or address of its OpenAPI document or WSDL.")] = "",
    network: Annotated[list[str] | None, typer.Option(help="Network inside that it is in.")] = None,
    secret: Annotated[str, typer.Option(help="Name of the secret that is sent as bearer token.")] = "",
    config: Annotated[str, typer.Option(help="Everything else of its kind, as JSON or a file of it.")] = "{}",
    operations: Annotated[str, typer.Option(help="What you say of its operations, as JSON.")] = "{}",
    version: Annotated[str, typer.Option(help="Version that is registered.")] = "1",
    share: Annotated[int | None, typer.Option(min=0, max=100, help="Hundredths of the calls.")] = None,
    environment: Annotated[str, typer.Option(help="production, test or sandbox.")] = "production",
    database: Database = DATABASE,
) -> None:
    """Register a service or a new version of it; it is asked for its operations first.

    Example: mainspring services add crm --kind openapi --owner owner --document crm.yaml
    """
    given: dict[str, Any] = object_of(config, "--config")
    content = None
    if url:
        given["url" if kind == "mcp" else "base_url"] = url
    if network:
        given["networks"] = network
    if secret:
        given["credential"] = {"secret": secret}
    if document.startswith(("http://", "https://")):
        given["wsdl" if kind == "soap" else "document_url"] = document
    elif document:
        content = read(Path(document), "--document")
    registration = Registration(
        name,
        kind,
        given,
        owner,
        version,
        environment=environment,
        document=content,
        operations=object_of(operations, "--operations"),
        share=share,
    )
    with _opened(database) as house:
        made = services.add(house, registration, SYSTEM)
    newest = next(each for each in made.versions if each.version == version)
    say(f"{name} {version} takes {newest.share}% of the calls; it has {len(newest.operations)} operations.")
    table(("operation", "effect"), [(f"{name}.{one.name}", one.effect) for one in newest.operations])


@app.command("list")
def listed(database: Database = DATABASE, *, json: Json = False) -> None:
    """List the services with owner, versions and health.

    Example: mainspring services list
    """
    with _opened(database) as house, house.store.read() as tx:
        found = register.every(tx)
    if json:
        say_json([_shown(one) for one in found])
        return
    rows = [
        (
            one.name,
            one.kind,
            one.owner,
            one.environment,
            ", ".join(f"{each.version} {each.share}%" for each in one.versions),
            ", ".join(sorted({each.health for each in one.versions})),
            one.retired_at,
        )
        for one in found
    ]
    columns = ("name", "kind", "owner", "environment", "versions", "health", "retired")
    table(columns, rows) if rows else say("No service is registered.")


@app.command()
def show(name: Name, database: Database = DATABASE, *, json: Json = False) -> None:
    """Show a service: versions, operations with their schemas (--json), and who used it of late.

    Example: mainspring services show crm
    """
    with _opened(database) as house, house.store.read() as tx:
        found = register.one(tx, name)
        used = register.users(tx, name, since=found.created_at)
    if json:
        say_json(_shown(found, whole=True) | {"users": [one._asdict() for one in used]})
        return
    say(f"{found.name} ({found.kind}, {found.environment}), owner {found.owner}")
    for version in found.versions:
        said = f": {version.health_said}" if version.health_said else ""
        say("", f"Version {version.version}, {version.share}% of the calls, {version.health}{said}")
        rows = [(one.name, one.effect, one.title.get("en", ""), one.cost) for one in version.operations]
        table(("operation", "effect", "title", "cost"), rows)
    say("")
    table(
        ("used by", "process", "times", "last"),
        [(f"{one.actor_kind} {one.actor_id}", one.process_id, one.times, one.last) for one in used],
    )


@app.command()
def check(name: Name, database: Database = DATABASE) -> None:
    """Ask every version of a service whether it answers; exit code 1 when one does not.

    Example: mainspring services check crm
    """
    with _opened(database) as house:
        found = services.check(house, name)
    table(
        ("version", "health", "said"), [(one.version, one.health, one.health_said) for one in found.versions]
    )
    if any(one.health == "ill" for one in found.versions):
        raise typer.Exit(1)


@app.command()
def share(
    name: Name,
    version: Annotated[str, typer.Argument(help="Version.")],
    hundredths: Annotated[int, typer.Argument(min=0, max=100, help="Its part of the calls.")],
    database: Database = DATABASE,
) -> None:
    """Give a version its part of the calls: a canary a few, 100 to roll back or finish.

    Example: mainspring services share crm 2 10
    """
    with _opened(database) as house:
        found = services.share(house, name, version, hundredths, SYSTEM)
    say(", ".join(f"{each.version}: {each.share}%" for each in found.versions))


@app.command()
def retire(
    name: Name,
    because: Annotated[str, typer.Option(help="Why, and what to use instead; those who used it read it.")],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_ON)] = None,
    database: Database = DATABASE,
) -> None:
    """Take a service out of use, now or on a later day, and tell the owners of the processes that used it.

    Example: mainspring services retire crm --because "Use erp instead." --on 2027-01-31
    """
    day = None if on is None else on.replace(tzinfo=UTC)
    with _opened(database) as house:
        used = services.retire(house, name, because, SYSTEM, day)
    said = "is retired" if day is None else f"is retired on {day:%Y-%m-%d} and takes calls until then"
    say(f"{name} {said}; {len(used)} notices were written.")


@contextmanager
def _opened(database: str) -> Iterator[House]:
    house = open_existing(database)
    try:
        yield house
    finally:
        house.close()


def _shown(one: Service, *, whole: bool = False) -> dict[str, Any]:
    versions = [
        {
            "version": each.version,
            "share": each.share,
            "health": each.health,
            "health_said": each.health_said,
            "operations": [
                described.model_dump() if whole else described.name for described in each.operations
            ],
        }
        | ({"config": each.config} if whole else {})
        for each in one.versions
    ]
    return {
        "name": one.name,
        "kind": one.kind,
        "title": one.title,
        "owner": one.owner,
        "environment": one.environment,
        "retired_at": one.retired_at,
        "versions": versions,
    }
