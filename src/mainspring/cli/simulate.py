"""`mainspring simulate`: what would be if people, rules, digital employees or the number of cases changed."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import Database, Json
from mainspring.cli.output import percent, progress, say, say_json, span, table

File = Annotated[Path | None, typer.Argument(help="A log; without one our own is simulated.")]
Names = list[str]
_HEADS = {"en": ("measure", "now", "then", "change"), "zh": ("指标", "现在", "改变后", "变化")}


def simulate(
    file: File = None,
    database: Database = DATABASE,
    *,
    process: Annotated[str, typer.Option(help="Our own process to simulate.")] = "lead_to_cash",
    add: Annotated[Names | None, typer.Option(help="GROUP=NUMBER more people, fewer below 0.")] = None,
    automate: Annotated[
        Names | None, typer.Option(help="ACTIVITY=COVERAGE[:ERROR] to a digital employee.")
    ] = None,
    quicker: Annotated[Names | None, typer.Option(help="ACTIVITY=TIMES as long.")] = None,
    unbatch: Annotated[Names | None, typer.Option(help="ACTIVITY that is gathered no longer.")] = None,
    more: Annotated[float, typer.Option(help="Times as many cases.")] = 1.0,
    rule: Annotated[
        list[Path] | None, typer.Option(help="A model or table in the place of the one of the same name.")
    ] = None,
    cases: Annotated[int, typer.Option(min=1, help="Cases of a replication.")] = 300,
    replications: Annotated[int, typer.Option(min=2, help="Replications.")] = 5,
    seed: Annotated[int, typer.Option(help="The same seed gives the same cases.")] = 1,
    zone: Annotated[str, typer.Option(help="Time zone of working hours, for a log.")] = "UTC",
    hourly: Annotated[float, typer.Option(help="Cost of an hour of work, for a log.")] = 0.0,
    chinese: Annotated[bool, typer.Option("--zh", help="Print in Chinese.")] = False,
    json: Json = False,
) -> None:
    """Simulate a process as it is, and with changes, with 95% intervals.

    Example: mainspring simulate orders.csv --add Check=1
    """
    from mainspring.insight.simulate.asked import Asked, number, pairs, shares  # numbers are loaded late

    asked = Asked(
        {name: int(number(text, "number")) for name, text in pairs(add or (), "number").items()},
        {name: shares(text) for name, text in pairs(automate or (), "coverage").items()},
        {name: number(text, "times") for name, text in pairs(quicker or (), "times").items()},
        tuple(unbatch or ()),
        more,
        {path.name: _read(path) for path in rule or ()},
    )
    sizes = {"cases": cases, "replications": replications, "seed": seed}
    with progress() as tell:
        told = {"told": lambda done, whole: tell(done, whole, "simulating")}
        if file is None:
            found = _own(database, process, asked, sizes | told)
        else:
            found = _of_log(file, zone, hourly, asked, sizes | told)
    if json:
        say_json(found)
    else:
        _show(found, "zh" if chinese else "en")


def _own(database: str, process: str, asked: Any, sizes: dict[str, Any]) -> dict[str, Any]:
    from mainspring.app.what_if import what_if

    house = open_existing(database)
    try:
        return what_if(house, process, asked, **sizes)
    finally:
        house.close()


def _of_log(file: Path, zone: str, hourly: float, asked: Any, sizes: dict[str, Any]) -> dict[str, Any]:
    from mainspring.insight import read_log
    from mainspring.insight.simulate import learn
    from mainspring.insight.simulate.asked import comparison_json, outcome_json
    from mainspring.simulation.changes import changed
    from mainspring.simulation.experiment import compare
    from mainspring.simulation.experiment import simulate as replicated

    now = learn(read_log(file, zone=zone), zone=zone, hourly=hourly)
    if asked.files:
        raise ArgumentError("a rule cannot be changed in the mined model of a log", where="--rule")
    changes = replace(asked, files=None).changes()
    if not changes:
        found = {"before": outcome_json(replicated(now, **sizes)), "after": None, "gain": None}
    else:
        found = comparison_json(compare(now, changed(now, changes), **sizes))
    return {"source": now.source} | found


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ArgumentError("there is no such file", where=str(path))
    return path.read_bytes()


def _show(found: dict[str, Any], language: str) -> None:
    from mainspring.insight.simulate.asked import MEASURE_NAMES

    chinese = language == "zh"
    before, after, gain = found["before"], found["after"], found["gain"]
    rows = []
    for name, titles in MEASURE_NAMES.items():
        cells = [_cell(name, part["measures"][name]) for part in (before, after) if part]
        rows.append((titles[chinese], *cells, *([_cell(name, _turned(gain[name]))] if gain else [])))
    table(_HEADS[language][: len(rows[0])], rows, found["source"])
    waits = [
        (
            name,
            span(one["mean"]),
            *([span(after["waiting_by"].get(name, {"mean": 0.0})["mean"])] if after else []),
        )
        for name, one in before["waiting_by"].items()
        if one["mean"] >= 1
    ]
    head = ("等待于", "现在", "改变后") if chinese else ("a case waits at", "now", "then")
    table(head[: 3 if after else 2], waits)
    busy = [(name, percent(one["mean"])) for name, one in before["utilisation"].items()]
    if busy:
        table(("人员", "在岗时间的利用率") if chinese else ("who", "share of time on duty"), busy)
    counts = (before["replications"], before["cases"], before["warm_up"])
    say(
        "{}次重复,每次{}个案例,前{}个为预热。".format(*counts)
        if chinese
        else "{} replications of {} cases, the first {} left out as warm-up".format(*counts)
    )
    if before["stuck"]:
        say(f"{'停滞' if chinese else 'stuck'}: {percent(before['stuck'])}: {before['why_stuck']}")


def _turned(one: dict[str, float]) -> dict[str, float]:
    """A gain (before minus after) as the change that people expect to read."""
    return {"mean": -one["mean"], "low": -one["high"], "high": -one["low"]}


def _cell(name: str, one: dict[str, float]) -> str:
    def told(value: float) -> str:
        if name.endswith("_s"):
            return f"-{span(-value)}" if value < 0 else span(value)
        return percent(value) if name == "straight_through" else f"{value:.2f}"

    return f"{told(one['mean'])} ({told(one['low'])} … {told(one['high'])})"
