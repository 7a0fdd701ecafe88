"""Whether two records, such as the offers of two shops, mean one thing, and why."""

from mainspring.agents.skills.pairs.blocking import candidates
from mainspring.agents.skills.pairs.matcher import Judgement, PairMatcher

__all__ = ["Judgement", "PairMatcher", "candidates"]
