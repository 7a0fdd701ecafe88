"""Limits in decision tables (`> 5000`) and other places where each could stand, by the data of real cases."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from lxml import etree

from mainspring.base import xml
from mainspring.simulation.scenario import Template

_LIMIT = re.compile(r"(?P<sign>[<>]=?)\s*(?P<number>-?\d+(\.\d+)?)")
_QUANTILES = (0.25, 0.5, 0.75, 0.9)
_MOST = 12


class Threshold(NamedTuple):
    """A table with one limit moved in a column; `between`: the smallest and the greatest value seen."""

    file: str
    decision: str
    name: str
    column: str
    old: str
    new: str
    between: tuple[float, float]
    data: bytes


def thresholds(files: Mapping[str, bytes], templates: Sequence[Template]) -> Iterator[Threshold]:
    """Every limit of a column whose values real cases know, moved to their quantiles."""
    seen = _values(templates)
    made = 0
    for file, data in sorted(files.items()):
        if not file.endswith(".dmn"):
            continue
        for table, place, column, old in _limits(xml.parse(data, file)):
            values = sorted(seen.get(column, ()))
            places = [f"{values[int(share * (len(values) - 1))]:.6g}" for share in _QUANTILES if values]
            for new in dict.fromkeys(places):
                if Decimal(new) == Decimal(old) or made >= _MOST:
                    continue
                made += 1
                yield _moved(
                    file, data, (table, place, column), old, new, (float(values[0]), float(values[-1]))
                )


def _limits(root: etree._Element) -> Iterator[tuple[int, int, str, str]]:
    """Number of the table, of the column, its expression, and each distinct limit in it."""
    for table_number, table in enumerate(root.iter("{*}decisionTable")):
        for place, column in enumerate(table.findall("{*}input")):
            expression = (column.findtext("{*}inputExpression/{*}text") or "").strip()
            cells = [rule.findall("{*}inputEntry")[place] for rule in table.findall("{*}rule")]
            texts = [cell.findtext("{*}text") or "" for cell in cells]
            for number in dict.fromkeys(m["number"] for text in texts for m in _LIMIT.finditer(text)):
                yield table_number, place, expression, number


def _moved(
    file: str, data: bytes, where: tuple[int, int, str], old: str, new: str, between: tuple[float, float]
) -> Threshold:
    root = xml.parse(data, file)
    table = list(root.iter("{*}decisionTable"))[where[0]]

    def put(match: re.Match[str]) -> str:
        return f"{match['sign']} {new}" if match["number"] == old else match[0]

    for rule in table.findall("{*}rule"):
        text = rule.findall("{*}inputEntry")[where[1]].find("{*}text")
        if text is not None:
            text.text = _LIMIT.sub(put, text.text or "")
    parent = table.getparent()
    assert parent is not None  # noqa: S101 - a table stands in its decision
    decision, name = parent.get("id", ""), parent.get("name", "")
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return Threshold(file, decision, name or decision, where[2], old, new, between, written)


def _values(templates: Sequence[Template]) -> dict[str, list[float]]:
    """Numbers that real cases carried, by variable; those inside a context by their path."""
    found: dict[str, list[float]] = {}
    for template in templates:
        for values in (template.variables, *(one for each in template.answers.values() for one in each)):
            _collect("", values, found)
    return found


def _collect(prefix: str, values: Mapping[str, Any], found: dict[str, list[float]]) -> None:
    for name, value in values.items():
        if isinstance(value, Mapping):
            _collect(f"{prefix}{name}.", value, found)
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            try:
                found.setdefault(f"{prefix}{name}", []).append(float(value))
            except (InvalidOperation, OverflowError):
                continue
