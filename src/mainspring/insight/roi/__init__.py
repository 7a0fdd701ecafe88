"""Return on investment: what AI costs and brings, what is measured apart from what is assumed.

Formulas are those of `docs/roi.md`; the kinds of cost and benefit stand with them in `items.yaml`.
"""

from mainspring.insight.roi.ledger import Ledger, read
from mainspring.insight.roi.measured import Observed, observed
from mainspring.insight.roi.reckoning import Result, reckon
from mainspring.insight.roi.sensitivity import Swing, sensitivity

__all__ = ["Ledger", "Observed", "Result", "Swing", "observed", "read", "reckon", "sensitivity"]
