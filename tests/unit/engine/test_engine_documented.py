"""Every element, event type and command stands in docs/bpmn.md."""

from pathlib import Path

import pytest

from mainspring.bpmn.names import EVENT_DEFINITIONS, FLOW_NODES, GLOBAL_TASKS
from mainspring.engine import approval_commands, commands
from mainspring.engine.behaviour.table import ENTER
from mainspring.engine.commanding import COMMANDS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bpmn.md").read_text(encoding="utf-8")
COMMAND_NAMES = sorted(
    name
    for name, value in {**vars(commands), **vars(approval_commands)}.items()
    if isinstance(value, type) and value in COMMANDS
)


@pytest.mark.parametrize("name", sorted(FLOW_NODES | GLOBAL_TASKS | set(ENTER) | EVENT_DEFINITIONS))
def test_the_element_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", COMMAND_NAMES)
def test_the_command_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_command_is_carried_out() -> None:
    assert len(COMMAND_NAMES) == len(COMMANDS)
