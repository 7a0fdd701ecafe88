"""Pricing learned from history: what this customer would be asked for this quantity now, and why."""

from mainspring.agents.skills.price.book import Habits, PriceBook
from mainspring.agents.skills.price.model import PriceSuggestion, Sale

__all__ = ["Habits", "PriceBook", "PriceSuggestion", "Sale"]
