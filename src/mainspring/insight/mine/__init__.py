"""Mining: what the cases of a log say about the process, and how they fit a model."""

from mainspring.insight.mine.conformance import Conformance, Reason, conformance
from mainspring.insight.mine.discovery import discover, discover_tree

__all__ = ["Conformance", "Reason", "conformance", "discover", "discover_tree"]
