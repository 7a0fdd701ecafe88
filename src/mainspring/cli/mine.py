"""`mainspring mine`: what a log says about its process."""

from pathlib import Path
from typing import Annotated

import typer

from mainspring import bpmn
from mainspring.cli.errors import ArgumentError
from mainspring.cli.log_file import ReadLog, of_log
from mainspring.cli.options import Chinese, Json, Top
from mainspring.cli.output import percent, say, say_json, span, table

app = typer.Typer(no_args_is_help=True)


@app.callback()
def mine() -> None:
    """Find out from a log how the process runs.

    Example: mainspring mine map orders.csv
    """


@app.command(name="map")
@of_log
def map_(
    read: ReadLog,
    *,
    top: Top = 30,
    json: Json = False,
) -> None:
    """Print what follows what, how often, and how long it takes in between.

    Example: mainspring mine map orders.csv --top 20
    """
    log = read()
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
@of_log
def variants(
    read: ReadLog,
    *,
    top: Top = 10,
    json: Json = False,
) -> None:
    """Print the most frequent ways through the process.

    Example: mainspring mine variants orders.csv
    """
    log = read()
    found = log.variants()
    whole = sum(found.values())
    rows = [(count, percent(count / whole), " > ".join(trace)) for trace, count in list(found.items())[:top]]
    if json:
        say_json([{"cases": count, "activities": list(trace)} for trace, count in list(found.items())[:top]])
        return
    table(("cases", "share", "activities"), rows, f"{len(found):,} variants")


@app.command()
@of_log
def discover(
    read: ReadLog,
    out: Annotated[Path, typer.Option("--out", help="The BPMN file to write.")],
    *,
    noise: Annotated[float, typer.Option(min=0, max=1, help="Share of rare behaviour left out.")] = 0.2,
) -> None:
    """Draw the process that a log shows, as BPMN.

    Example: mainspring mine discover orders.csv --out orders.bpmn
    """
    if out.exists():
        raise ArgumentError(
            "the file exists already", where=str(out), mend="Name another, or remove it first."
        )
    log = read()
    model = log.discover(noise)
    out.write_bytes(bpmn.write(model))
    say(f"{out}: {len(model.elements('userTask'))} activities")


@app.command()
@of_log
def check(
    read: ReadLog,
    model: Annotated[Path, typer.Argument(help="The BPMN model.")],
    *,
    top: Top = 20,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say where cases leave a model, and which cases mostly.

    Example: mainspring mine check orders.csv order.bpmn
    """
    log = read()
    found = log.conformance(bpmn.load(model))
    texts = found.texts("zh" if chinese else "en")[:top]
    if json:
        say_json({"fitness": found.fitness, "fitting": found.fitting, "reasons": texts})
        return
    say(f"fitness {percent(found.fitness)}, {percent(found.fitting)} of cases without deviation", *texts)
