"""Decision tables as spreadsheets: to and from Excel and CSV, where business people keep them.

The first row names the hit policy, an aggregator, and what the result is called. Then come rows titled
Kind (Input, Output or Note), Label, Expression, Type, Values and Default, and below them one row a rule with
its id in the first column. An empty input cell means "-".
In a column of type string a cell without quotes is quoted: `gold, silver` stands for `"gold","silver"`, and
`feel: customer.tier` for an expression.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mainspring.dmn.errors import SheetError
from mainspring.dmn.table import AGGREGATORS, HIT_POLICIES, DecisionTable, Input, Output, Rule

_HEADS = ("Kind", "Label", "Expression", "Type", "Values", "Default")
MAX_ROWS = 100_000
_FEEL = "feel:"
Rows = list[list[str]]


def to_rows(table: DecisionTable) -> Rows:
    """The table as rows of text."""
    columns: tuple[Input | Output, ...] = (*table.inputs, *table.outputs)
    heads = {
        "Kind": ["Input"] * len(table.inputs) + ["Output"] * len(table.outputs),
        "Label": [column.label for column in columns],
        "Expression": [column.expression for column in table.inputs]
        + [column.name for column in table.outputs],
        "Type": [column.type for column in columns],
        "Values": [column.values for column in columns],
        "Default": [""] * len(table.inputs) + [column.default for column in table.outputs],
    }
    notes = max([len(table.annotations), *(len(rule.annotations) for rule in table.rules)])
    titles = [*table.annotations, *([""] * (notes - len(table.annotations)))]
    extra = {"Kind": ["Note"] * notes, "Label": titles}
    rows = [["Hit policy", table.hit_policy, table.aggregation, table.label]]
    rows += [[head, *heads[head], *extra.get(head, [""] * notes)] for head in _HEADS]
    for number, rule in enumerate(table.rules, 1):
        remarks = [*rule.annotations, *([""] * (notes - len(rule.annotations)))]
        inputs = [_exact(cell, column.type) for cell, column in zip(rule.inputs, table.inputs, strict=True)]
        outputs = [
            _exact(cell, column.type, outputs=True)
            for cell, column in zip(rule.outputs, table.outputs, strict=True)
        ]
        rows.append([rule.id or f"rule_{number}", *inputs, *outputs, *remarks])
    return rows


def from_rows(rows: Sequence[Sequence[Any]], source: str = "sheet") -> DecisionTable:
    """The table that rows describe.

    Args:
        rows: cells as text, numbers, booleans or dates.
        source: the name used in messages.

    Raises:
        SheetError: it is no table; the error names the row.
    """
    given = [[_text(cell) for cell in row] for row in rows if any(_text(cell) for cell in row)]
    if len(given) > MAX_ROWS:
        raise SheetError(f"more than {MAX_ROWS} rows", where=source)
    policy, aggregation = _policy(given, source)
    heads: dict[str, list[str]] = {}
    at = 1
    while at < len(given) and given[at][0].capitalize() in _HEADS:
        heads[given[at][0].capitalize()] = given[at][1:]
        at += 1
    kinds = [kind.strip().capitalize() for kind in heads.get("Kind", [])]
    if "Output" not in kinds:
        raise SheetError(
            "there is no output column", where=source, mend='Give a row "Kind" with Input, Output and Note.'
        )
    columns = _Columns(kinds, heads)
    rules = tuple(
        columns.rule(row, f"{source}, row {number}") for number, row in enumerate(given[at:], at + 1)
    )
    inputs, outputs, notes = columns.inputs(), columns.outputs(), columns.titles()
    label = given[0][3] if len(given[0]) > 3 else ""  # noqa: PLR2004  the result's name stands fourth
    return DecisionTable(policy, aggregation, inputs, outputs, rules, notes, label)


def _policy(rows: Rows, source: str) -> tuple[str, str]:
    head = [cell.strip() for cell in rows[0]] if rows else []
    if len(head) < 2 or head[0].lower() != "hit policy":  # noqa: PLR2004  the title and the policy
        raise SheetError('the first row must be "Hit policy" and its name', where=f"{source}, row 1")
    letters = {letter: name for name, letter in HIT_POLICIES.items()}
    policy = letters.get(head[1].upper(), head[1].upper())
    aggregation = head[2].upper() if len(head) > 2 else ""  # noqa: PLR2004  the aggregator stands third
    if policy not in HIT_POLICIES or (aggregation and aggregation not in AGGREGATORS):
        raise SheetError(
            f"unknown hit policy {head[1]!r} {aggregation}",
            where=f"{source}, row 1",
            mend=f"Use one of {', '.join(HIT_POLICIES)}.",
        )
    return policy, aggregation


class _Columns:
    """The columns of a sheet by their kind."""

    def __init__(self, kinds: list[str], heads: dict[str, list[str]]) -> None:
        self.heads = heads
        self.at = {
            kind: [at for at, each in enumerate(kinds) if each == kind]
            for kind in ("Input", "Output", "Note")
        }

    def _head(self, name: str, at: int) -> str:
        cells = self.heads.get(name, [])
        return cells[at].strip() if at < len(cells) else ""

    def inputs(self) -> tuple[Input, ...]:
        return tuple(
            Input(
                self._head("Expression", at) or self._head("Label", at),
                self._head("Label", at),
                self._head("Type", at),
                self._head("Values", at),
            )
            for at in self.at["Input"]
        )

    def outputs(self) -> tuple[Output, ...]:
        return tuple(
            Output(
                self._head("Expression", at),
                self._head("Label", at),
                self._head("Type", at),
                self._head("Values", at),
                self._head("Default", at),
            )
            for at in self.at["Output"]
        )

    def titles(self) -> tuple[str, ...]:
        return tuple(self._head("Label", at) for at in self.at["Note"])

    def rule(self, row: list[str], where: str) -> Rule:
        cells = row[1:]

        def cell(at: int) -> str:
            return cells[at].strip() if at < len(cells) else ""

        outputs = tuple(_quoted(cell(at), self._head("Type", at), outputs=True) for at in self.at["Output"])
        if not any(outputs):
            raise SheetError("the rule has no output", where=where)
        inputs = tuple(_quoted(cell(at), self._head("Type", at)) or "-" for at in self.at["Input"])
        return Rule(row[0].strip(), inputs, outputs, tuple(cell(at) for at in self.at["Note"]))


def _exact(text: str, of_type: str, *, outputs: bool = False) -> str:
    """A cell as it reads back unchanged: an expression that would be taken for a word is marked."""
    return text if _quoted(text, of_type, outputs=outputs) == text else f"{_FEEL} {text}"


def _quoted(text: str, of_type: str, *, outputs: bool = False) -> str:
    """A cell of a column of strings with quotes, where a person left them out."""
    if text.startswith(_FEEL):
        return text.removeprefix(_FEEL).strip()
    plain = text and text != "-" and '"' not in text and not text.startswith(("not(", "=", "<", ">", "?"))
    if of_type != "string" or not plain or text == "null":
        return text
    if outputs:
        return f'"{text}"'
    return ",".join(f'"{part.strip()}"' for part in text.split(","))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        midnight = cell.hour == cell.minute == cell.second == 0
        return f'@"{cell.date().isoformat() if midnight else cell.isoformat()}"'
    if isinstance(cell, date):
        return f'@"{cell.isoformat()}"'
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".removesuffix(".0")
    return str(cell)


def to_csv(table: DecisionTable) -> bytes:
    """The table as CSV in UTF-8, with a mark at the start by which Excel knows the encoding."""
    out = io.StringIO()
    csv.writer(out).writerows(to_rows(table))
    return out.getvalue().encode("utf-8-sig")


def from_csv(data: bytes, source: str = "CSV") -> DecisionTable:
    """The table in a CSV text, comma or semicolon between cells, UTF-8 or GBK.

    Raises:
        SheetError: it is no table.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    try:
        return from_rows(list(csv.reader(io.StringIO(text), delimiter=separator)), source)
    except csv.Error as error:
        raise SheetError(f"not CSV: {error}", where=source) from error


def to_excel(table: DecisionTable, title: str = "Decision") -> bytes:
    """The table as an Excel workbook with one sheet."""
    import openpyxl  # heavy, and only spreadsheets need it

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(character for character in title if character not in "[]:*?/\\")[:31] or "Decision"
    for row in to_rows(table):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"  # a cell such as "=5" is FEEL, not a formula of Excel
    sheet.freeze_panes = "B8"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def from_excel(data: bytes, sheet: str = "", source: str = "workbook") -> DecisionTable:
    """The table in an Excel workbook.

    Args:
        data: the bytes of an `.xlsx` file.
        sheet: the sheet's name; nothing for the first.
        source: the name used in messages.

    Raises:
        SheetError: it is no workbook, or holds no table.
    """
    import openpyxl  # heavy, and only spreadsheets need it

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise SheetError("not an Excel workbook", where=source, mend="Save it as .xlsx.") from error
    except Exception as error:  # zipfile and openpyxl raise classes of their own
        raise SheetError(f"cannot read the workbook: {error}", where=source) from error
    if sheet and sheet not in book.sheetnames:
        raise SheetError(f"there is no sheet {sheet!r}", where=source)
    chosen = book[sheet] if sheet else book.worksheets[0]
    return from_rows([list(row) for row in chosen.iter_rows(values_only=True)], source)
