"""Runs one model in SpiffWorkflow for some seconds and prints its rate; started by bench/engine.py."""

import io
import json
import sys
from time import perf_counter

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser  # type: ignore[import-not-found] # the peer's venv has it
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # type: ignore[import-not-found] # likewise
from SpiffWorkflow.util.task import TaskState  # type: ignore[import-not-found] # likewise


def main() -> None:
    """Read the model from standard input."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(sys.stdin.buffer.read())), filename="model.bpmn")
    spec = parser.get_spec("p")
    done, begin = 0, perf_counter()
    while perf_counter() - begin < float(sys.argv[1]):
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        while not workflow.is_completed():
            for task in workflow.get_tasks(state=TaskState.READY, manual=True):
                task.run()
                done += 1
            workflow.do_engine_steps()
    print(json.dumps({"tasks_per_second": done / (perf_counter() - begin)}))


if __name__ == "__main__":
    main()
