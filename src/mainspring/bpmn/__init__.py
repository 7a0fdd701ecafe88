"""Process models: BPMN 2.0 XML with the Zeebe extensions, read without loss and checked against the rules."""

from mainspring.bpmn.errors import Finding, ModelError, refusal
from mainspring.bpmn.model import Element, Model, Process
from mainspring.bpmn.read import load, read, write
from mainspring.bpmn.validate import check, validate

__all__ = [
    "Element",
    "Finding",
    "Model",
    "ModelError",
    "Process",
    "check",
    "load",
    "read",
    "refusal",
    "validate",
    "write",
]
