"""What can be wrong with what is to be simulated."""

from mainspring.base.errors import MainspringError


class ScenarioError(MainspringError):
    """The scenario cannot be simulated as it stands; says what is missing or contradictory."""
