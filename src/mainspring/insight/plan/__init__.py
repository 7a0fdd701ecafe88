"""Planning: process architecture, scenes for AI, how far a process is, and what to do in which order.

Terms and rules are those of `docs/plan.md`.
"""

from mainspring.insight.plan.autonomy import Autonomy, Facts, autonomy
from mainspring.insight.plan.landscape import Landscape, Node, Weights, read, written
from mainspring.insight.plan.roadmap import Step, roadmap
from mainspring.insight.plan.scenes import Scene, scenes

__all__ = [
    "Autonomy",
    "Facts",
    "Landscape",
    "Node",
    "Scene",
    "Step",
    "Weights",
    "autonomy",
    "read",
    "roadmap",
    "scenes",
    "written",
]
