"""`mainspring run`: a process on data, from files to figures."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from mainspring.app.house import address_of
from mainspring.app.opening import file_of
from mainspring.app.orders_run import People, run_orders
from mainspring.base import jsonio
from mainspring.cli.output import progress
from mainspring.cli.run_report import report

app = typer.Typer(help="Run a process on data.", no_args_is_help=True)


@app.callback()
def run() -> None:
    """Run a process on data.

    Example: mainspring run lead-to-cash --orders orders.csv.gz --history history.csv.gz
    """


@app.command("lead-to-cash")
def lead_to_cash(
    orders: Annotated[list[Path], typer.Option("--orders", help="Order files, one or more.")],
    history: Annotated[
        list[Path] | None,
        typer.Option("--history", help="Files of what was sold before; prices are learned from them."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many orders.")] = None,
    people: Annotated[
        People, typer.Option(help="Whether people's tasks stay open or are answered from the data.")
    ] = "none",
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Write all figures there.")
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", help="Keep the run there; else in a file that is removed.")
    ] = None,
) -> None:
    """Run lead to cash on order files and print what came of it.

    Example: mainspring run lead-to-cash --orders 2011-08.csv.gz --history 2011-07.csv.gz --limit 100
    """
    with tempfile.TemporaryDirectory(prefix="mainspring-") as folder, progress() as tell:
        file = file_of(database) if database else Path(folder) / "run.db"
        address = address_of(file) if file is not None else database or ""
        result = run_orders(
            orders, history or [], limit=limit, staff=people, database=address, progress=tell
        ).as_dict()
    report(result)
    if json is not None:
        json.write_bytes(jsonio.dumps(result) + b"\n")
