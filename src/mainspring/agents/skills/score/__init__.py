"""Scores leads and the like from labelled rows: a probability with its reasons, saved as JSON."""

from mainspring.agents.skills.score.errors import ScoreError
from mainspring.agents.skills.score.scorer import LeadScorer, Reason, Score

__all__ = ["LeadScorer", "Reason", "Score", "ScoreError"]
