"""What commands print: tables and progress for people, JSON for programs, complaints on the other channel."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from mainspring.base import jsonio
from mainspring.base.errors import MainspringError

Told = Callable[[int, int, str], None]
NOTHING = "–"


def say(*lines: str) -> None:
    """Print lines as they are."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def say_json(value: Any) -> None:
    """Print JSON on one line."""
    say(jsonio.dumps(value).decode())


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """Print a table; figures stand to the right."""
    cells = [[text(cell) for cell in row] for row in rows]
    shown = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        figures = all(row[number][:1].isdigit() or row[number] == NOTHING for row in cells)
        shown.add_column(name, justify="right" if figures and number else "left", overflow="fold")
    for row in cells:
        shown.add_row(*map(Text, row))
    Console(soft_wrap=not sys.stdout.isatty()).print(shown)


def text(value: Any) -> str:
    """A value as a cell of a table."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def percent(share: Decimal | float | None) -> str:
    """A share of 1 as a percentage."""
    return NOTHING if share is None else f"{float(share):.1%}"


def span(seconds: Decimal | float | None) -> str:
    """A time in the unit that suits it."""
    if seconds is None:
        return NOTHING
    for name, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{float(seconds) / size:.1f} {name}"
    return f"{float(seconds):.1f} s"


def complain(error: MainspringError) -> None:
    """Say what was wrong, where, and how to mend it."""
    where = f"{error.where}: " if error.where else ""
    sys.stderr.write(f"mainspring: {where}{error.message}\n")
    if error.mend:
        sys.stderr.write(f"  To mend it: {error.mend}\n")


@contextmanager
def progress() -> Iterator[Told]:
    """A progress bar for terminals, on the other channel; tell it what is done, of how many, and what."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TextColumn("{task.fields[count]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal) as bar:
        shown = bar.add_task("starting", total=None, count="")

        def tell(done: int, total: int, what: str) -> None:
            count = f"{done:,} of {total:,}" if total else ""
            bar.update(shown, completed=done, total=total or None, description=what, count=count)

        yield tell
