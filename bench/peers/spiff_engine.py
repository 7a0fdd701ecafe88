"""Runs one model in SpiffWorkflow for some seconds and prints its rate; started by the benchmarks.

python spiff_engine.py SECONDS [DATABASE]

With DATABASE the start of an instance, and each completed task with all that follows from it, is one commit
in SQLite (WAL, synchronous=FULL; DATABASE is a file) or PostgreSQL (DATABASE is its address). In the peer's
favour only the tasks that changed since the last commit are written, one row each, in its own serialisation.
"""

import io
import json
import sqlite3
import sys
from abc import ABC, abstractmethod
from time import perf_counter, time
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser  # type: ignore[import-not-found] # the peer's venv has it
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer  # type: ignore[import-not-found] # likewise
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # type: ignore[import-not-found] # likewise
from SpiffWorkflow.util.task import TaskState  # type: ignore[import-not-found] # likewise

LATEST = 4  # times the seconds asked for: an instance that takes longer is left undone


class Rows(ABC):
    """Keeps the changed tasks of workflows."""

    def __init__(self) -> None:
        self.serializer = BpmnWorkflowSerializer()
        self.since = 0.0

    def save(self, workflow: Any) -> None:
        """Write what changed, and commit."""
        now = time()
        convert = self.serializer.registry.convert
        self.write(
            [
                (str(task.id), json.dumps(convert(task), default=str))
                for task in workflow.tasks.values()
                if task.last_state_change >= self.since
            ]
        )
        self.since = now

    @abstractmethod
    def write(self, rows: list[tuple[str, str]]) -> None:
        """One commit."""


class InSqlite(Rows):
    """The rows in a file."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE tasks (id TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")

    def write(self, rows: list[tuple[str, str]]) -> None:
        """One commit."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT OR REPLACE INTO tasks VALUES (?, ?)", rows)
        self.connection.execute("COMMIT")


class InPostgres(Rows):
    """The rows in a table of their own, which is dropped by the next run."""

    def __init__(self, address: str) -> None:
        import psycopg  # only for this one

        super().__init__()
        self.connection = psycopg.connect(address.replace("+psycopg", ""))
        self.connection.execute("DROP TABLE IF EXISTS bench_spiff_tasks")
        self.connection.execute("CREATE TABLE bench_spiff_tasks (id TEXT PRIMARY KEY, data TEXT)")
        self.connection.commit()

    def write(self, rows: list[tuple[str, str]]) -> None:
        """One commit; all rows in one round trip."""
        names, values = map(list, zip(*rows, strict=True))
        self.connection.execute(
            "INSERT INTO bench_spiff_tasks SELECT * FROM unnest(%s::text[], %s::text[]) "
            "ON CONFLICT (id) DO UPDATE SET data = excluded.data",
            (names, values),
        )
        self.connection.commit()


def rows_in(database: str) -> Rows:
    """Where the address says."""
    return InPostgres(database) if database.startswith("postgresql") else InSqlite(database)


def a_round(workflow: Any, rows: Rows | None, until: float) -> int:
    """Complete all that is ready. In memory the rest follows once a round; durable, with each task."""
    done = 0
    for task in workflow.get_tasks(state=TaskState.READY, manual=True):
        if perf_counter() > until:
            return done
        task.run()
        done += 1
        if rows is not None:
            workflow.do_engine_steps()
            rows.save(workflow)
    workflow.do_engine_steps()
    return done


def main() -> None:
    """Read the model from standard input."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(sys.stdin.buffer.read())), filename="model.bpmn")
    spec = parser.get_spec("p")
    rows = rows_in(sys.argv[2]) if len(sys.argv) > 2 else None
    seconds = float(sys.argv[1])
    done, begin = 0, perf_counter()
    while perf_counter() - begin < seconds:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        if rows is not None:
            rows.save(workflow)
        while not workflow.is_completed() and perf_counter() - begin < LATEST * seconds:
            done += a_round(workflow, rows, begin + LATEST * seconds)
    print(json.dumps({"tasks_per_second": done / (perf_counter() - begin)}))


if __name__ == "__main__":
    main()
