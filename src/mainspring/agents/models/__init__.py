"""Language models as drafters: profiles, one request at a time, checked answers, budgets, evidence."""

from mainspring.agents.models.drafter import Drafted, Drafter
from mainspring.agents.models.errors import (
    AnswerInvalid,
    BudgetSpent,
    Cancelled,
    ModelError,
    ModelUnavailable,
)
from mainspring.agents.models.profile import Profile, read

__all__ = [
    "AnswerInvalid",
    "BudgetSpent",
    "Cancelled",
    "Drafted",
    "Drafter",
    "ModelError",
    "ModelUnavailable",
    "Profile",
    "read",
]
