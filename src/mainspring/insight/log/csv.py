"""Logs in CSV: read by Arrow where every line is in order, line by line where one is not."""

import csv as plain
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from mainspring.insight.errors import LogError
from mainspring.insight.log.arrow import ArrowColumns
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.limits import LimitedReader
from mainspring.insight.log.log import Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.roles import Roles, guess
from mainspring.insight.log.rows import Cells, read_rows
from mainspring.insight.log.times import from_arrow

_HEAD = 1 << 18
_SAMPLE = 200
_DELIMITERS = ",;\t|"
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6}(?P<finer>\d{1,3})?)?)?(?P<zone>Z|[+-]\d\d(:?\d\d)?)?"
)
_LONGEST_CELL = 1 << 24


def read_csv(path: Path, stated: Mapping[str, str | None], zone: str) -> Log:
    """Read a log from CSV, plain or gz; delimiter and encoding are found out.

    Raises:
        LogError: it is no table, its columns cannot be told, or no line can be used.
    """
    with LimitedReader(path) as file:
        head = _begin(file)
    if b"\0" in head:
        raise LogError("it holds zero bytes and is no text", where=f"{path}, line 1")
    encoding = _encoding(head)
    text = head.decode(encoding, "replace")
    delimiter = _delimiter(text)
    names, sample = _sample(text, delimiter, path)
    roles = guess(names, sample, stated, str(path))
    if len(set(names)) == len(names):
        found = _quickly(path, names, roles, sample, delimiter, encoding, zone)
        if found is not None:
            return found
    with io.TextIOWrapper(
        io.BufferedReader(LimitedReader(path), _HEAD), encoding, errors="replace", newline=""
    ) as file:
        return read_rows(str(path), _cells(file, delimiter, len(names)), names, roles, zone)


def columns_of(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns and their first values, for asking a person."""
    with LimitedReader(path) as file:
        head = _begin(file)
    text = head.decode(_encoding(head), "replace")
    return _sample(text, _delimiter(text), path)


def _sample(text: str, delimiter: str, path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns and the values of the first lines."""
    lines = plain.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        table = list(islice(lines, _SAMPLE + 1))
    except plain.Error as error:
        raise LogError(f"it is no table: {error}", where=f"{path}, line {lines.line_num}") from error
    names = [name.strip() for name in table[0]] if table else []
    rows = [row for row in table[1:] if len(row) == len(names)]
    return names, {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _begin(file: LimitedReader) -> bytes:
    """The first whole lines."""
    head = file.read(_HEAD)
    return head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1] or head


def _encoding(head: bytes) -> str:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    for name in _ENCODINGS:
        try:
            head.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return "latin-1"


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _quickly(
    path: Path,
    names: list[str],
    roles: Roles,
    sample: Mapping[str, list[str]],
    delimiter: str,
    encoding: str,
    zone: str,
) -> Log | None:
    """By Arrow; None when a line is not in order, which is then told line by line."""
    import pyarrow as pa
    import pyarrow.csv as pc

    coded = pa.dictionary(pa.int32(), pa.string())
    kinds = {roles.case: coded, roles.activity: coded, roles.time: _kind(sample[roles.time])}

    def table(columns: list[str], types: Mapping[str, Any]) -> Any:
        with LimitedReader(path) as file:
            return pc.read_csv(
                file if file.packed else path,
                read_options=pc.ReadOptions(
                    column_names=names,
                    skip_rows=1,
                    encoding=encoding.removesuffix("-sig"),
                    block_size=1 << 20,
                ),
                parse_options=pc.ParseOptions(delimiter=delimiter),
                convert_options=pc.ConvertOptions(include_columns=columns, column_types=types),
            )

    report = Report(str(path))
    try:
        read = table(list(dict.fromkeys((roles.case, roles.activity, roles.time))), kinds)
        column = names.index(roles.time) + 1
        time = from_arrow(read.column(roles.time), zone, report, lambda place: Place(place + 2, column))
        return build(
            Coded.of(read.column(roles.case)),
            Coded.of(read.column(roles.activity)),
            time,
            columns=ArrowColumns(tuple(names), lambda name: table([name], {}).column(name)),
            report=report,
            row=lambda place: Place(place + 2, 0),
        )
    except (pa.ArrowException, UnicodeDecodeError):
        return None


def _kind(values: Iterable[str]) -> Any:
    """The Arrow type that reads these times; text when they are not plain ISO 8601."""
    import pyarrow as pa

    found = [_ISO.fullmatch(value.strip()) for value in values if value]
    if not found or not all(found):
        return pa.string()
    zoned = {bool(one and one["zone"]) for one in found}
    unit = "ns" if any(one and one["finer"] for one in found) else "us"
    return pa.string() if len(zoned) > 1 else pa.timestamp(unit, "UTC" if zoned == {True} else None)


def _cells(file: io.TextIOWrapper, delimiter: str, width: int) -> Iterator[Cells]:
    """Line by line; a line of another width is told, not used."""
    plain.field_size_limit(_LONGEST_CELL)
    lines = plain.reader((line.replace("\0", "") for line in file), delimiter=delimiter)
    next(lines, None)
    begin = lines.line_num + 1
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except plain.Error as error:
            yield Cells(begin, [], f"the line is no CSV: {error}")
        else:
            if len(row) == width:
                yield Cells(begin, row, "")
            elif row:
                yield Cells(begin, [], f"the line has {len(row)} columns where the heading has {width}")
        begin = lines.line_num + 1
