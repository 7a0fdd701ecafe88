"""`mainspring plan`: processes, scenes for AI, how far each process is, and the next 180 days."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.app.opening import DATABASE, open_existing
from mainspring.app.planning import landscape_of, planned, put_plan
from mainspring.cli.acting import person_of
from mainspring.cli.given import read
from mainspring.cli.options import As, Chinese, Database, Json
from mainspring.cli.output import percent, say, say_json, table
from mainspring.insight.plan import Landscape, workbook

app = typer.Typer(no_args_is_help=True)

_WORDS = {
    "en": {
        "scene": "scene",
        "value": "value",
        "difficulty": "difficulty",
        "place": "quadrant",
        "certainty": "stays there",
        "process": "process",
        "level": "level",
        "missing": "missing for the next",
        "phase": "phase",
        "due": "by",
        "measure": "measure",
        "now": "now",
        "target": "target",
        "quick_win": "I quick win",
        "strategic": "II strategic",
        "experiment": "III experiment",
        "avoid": "IV avoid",
        "pilot": "30 days: pilot",
        "end_to_end": "90 days: end to end",
        "reorganise": "180 days: reorganise",
        "penetration": "AI penetration",
        "aar": "automation coverage",
    },
    "zh": {
        "scene": "场景",
        "value": "价值",
        "difficulty": "难度",
        "place": "象限",
        "certainty": "权重变动下不变",
        "process": "流程",
        "level": "等级",
        "missing": "距下一级还缺",
        "phase": "阶段",
        "due": "截止",
        "measure": "指标",
        "now": "现在",
        "target": "目标",
        "quick_win": "I 速赢",
        "strategic": "II 战略",
        "experiment": "III 试验",
        "avoid": "IV 回避",
        "pilot": "30 天：试点",
        "end_to_end": "90 天：端到端",
        "reorganise": "180 天：重组",
        "penetration": "AI 渗透率",
        "aar": "自动化覆盖率",
    },
}


@app.callback()
def plan() -> None:
    """Plan where AI is to work, from measured facts.

    Example: mainspring plan show
    """


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="The workbook to write (.xlsx).")],
    database: Database = DATABASE,
    *,
    empty: Annotated[
        bool, typer.Option("--empty", help="The bare template, without the plan in force.")
    ] = False,
    zh: Chinese = False,
) -> None:
    """Write the plan as an Excel workbook to fill in: levels, Actions, AI genes, pain points, scenes.

    Example: mainspring plan template plan.xlsx
    """
    landscape = Landscape()
    if not empty:
        house = open_existing(database)
        try:
            landscape = landscape_of(house)
        finally:
            house.close()
    file.write_bytes(workbook.template(landscape, "zh" if zh else "en"))
    say(f"{file}: {len(landscape.nodes)} rows.")


@app.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(help="The workbook, filled in.")],
    person: As,
    database: Database = DATABASE,
) -> None:
    """Put a filled-in workbook in force as the company's plan; all rows or none, earlier versions stay.

    Example: mainspring plan import plan.xlsx --as owner
    """
    found = workbook.read(read(file, "FILE"), file.name)
    house = open_existing(database)
    try:
        weights = landscape_of(house).weights
        kept = put_plan(house, found.model_copy(update={"weights": weights}), person_of(house, person))
    finally:
        house.close()
    say(f"Plan {kept.number} is in force: {len(found.nodes)} rows.")


@app.command()
def show(
    database: Database = DATABASE,
    *,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day.")] = None,
    zh: Chinese = False,
    json: Json = False,
) -> None:
    """Print scenes in their quadrants, the autonomy of each process, and the plan for 30, 90 and 180 days.

    Example: mainspring plan show --start 2026-12-01
    """
    house = open_existing(database)
    try:
        found = planned(house, start.date() if start is not None else None)
    finally:
        house.close()
    if json:
        say_json(found)
    else:
        _show(found, "zh" if zh else "en")


def _show(found: Mapping[str, Any], language: str) -> None:
    words = _WORDS[language]
    heads = ("scene", "value", "difficulty", "place", "certainty")
    table(
        [words[head] for head in heads],
        [
            (one["title"], one["value"], one["difficulty"], words[one["quadrant"]], percent(one["certainty"]))
            for one in found["scenes"]
        ],
    )
    say("")
    table(
        [words[head] for head in ("process", "level", "missing")],
        [
            (
                one["process"],
                f"L{one['level']} {one['title'][language]}",
                "; ".join(f"{each['title'][language]} {_demand(each)}" for each in one["missing"]),
            )
            for one in found["autonomy"]
        ],
    )
    say("")
    table(
        [words[head] for head in ("phase", "due", "scene", "measure", "now", "target")],
        [
            (
                words[one["phase"]],
                one["due"],
                one["scene"]["title"],
                words[one["measure"]],
                percent(one["now"]),
                percent(one["target"]),
            )
            for one in found["steps"]
        ],
    )


def _demand(one: Mapping[str, Any]) -> str:
    have = "–" if one["have"] is None else f"{one['have']:.3g}"
    return f"{have} < {one['need']:.3g}"
