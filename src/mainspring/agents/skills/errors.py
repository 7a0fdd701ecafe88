"""What can go wrong with trained skills."""

from mainspring.base.errors import MainspringError


class TrainingError(MainspringError):
    """Nothing can be learned from these examples, or what was saved cannot be read."""
