"""`mainspring doctor`: whether this installation can run, and how to mend it."""

from dataclasses import asdict

import typer

from mainspring.app.doctor import examine
from mainspring.app.opening import DATABASE
from mainspring.cli.options import HOST, PORT, Database, Host, Json, Port
from mainspring.cli.output import say, say_json

SIGNS = {"well": "ok  ", "note": "note", "ill": "ILL "}


def doctor(
    database: Database = DATABASE, host: Host = HOST, port: Port = PORT, *, json: Json = False
) -> None:
    """Examine the installation and say how to mend it; exit code 1 when something is ill.

    Example: mainspring doctor
    """
    findings = examine(database, host, port)
    if json:
        say_json([asdict(one) for one in findings])
    else:
        for one in findings:
            say(f"{SIGNS[one.state]}  {one.what}: {one.said}")
            if one.mend:
                say(f"      To mend it: {one.mend}")
    if any(one.state == "ill" for one in findings):
        raise typer.Exit(1)
