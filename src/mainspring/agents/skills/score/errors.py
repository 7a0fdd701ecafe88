"""What can be wrong with the rows a scorer is trained on, or with a saved one."""

from mainspring.base.errors import MainspringError


class ScoreError(MainspringError):
    """Rows that teach nothing, or a saved scorer that cannot be read."""
