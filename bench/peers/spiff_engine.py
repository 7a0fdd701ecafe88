"""Runs one model in SpiffWorkflow for some seconds and prints its rate; started by the benchmarks.

python spiff_engine.py SECONDS [DATABASE]

With DATABASE each completed task, with all that follows from it, is one commit in SQLite (WAL,
synchronous=FULL). In the peer's favour only the tasks that changed since the last commit are written, one row
each, in its own serialisation.
"""

import io
import json
import sqlite3
import sys
from time import perf_counter, time
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser  # type: ignore[import-not-found] # the peer's venv has it
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer  # type: ignore[import-not-found] # likewise
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # type: ignore[import-not-found] # likewise
from SpiffWorkflow.util.task import TaskState  # type: ignore[import-not-found] # likewise

LATEST = 4  # times the seconds asked for: an instance that takes longer is left undone


class Rows:
    """Keeps the changed tasks of workflows in SQLite."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("CREATE TABLE tasks (id TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")
        self.serializer = BpmnWorkflowSerializer()
        self.since = 0.0

    def save(self, workflow: Any) -> None:
        """Write what changed, and commit."""
        now = time()
        convert = self.serializer.registry.convert
        rows = [
            (str(task.id), json.dumps(convert(task), default=str))
            for task in workflow.tasks.values()
            if task.last_state_change >= self.since
        ]
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT OR REPLACE INTO tasks VALUES (?, ?)", rows)
        self.connection.execute("COMMIT")
        self.since = now


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
    rows = Rows(sys.argv[2]) if len(sys.argv) > 2 else None
    seconds = float(sys.argv[1])
    done, begin = 0, perf_counter()
    while perf_counter() - begin < seconds:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        while not workflow.is_completed() and perf_counter() - begin < LATEST * seconds:
            done += a_round(workflow, rows, begin + LATEST * seconds)
    print(json.dumps({"tasks_per_second": done / (perf_counter() - begin)}))


if __name__ == "__main__":
    main()
