"""`mainspring roi`: what AI costs and brings, measured apart from assumed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.app.worth import ledger_of, put_ledger, worth
from mainspring.cli.acting import person_of
from mainspring.cli.options import As, Chinese, Database, Json
from mainspring.cli.output import percent, say, say_json, table

app = typer.Typer(no_args_is_help=True)
LedgerFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A ledger (YAML).")]

_WORDS = {
    "en": {
        "scene": "scene",
        "cost": "cost",
        "benefit": "benefit",
        "planned": "planned",
        "basis": "basis",
        "measured": "measured",
        "assumed": "assumed",
        "all": "in all",
        "output": "output a year",
        "input": "input a year",
        "roi": "return",
        "payback": "payback, years",
        "assumption": "assumption",
        "low": "low",
        "high": "high",
        "at_low": "return at low",
        "at_high": "return at high",
        "share": "Of a year's output of {output} {currency}, {measured} rests on measured values alone.",
    },
    "zh": {
        "scene": "场景",
        "cost": "成本",
        "benefit": "收益",
        "planned": "计划",
        "basis": "依据",
        "measured": "实测",
        "assumed": "假设",
        "all": "合计",
        "output": "年产出",
        "input": "年投入",
        "roi": "投资回报率",
        "payback": "回收期（年）",
        "assumption": "假设项",
        "low": "低值",
        "high": "高值",
        "at_low": "低值时回报",
        "at_high": "高值时回报",
        "share": "年产出 {output} {currency} 中，{measured} 完全来自实测。",
    },
}


@app.callback()
def roi() -> None:
    """Reckon what AI costs and brings.

    Example: mainspring roi show
    """


@app.command()
def show(
    database: Database = DATABASE,
    *,
    ledger: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A ledger to try.")] = None,
    zh: Chinese = False,
    json: Json = False,
) -> None:
    """Print costs, benefits, return and payback of each scene, plan beside actual, and the sensitivity.

    Example: mainspring roi show --ledger my-roi.yaml
    """
    house = open_existing(database)
    try:
        given = None if ledger is None else ledger.read_text("utf-8")
        found = worth(house, given, "the ledger in force" if ledger is None else ledger.name)
    finally:
        house.close()
    if json:
        say_json(found)
    else:
        _show(found, "zh" if zh else "en")


@app.command()
def ledger(database: Database = DATABASE) -> None:
    """Print the ledger in force, to be changed and put.

    Example: mainspring roi ledger > my-roi.yaml
    """
    house = open_existing(database)
    try:
        say(ledger_of(house).text.rstrip())
    finally:
        house.close()


@app.command()
def put(file: LedgerFile, person: As, database: Database = DATABASE) -> None:
    """Put a ledger in force as the company's own; earlier versions stay.

    Example: mainspring roi put my-roi.yaml --as boss
    """
    house = open_existing(database)
    try:
        kept = put_ledger(house, file.read_text("utf-8"), person_of(house, person), file.name)
    finally:
        house.close()
    say(f"Ledger {kept.number} is in force.")


def _show(found: Mapping[str, Any], language: str) -> None:
    words = _WORDS[language]
    rows: list[tuple[Any, ...]] = []
    for scene in found["scenes"]:
        for kind in ("costs", "benefits"):
            sign = words["cost" if kind == "costs" else "benefit"]
            rows.extend(
                (
                    scene["title"][language],
                    sign,
                    line["title"][language],
                    f"{line['amount']:,}",
                    f"{line['planned']:,}",
                    words["measured" if line["measured"] else "assumed"],
                )
                for line in scene[kind]
            )
    table((words["scene"], "", "", found["currency"], words["planned"], words["basis"]), rows)
    say("")
    sums = [(one["title"][language], one["actual"], one["planned"]) for one in found["scenes"]]
    sums.append((words["all"], found["actual"], found["planned"]))
    heads = (
        words["scene"],
        words["output"],
        words["input"],
        words["roi"],
        words["payback"],
        words["planned"],
    )
    table(
        heads,
        [
            (
                name,
                f"{now['output']:,}",
                f"{now['yearly_input']:,}",
                percent(now["roi"]),
                now["payback_years"],
                percent(plan["roi"]),
            )
            for name, now, plan in sums
        ],
    )
    output, measured = found["actual"]["output"], found["measured_output"]
    say(
        "",
        words["share"].format(output=f"{output:,}", currency=found["currency"], measured=f"{measured:,}"),
        "",
    )
    table(
        (words["assumption"], words["low"], words["high"], words["at_low"], words["at_high"]),
        [
            (
                one["title"][language],
                one["low"],
                one["high"],
                percent(one["roi_at_low"]),
                percent(one["roi_at_high"]),
            )
            for one in found["sensitivity"]
        ],
    )
