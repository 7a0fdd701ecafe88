"""Every command has an example, in its help and in the documentation."""

from pathlib import Path

import pytest

from mainspring.cli import main

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "cli.md"
COMMANDS = dict(main.commands(main.app))


def test_all_commands_are_found() -> None:
    assert len(COMMANDS) >= 16


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_an_example(name: str) -> None:
    text = DOCUMENT.read_text("utf-8")
    heading = f"### `mainspring {name}`"
    assert heading in text
    section = text.partition(heading)[2].partition("\n### ")[0]
    assert f"    mainspring {name}" in section


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_ends_with_its_own_example(name: str) -> None:
    assert main.example_of(COMMANDS[name]).startswith(f"mainspring {name}")


def test_the_first_help_shows_an_example_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.call(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in COMMANDS.values():
        assert main.example_of(command) in shown
