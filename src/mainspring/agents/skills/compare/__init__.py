"""Comparing two versions of a text: what changed, where, and which changes a person should look at first."""

from mainspring.agents.skills.compare.comparison import compare
from mainspring.agents.skills.compare.model import Cell, Change, Clause, Comparison, Edit
from mainspring.agents.skills.compare.wording import edits

__all__ = ["Cell", "Change", "Clause", "Comparison", "Edit", "compare", "edits"]
