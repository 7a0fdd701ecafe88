"""What can go wrong with a model; each ends at a person with its reason."""

from mainspring.base.errors import MainspringError


class ModelError(MainspringError):
    """A model gave no draft."""


class ModelUnavailable(ModelError):  # noqa: N818 - says what happened, as the reviewer reads it
    """It is down, busy, too slow, or refuses the credential."""


class AnswerInvalid(ModelError):  # noqa: N818 - likewise
    """What it said is not what was asked for, and asking again did not help."""


class BudgetSpent(ModelError):  # noqa: N818 - likewise
    """The tokens of this employee for this month are spent."""


class Cancelled(ModelError):  # noqa: N818 - likewise
    """Somebody called it off."""


class ProfileError(MainspringError):
    """The profiles of models must be mended."""
