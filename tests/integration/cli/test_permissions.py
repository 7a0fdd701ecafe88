"""Every command declares what it needs."""

from mainspring.cli import main
from mainspring.cli.permissions import ANYONE, OPERATOR, PERMISSIONS, permission_of
from mainspring.govern.policies import default_text

COMMANDS = dict(main.commands(main.app))


def test_every_command_declares_its_permission() -> None:
    assert [name for name in COMMANDS if permission_of(name) is None] == []


def test_a_permission_is_an_action_of_the_policies_or_says_whose_it_is() -> None:
    schema = default_text("schema.cedarschema")
    named = set(PERMISSIONS.values()) - {ANYONE, OPERATOR}
    assert [one for one in named if f'"{one}"' not in schema] == []
