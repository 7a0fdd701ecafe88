"""The public test kit: simulation, crash injection, conformance judges, made-up business data."""

from mainspring.testing.simulation import BpmnError, InstanceView, JobFailure, Simulation

__all__ = ["BpmnError", "InstanceView", "JobFailure", "Simulation"]
