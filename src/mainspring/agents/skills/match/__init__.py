"""Text to catalogue: which product a line means, how sure that is and why, or that a person must say."""

from mainspring.agents.skills.match.catalogue import Catalogue
from mainspring.agents.skills.match.model import Alternative, Match, Product

__all__ = ["Alternative", "Catalogue", "Match", "Product"]
