"""`mainspring demo`: the demo company, run once, then open for visits."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring.app import improving
from mainspring.app.demo import lead_scorer, run_demo
from mainspring.app.errors import SetUpError
from mainspring.app.house import address_of
from mainspring.app.measures import PROCESSES
from mainspring.app.opening import demo_note, open_existing
from mainspring.app.orders_run import Progress
from mainspring.base import jsonio
from mainspring.cli.options import HOST, PORT, Host, Port
from mainspring.cli.output import progress, say
from mainspring.cli.serving import serve_house
from mainspring.store.errors import StoreError

FILE = Path("data/demo.db")
CASES, REPLICATIONS = 20, 3
"""Of the simulations when improvements are looked for; `mainspring improve find` takes more."""


def demo(
    *,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the workbench afterwards.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw an earlier demo away first.")] = False,
    host: Host = HOST,
    port: Port = PORT,
) -> None:
    """Run the demo company once, print the outcome, then serve the workbench with a one-time sign-in link.

    Example: mainspring demo --no-serve
    """
    say(*outcome(FILE, fresh=fresh))
    if serve:
        serve_house(open_existing(address_of(FILE), lead_scorer()), host, port, simulated=True)


def outcome(file: Path, *, fresh: bool = False) -> list[str]:
    """What the demo came to; it is run when no earlier outcome stands beside its database."""
    noted = demo_note(file)
    if (
        fresh or not noted.is_file() or not _opens(file)
    ):  # it begins anew: all of it is made up, nothing is lost
        for old in (noted, *file.parent.glob(f"{file.name}*")):
            old.unlink(missing_ok=True)
    if noted.is_file() and file.is_file():
        told: list[str] = jsonio.loads(noted.read_bytes())["lines"]
        return told
    with progress() as tell:
        result = run_demo(address_of(file), progress=tell)
        lines = [*result.lines(), *_improvements(file, tell)]
    noted.write_bytes(jsonio.dumps({"figures": result.as_dict(), "lines": lines}))
    return lines


def _improvements(file: Path, tell: Progress) -> list[str]:
    """What could be better is looked for once, so that the owner's month shows what would bring most."""
    house = open_existing(address_of(file))
    try:
        found = improving.find(
            house,
            PROCESSES[0],
            cases=CASES,
            replications=REPLICATIONS,
            told=lambda done, whole: tell(done, whole, "looking for improvements"),
        )
    finally:
        house.close()
    return [f"{len(found)} improvements were simulated; see Insight, This month."]


def _opens(file: Path) -> bool:
    """Whether the database of an earlier demo is there and of today's tables."""
    try:
        open_existing(address_of(file)).close()
    except (SetUpError, StoreError):
        return False
    return True
