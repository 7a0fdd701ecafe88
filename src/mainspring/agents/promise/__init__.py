"""The promise about errors: how much may pass unseen, and from which confidence that holds."""

from mainspring.agents.promise.plan import Plan, audited, plan, settles
from mainspring.agents.promise.promise import Promise
from mainspring.agents.promise.statement import Standing, sentence
from mainspring.agents.promise.threshold import Judged, Opening

__all__ = ["Judged", "Opening", "Plan", "Promise", "Standing", "audited", "plan", "sentence", "settles"]
