"""`mainspring evidence`: a case to take away, with proofs that anybody can check."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app.erasure import erase_customer
from mainspring.app.evidence import export as bundle
from mainspring.app.evidence import key_file
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.options import As, Database, Key
from mainspring.cli.output import say
from mainspring.govern import identity
from mainspring.govern.errors import ErasureError
from mainspring.govern.resources import COMPANY

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
    """Seal what was done so far, then write the case as a ZIP file with report, documents and proofs.

    Example: mainspring evidence export 248812077056000 --out case.zip
    """
    house = open_existing(database)
    try:
        data = bundle(house, instance, key_file(database))
    finally:
        house.close()
    out.write_bytes(data)
    say(f"{out}: {len(data):,} bytes. README.txt in it says how to check it.")


@app.command()
def erase(
    customer: Annotated[str, typer.Argument(help="The customer's number, which stays.")],
    person: As,
    reason: Annotated[str, typer.Option(help="Why; without personal data.")],
    database: Database = DATABASE,
) -> None:
    """Erase a customer's personal data from books, documents and finished cases; every proof stays valid.

    Example: mainspring evidence erase C-0001 --as governance --reason "asked for on paper"
    """
    house = open_existing(database)
    try:
        with house.store.read() as tx:
            by = identity.principal(tx, person)
        decision = house.policies.decide(by, "erase", COMPANY)
        if not decision.allowed:
            raise ErasureError(f"{person} may not erase: {decision.because}", mend="Ask the governance lead.")
        done = erase_customer(house, customer, key_file(database), by=by, reason=reason)
    finally:
        house.close()
    say(f"{len(done.cases)} cases, {done.records} records: what was personal of {customer} is gone.")
