"""`mainspring measures`: the figures from the log and the recorded calls."""

from mainspring.app.measures import measured
from mainspring.app.opening import DATABASE, is_simulated, open_existing
from mainspring.cli.options import Database, Json
from mainspring.cli.output import say_json
from mainspring.cli.run_report import report


def measures(database: Database = DATABASE, *, json: Json = False) -> None:
    """Print AI penetration, AAR, straight-through rate, cost to serve and cycle time.

    Example: mainspring measures --json
    """
    house = open_existing(database)
    try:
        figures = measured(house) | {"simulated": is_simulated(database)}
    finally:
        house.close()
    if json:
        say_json(figures)
    else:
        report(figures)
