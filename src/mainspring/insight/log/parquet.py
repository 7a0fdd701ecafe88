"""Logs in Parquet: three columns are read at once, the others when someone asks for them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mainspring.insight.errors import LogError
from mainspring.insight.log.arrow import ArrowColumns
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.log import Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.roles import guess
from mainspring.insight.log.times import from_arrow

_SAMPLE = 200


def read_parquet(path: Path, stated: Mapping[str, str | None], zone: str) -> Log:
    """Read a log from Parquet.

    Raises:
        LogError: the file is no Parquet, or its columns cannot be told.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    report = Report(str(path))
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            roles = guess(schema.names, _Sample(file), stated, str(path))
        texts = [name for name in (roles.case, roles.activity) if _is_text(schema.field(name).type)]
        wanted = list(dict.fromkeys((roles.case, roles.activity, roles.time)))
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            table = file.read(columns=wanted)
    except pa.ArrowException as error:
        raise LogError(f"it cannot be read as Parquet: {error}", where=str(path)) from error

    def load(name: str) -> Any:
        with pq.ParquetFile(
            path, read_dictionary=[name] if _is_text(schema.field(name).type) else []
        ) as again:
            return again.read(columns=[name]).column(name)

    return build(
        Coded.of(table.column(roles.case)),
        Coded.of(table.column(roles.activity)),
        from_arrow(table.column(roles.time), zone, report),
        columns=ArrowColumns(tuple(schema.names), load),
        report=report,
        row=lambda place: Place(0, 0, f"row {place + 1}"),
    )


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


class _Sample(Mapping[str, list[str]]):
    """The first values of a column; read only when names alone do not tell."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getitem__(self, name: str) -> list[str]:
        batch = next(self._file.iter_batches(_SAMPLE, columns=[name]), None)
        return [] if batch is None else [str(value or "") for value in batch.column(0).to_pylist()]

    def __iter__(self) -> Any:
        return iter(self._file.schema_arrow.names)

    def __len__(self) -> int:
        return len(self._file.schema_arrow.names)
