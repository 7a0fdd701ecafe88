"""Options that several commands have."""

from typing import Annotated

import typer

from mainspring.app.opening import DATABASE

Database = Annotated[
    str,
    typer.Option(
        "--database", envvar="MAINSPRING_DATABASE", help="Address of the database.", show_default=DATABASE
    ),
]
As = Annotated[str, typer.Option("--as", metavar="PERSON", help="Id of the person who acts.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Chinese = Annotated[bool, typer.Option("--zh", help="Print in Chinese.")]
Top = Annotated[int, typer.Option(min=1, help="How many rows at most.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Key = Annotated[int, typer.Argument(min=1, help="Key of it, as lists show it.")]
Kept = Annotated[
    int,
    typer.Option(
        "--keep-answers",
        min=1,
        envvar="MAINSPRING_KEEP_ANSWERS",
        help="Days that answers under idempotency keys and journals of finished jobs are kept.",
    ),
]
KEPT = 90
HOST, PORT = "127.0.0.1", 8080
