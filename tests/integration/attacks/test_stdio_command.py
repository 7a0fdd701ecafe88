"""Attack: a registration of a service that starts a program of the attacker's choice."""

from pathlib import Path
from typing import Any

import pytest

from mainspring.app import services
from mainspring.app.house import House
from mainspring.base.errors import MainspringError
from mainspring.govern.principal import Principal

ATTACKER = Principal("person", "owner", frozenset({"process_owner", "administrator"}))


def _configs(canary: Path) -> tuple[dict[str, Any], ...]:
    touch = f"touch {canary}"
    return (
        {"program": "sh", "arguments": ["-c", touch]},
        {"program": f"sh -c '{touch}'"},
        {"program": "/bin/sh"},
        {"program": "../../../bin/sh"},
        {"command": "sh", "args": ["-c", touch]},
        {"command": ["sh", "-c", touch]},
        {"url": f"stdio:sh -c '{touch}'"},
        {"url": "file:///bin/sh"},
        {"url": "", "program": ""},
        {"programs": {"evil": {"command": "sh", "arguments": ["-c", touch]}}, "program": "evil"},
        {"program": "evil", "environment": {"LD_PRELOAD": str(canary)}},
    )


@pytest.mark.parametrize("number", range(11))
def test_a_registration_names_no_command(house: House, tmp_path: Path, number: int) -> None:
    canary = tmp_path / "canary"
    given = services.Registration(f"evil{number}", "mcp", _configs(canary)[number], owner="owner")
    with pytest.raises(MainspringError):
        services.add(house, given, ATTACKER)
    assert not canary.exists()


@pytest.mark.parametrize("kind", ["stdio", "exec", "python", "subprocess", "__import__", ""])
def test_there_is_no_kind_of_service_that_runs_programs(house: House, tmp_path: Path, kind: str) -> None:
    given = services.Registration("evil", kind, {"command": f"touch {tmp_path}/canary"}, owner="owner")
    with pytest.raises(MainspringError):
        services.add(house, given, ATTACKER)
    assert not (tmp_path / "canary").exists()


def test_the_list_of_programs_cannot_be_changed_from_within(house: House) -> None:
    with pytest.raises((TypeError, AttributeError)):
        house.outside.ports.programs = {"evil": None}  # type: ignore[misc, dict-item] # that is the attack
    assert "evil" not in house.outside.ports.programs
