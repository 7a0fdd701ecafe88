"""`mainspring ask`: a question in plain words, answered with a table and bars in text."""

from typing import Annotated

import typer

from mainspring.app.asking.answer import Answer, Bar
from mainspring.app.asking.ask import Question
from mainspring.app.asking.ask import ask as answer
from mainspring.app.opening import DATABASE
from mainspring.cli.acting import opened_for
from mainspring.cli.options import As, Database, Json
from mainspring.cli.output import say, say_json, table
from mainspring.govern.resources import process

_WIDTH = 40
_FULL, _PARTS = "█", " ▏▎▍▌▋▊▉"


def ask(
    question: Annotated[str, typer.Argument(help="The question, in English or Chinese.")],
    person: As = "owner",
    database: Database = DATABASE,
    *,
    query: Annotated[bool, typer.Option("--query", help="Print the statement behind a figure too.")] = False,
    json: Json = False,
) -> None:
    """Answer a question from the company's own data, or say which word was not understood.

    Example: mainspring ask "各渠道上月的平均报价时长"
    """
    with opened_for(database, person) as (house, principal):
        found = answer(
            house,
            principal,
            Question(question, {}),
            lambda name: house.policies.decide(principal, "see", process(name)).allowed,
        )
    if json:
        say_json(found.model_dump(mode="json"))
    else:
        _print(found, query=query)
    if not found.answered:
        raise typer.Exit(1)


def _print(found: Answer, *, query: bool) -> None:
    zh = found.language == "zh"
    say(found.sentence)
    if found.bars:
        say("", *_bars(found.bars))
        left = len(found.rows) - len(found.bars)
        if left > 0:
            say(f"…… 另有 {left} 行，见 --json" if zh else f"... and {left} more rows, in --json")
    elif found.rows:
        say("")
        table(found.columns, [[cell.text for cell in row] for row in found.rows])
    if found.understood:
        say("", ("理解为：" if zh else "Understood as: ") + ("；" if zh else "; ").join(found.understood))
    if found.nearest:
        say("", "可以这样问：" if zh else "The nearest I can answer:", *(f"  {one}" for one in found.nearest))
    if query and found.query:
        say("", found.query)


def _bars(bars: list[Bar]) -> list[str]:
    """Bars to an eighth of a character, with labels of one width (a Chinese character is two wide)."""
    widest = max(_wide(bar.label) for bar in bars)
    return [f"{bar.label}{' ' * (widest - _wide(bar.label))}  {_drawn(bar.part)} {bar.text}" for bar in bars]


def _drawn(part: float) -> str:
    whole, eighths = divmod(round(part * _WIDTH * 8), 8)
    return (_FULL * whole + (_PARTS[eighths] if eighths else "")).ljust(1)


def _wide(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text)
