"""Simulation: models driven on a virtual clock, for tests, for trying out and for what-if."""

from mainspring.simulation.clock import VirtualClock
from mainspring.simulation.driver import Driver, People, Report

__all__ = ["Driver", "People", "Report", "VirtualClock"]
