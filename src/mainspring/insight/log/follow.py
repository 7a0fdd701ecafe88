"""Our own log, followed into Parquet: what is new is appended as a part, and a part once written stays.

The position reached stands in the name of the last part, so that a crash neither loses nor repeats anything.
"""

import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from mainspring.govern.tables import calls
from mainspring.insight.errors import LogError
from mainspring.insight.log.arrow import ArrowColumns
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.log import Log
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.times import from_arrow
from mainspring.store import Store
from mainspring.store.log import events

_PART = re.compile(r"part-(\d{20})-(\d{20})\.parquet")
_BATCH = 50_000
_MOST_PARTS = 32
_LARGE = 1_000_000

EVENTS = (
    "position", "instance", "seq", "at", "actor_kind", "actor_id", "type", "element", "key",
    "process_instance",
)  # fmt: skip
CALLS = (
    "position", "at", "operation", "effect", "actor_kind", "actor_id", "process_id", "instance", "element",
    "element_key", "outcome", "latency_us", "cost",
)  # fmt: skip
_TEXTS = frozenset(
    {"actor_kind", "actor_id", "type", "element", "operation", "effect", "process_id", "outcome"}
)


class Follower:
    """Appends what is new in a tenant's log and calls to a folder.

    Args:
        store: the tenant's store.
        folder: gets `events/` and `calls/` with their parts.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._sources = ((events, EVENTS, folder / "events"), (calls, CALLS, folder / "calls"))
        for _, _, into in self._sources:
            into.mkdir(parents=True, exist_ok=True)
            for half in into.glob("*.half"):
                half.unlink()

    def advance(self) -> int:
        """Append all that is new; gives how many rows."""
        return sum(self._append(table, names, into) for table, names, into in self._sources)

    def follow(self, stop: threading.Event, every_s: float = 0.5) -> None:
        """Append again and again until told to stop."""
        while not stop.wait(every_s):
            self.advance()

    def _append(self, table: Table, names: Sequence[str], into: Path) -> int:
        done = 0
        while True:
            with self._store.read() as tx:
                query = (
                    select(*(table.c[name] for name in names))
                    .where(table.c.tenant_id == tx.tenant, table.c.position > reached(into))
                    .order_by(table.c.position)
                    .limit(_BATCH)
                )
                rows = [tuple(row) for row in tx.all(query)]
            if not rows:
                return done
            done += len(rows)
            _write(_table(rows, names), rows[0][0], rows[-1][0], into)
            _compact(into)


def parts(folder: Path) -> list[tuple[int, int, Path]]:
    """First and last position of each part, in order; parts that a larger one holds are left out."""
    found = []
    for path in folder.glob("part-*.parquet"):
        match = _PART.fullmatch(path.name)
        if match:
            found.append((int(match[1]), int(match[2]), path))
    found.sort(key=lambda part: (part[0], -part[1]))
    kept: list[tuple[int, int, Path]] = []
    for part in found:
        if not kept or part[1] > kept[-1][1]:
            kept.append(part)
    return kept


def reached(folder: Path) -> int:
    """The last position that is in the folder."""
    return max((last for _, last, _ in parts(folder)), default=0)


def _table(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = {"at": pa.timestamp("us", "UTC"), "cost": pa.string()}
    arrays = []
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        values = [str(value) for value in column] if name == "cost" else list(column)
        kind = pa.string() if name in _TEXTS else kinds.get(name, pa.int64())
        arrays.append(pa.array(values, kind))
    return pa.table(dict(zip(names, arrays, strict=True)))


def _write(table: Any, first: int, last: int, into: Path) -> Path:
    """Write a part so that it is there whole or not at all."""
    import pyarrow.parquet as pq

    path = into / f"part-{first:020}-{last:020}.parquet"
    half = path.with_suffix(".half")
    pq.write_table(table, half, compression="zstd")
    with half.open("rb") as file:
        os.fsync(file.fileno())
    half.replace(path)
    return path


def _compact(into: Path) -> None:
    """Join small parts once there are many, so that reading stays quick."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    there = parts(into)
    small = [part for part in there if pq.read_metadata(part[2]).num_rows < _LARGE]
    if len(small) <= _MOST_PARTS:
        return
    whole = pa.concat_tables([pq.read_table(path) for _, _, path in small])
    _write(whole, small[0][0], small[-1][1], into)
    for _, _, path in small:
        path.unlink()


def read_own(folder: Path, process_elements: Sequence[str] | None = None) -> Log:
    """The exported log of our own processes: cases are root instances, events the activities completed.

    An activity is an element for which a job or a task was created; gateways and events are not.

    Args:
        folder: what a Follower wrote.
        process_elements: only these elements; all activities when None.

    Raises:
        LogError: nothing was exported yet, or no activity was completed.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    files = [path for _, _, path in parts(folder / "events")]
    if not files:
        raise LogError(
            "nothing was exported yet", where=str(folder), mend="Run `mainspring log export` first."
        )
    whole = pa.concat_tables([pq.read_table(path) for path in files])
    worked = pc.is_in(whole.column("type"), pa.array(["JobCreated", "TaskCreated"]))
    activities = pc.unique(whole.filter(worked).column("element"))
    chosen = activities if process_elements is None else pa.array(process_elements)
    completed = pc.equal(whole.column("type"), "ElementCompleted")
    done = pc.and_(completed, pc.is_in(whole.column("element"), chosen))
    table = whole.filter(done)
    report = Report(str(folder))
    return build(
        Coded.of(table.column("instance")),
        Coded.of(table.column("element")),
        from_arrow(table.column("at"), "UTC", report),
        columns=ArrowColumns(tuple(table.column_names), table.column),
        report=report,
        row=lambda place: Place(0, 0, f"event {place + 1}"),
    )
