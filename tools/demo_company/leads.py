"""Leads of the demo company, read from the hand-written table beside this file."""

from pathlib import Path
from typing import NamedTuple


class Lead(NamedTuple):
    """One row of leads.csv; size is the number of staff, outcome is won or lost."""

    lead_id: str
    source: str
    industry: str
    size: str
    country: str
    first_message: str
    answered_within_h: str
    visits: str
    outcome: str


def leads() -> list[Lead]:
    """All labelled leads."""
    lines = (Path(__file__).parent / "leads.txt").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split(";")] for line in lines if line and not line.startswith("#")]
    return [Lead(f"L{number:03d}", *cells) for number, cells in enumerate(rows, start=1)]
