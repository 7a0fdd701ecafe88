"""`mainspring evidence`: a case to take away, with proofs that anybody can check."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app.evidence import export as bundle
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.options import Database, Key, key_file
from mainspring.cli.output import say

app = typer.Typer(no_args_is_help=True)


@app.callback()
def evidence() -> None:
    """Hand over what was done in a case, with proofs.

    Example: mainspring evidence export 248812077056000 --out case.zip
    """


@app.command()
def export(
    instance: Key,
    out: Annotated[Path, typer.Option("--out", help="The ZIP file to write.")],
    database: Database = DATABASE,
) -> None:
    """Seal what was done so far, then write the case as a ZIP file with proofs and a verifier.

    Example: mainspring evidence export 248812077056000 --out case.zip
    """
    house = open_existing(database)
    try:
        data = bundle(house, instance, key_file(database))
    finally:
        house.close()
    out.write_bytes(data)
    say(f"{out}: {len(data):,} bytes. README.txt in it says how to check it.")
