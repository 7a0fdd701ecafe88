"""`mainspring mine`: what a log says about its process."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring import bpmn
from mainspring.cli.errors import ArgumentError
from mainspring.cli.log import Activity, Case, File, Time, Zone
from mainspring.cli.options import Json
from mainspring.cli.output import percent, say, say_json, span, table
from mainspring.insight import read_log

app = typer.Typer(no_args_is_help=True)
Top = Annotated[int, typer.Option(min=1, help="How many rows at most.")]
Chinese = Annotated[bool, typer.Option("--zh", help="Reasons in Chinese.")]


@app.callback()
def mine() -> None:
    """Find out from a log how the process runs.

    Example: mainspring mine map orders.csv
    """


@app.command(name="map")
def map_(
    file: File,
    *,
    top: Top = 30,
    case: Case = None,
    activity: Activity = None,
    time: Time = None,
    zone: Zone = "UTC",
    json: Json = False,
) -> None:
    """Print what follows what, how often, and how long it takes in between.

    Example: mainspring mine map orders.csv --top 20
    """
    log = read_log(file, case=case, activity=activity, time=time, zone=zone)
    times = log.performance()
    rows = [
        (*pair, count, times[pair]["median"], times[pair]["p95"])
        for pair, count in sorted(log.dfg().items(), key=lambda one: -one[1])[:top]
    ]
    if json:
        names = ("from", "to", "count", "median_s", "p95_s")
        say_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    shown = [(*row[:3], span(row[3]), span(row[4])) for row in rows]
    table(("from", "to", "count", "median", "95% within"), shown)


@app.command()
def variants(
    file: File,
    *,
    top: Top = 10,
    case: Case = None,
    activity: Activity = None,
    time: Time = None,
    zone: Zone = "UTC",
    json: Json = False,
) -> None:
    """Print the most frequent ways through the process.

    Example: mainspring mine variants orders.csv
    """
    log = read_log(file, case=case, activity=activity, time=time, zone=zone)
    found = log.variants()
    whole = sum(found.values())
    rows = [(count, percent(count / whole), " > ".join(trace)) for trace, count in list(found.items())[:top]]
    if json:
        say_json([{"cases": count, "activities": list(trace)} for trace, count in list(found.items())[:top]])
        return
    table(("cases", "share", "activities"), rows, f"{len(found):,} variants")


@app.command()
def discover(
    file: File,
    out: Annotated[Path, typer.Option("--out", help="The BPMN file to write.")],
    *,
    noise: Annotated[float, typer.Option(min=0, max=1, help="Share of rare behaviour left out.")] = 0.2,
    case: Case = None,
    activity: Activity = None,
    time: Time = None,
    zone: Zone = "UTC",
) -> None:
    """Draw the process that a log shows, as BPMN.

    Example: mainspring mine discover orders.csv --out orders.bpmn
    """
    if out.exists():
        raise ArgumentError(
            "the file exists already", where=str(out), mend="Name another, or remove it first."
        )
    log = read_log(file, case=case, activity=activity, time=time, zone=zone)
    model = log.discover(noise)
    out.write_bytes(bpmn.write(model))
    say(f"{out}: {len(model.elements('userTask'))} activities")


@app.command()
def check(
    file: File,
    model: Annotated[Path, typer.Argument(help="The BPMN model.")],
    *,
    top: Top = 20,
    case: Case = None,
    activity: Activity = None,
    time: Time = None,
    zone: Zone = "UTC",
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say where cases leave a model, and which cases mostly.

    Example: mainspring mine check orders.csv order.bpmn
    """
    log = read_log(file, case=case, activity=activity, time=time, zone=zone)
    found = log.conformance(bpmn.load(model))
    texts = found.texts("zh" if chinese else "en")[:top]
    if json:
        say_json({"fitness": found.fitness, "fitting": found.fitting, "reasons": texts})
        return
    say(f"fitness {percent(found.fitness)}, {percent(found.fitting)} of cases without deviation", *texts)
