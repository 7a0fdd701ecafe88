"""`mainspring improve`: what could be better, what it would bring, and what it brought."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from mainspring.app import improving
from mainspring.app.opening import DATABASE, open_existing
from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import As, Chinese, Database, Json, Key
from mainspring.cli.output import progress, say, say_json, span, table

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True)
Process = Annotated[str, typer.Option(help="Which process.")]


@app.callback()
def improve() -> None:
    """Improve a process: proposals with a simulated gain, measured again after their release.

    Example: mainspring improve find
    """


@app.command()
def find(
    database: Database = DATABASE,
    *,
    process: Process = "lead_to_cash",
    cases: Annotated[int, typer.Option(min=20, help="Cases of a replication.")] = 150,
    replications: Annotated[int, typer.Option(min=2, help="Replications of each change.")] = 3,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Look for improvements and simulate what each would bring.

    Example: mainspring improve find
    """
    found = _simulated(improving.find, database, process, cases, replications)
    _list(found, chinese=chinese, json=json)


@app.command()
def together(
    database: Database = DATABASE,
    *,
    process: Process = "lead_to_cash",
    cases: Annotated[int, typer.Option(min=20, help="Cases of a replication.")] = 150,
    replications: Annotated[int, typer.Option(min=2, help="Replications of each set.")] = 2,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say which improvements to do together, beside sets drawn at random; keeps nothing.

    Example: mainspring improve together
    """
    found = _simulated(improving.together, database, process, cases, replications)
    if json:
        say_json(found)
        return
    language = "zh" if chinese else "en"
    ways = ("逐一挑选", "随机抽取") if chinese else ("one after the other", "drawn at random")
    rows = [
        (way, "\n".join(title[language] for title in one["titles"]) or "-", f"{one['worth']:.2f}")
        for way, one in zip(ways, (found["chosen"], found["drawn"]), strict=True)
    ]
    told = f"各试 {found['tried']} 组" if chinese else f"{found['tried']} sets tried each"
    heads = ("way", "what to do together", "worth a case")
    table(("方式", "一起做的改进", "每案价值") if chinese else heads, rows, told)


@app.command(name="list")
def list_(database: Database = DATABASE, *, chinese: Chinese = False, json: Json = False) -> None:
    """List the proposals, the most worth first.

    Example: mainspring improve list --zh
    """
    house = open_existing(database)
    try:
        found = improving.listed(house)
    finally:
        house.close()
    _list(found, chinese=chinese, json=json)


@app.command(name="open")
def open_(
    key: Key,
    database: Database = DATABASE,
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Folder that gets the draft files.")] = None,
) -> None:
    """Open a proposal as a draft of the changed table or model.

    Example: mainspring improve open 135019678924845056 --out draft
    """
    house = open_existing(database)
    try:
        found = improving.opened(house, key)
    finally:
        house.close()
    say(found["title"]["en"])
    if not found["draft"]:
        say("Nothing drawn changes: this is for people to arrange.")
    for name, text in found["draft"].items() if out is not None else ():
        path = (out or Path()) / Path(name).name
        if path.exists():
            raise ArgumentError("the file exists already", where=str(path), mend="Name another folder.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        say(str(path))


@app.command()
def release(key: Key, who: As, database: Database = DATABASE) -> None:
    """Deploy the draft of an opened proposal; its real gain is measured from then on.

    Example: mainspring improve release 135019678924845056 --as owner
    """
    from mainspring.engine.events import Actor

    house = open_existing(database)
    try:
        say(improving.released(house, key, Actor("person", who))["title"]["en"])
    finally:
        house.close()


@app.command()
def measure(key: Key, database: Database = DATABASE, *, json: Json = False) -> None:
    """Measure what a released proposal brought, beside what was predicted.

    Example: mainspring improve measure 135019678924845056
    """
    house = open_existing(database)
    try:
        found = improving.measured(house, key)
    finally:
        house.close()
    if json:
        say_json(found)
        return
    rows = [
        (name, _figure(name, found["predicted"][name]["mean"]), _figure(name, gain))
        for name, gain in found["measured"]["gain"].items()
    ]
    table(("gain in", "predicted", "measured"), rows, found["title"]["en"])


def _simulated(work: Callable[..., T], database: str, process: str, cases: int, replications: int) -> T:
    house = open_existing(database)
    try:
        with progress() as tell:
            return work(
                house,
                process,
                cases=cases,
                replications=replications,
                told=lambda done, whole: tell(done, whole, "simulating"),
            )
    finally:
        house.close()


def _list(found: list[dict[str, Any]], *, chinese: bool, json: bool) -> None:
    if json:
        say_json(found)
        return
    language = "zh" if chinese else "en"
    rows = [
        (
            one["key"],
            one["title"][language],
            "{mean:.2f} ({low:.2f} … {high:.2f})".format(**one["worth"]),
            _figure("waiting_s", one["predicted"]["waiting_s"]["mean"]),
            f"{one['monthly_cost']:,.0f}",
            one["risk"][language],
            one["state"],
        )
        for one in found
    ]
    heads = ("key", "proposal", "worth a case", "less waiting", "cost a month", "risk", "state")
    table(("编号", "建议", "每案价值", "减少等待", "月成本", "风险", "状态") if chinese else heads, rows)


def _figure(name: str, value: float) -> str:
    if name.endswith("_s"):
        return f"-{span(-value)}" if value < 0 else span(value)
    return f"{value:.2f}"
