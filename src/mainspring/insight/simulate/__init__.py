"""Simulation seeded with what was mined: scenarios learned from any log, or from our own."""

from mainspring.insight.simulate.learn import learn

__all__ = ["learn"]
