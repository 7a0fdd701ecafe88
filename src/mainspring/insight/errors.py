"""What can be wrong with what insight reads."""

from mainspring.base.errors import MainspringError


class CostTableError(MainspringError):
    """The cost table must be mended."""


class LogError(MainspringError):
    """A log cannot be read or written; says the file, and the line and column where they are known."""


class MiningError(MainspringError):
    """What was asked of a log cannot be answered from it."""


class LedgerError(MainspringError):
    """The ledger of return on investment must be mended."""


class PlanError(MainspringError):
    """The plan, or the list it is read from, must be mended."""


class SemanticError(MainspringError):
    """The semantic layer (metrics, dimensions, terms) must be mended."""
