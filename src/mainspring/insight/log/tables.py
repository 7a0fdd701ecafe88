"""The columns of a table before it is read, so that a person can be asked which is which."""

from pathlib import Path

from mainspring.insight.log import csv, excel
from mainspring.insight.log.read import TABLES


def columns_of(path: Path) -> tuple[list[str], dict[str, list[str]]] | None:
    """Names of the columns and their first values; None for logs whose format says what each column is."""
    name = path.name.lower()
    if name.endswith(TABLES):
        return csv.columns_of(path)
    return excel.columns_of(path) if name.endswith(".xlsx") else None
