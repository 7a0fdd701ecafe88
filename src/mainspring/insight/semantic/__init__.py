"""The semantic layer: figures, what they may be seen by, and what people call both, in two languages.

A question is read word by word (`lexicon`), turned into a plan of metric, dimensions, filters and period
(`plan`) that is held against the layer (`layer`), and only then into a statement (`figures`). No text of a
question ever becomes part of a statement, and a word that is not understood refuses the question.
"""

from mainspring.insight.semantic.figures import Row, figures
from mainspring.insight.semantic.layer import Dimension, Layer, Metric, read
from mainspring.insight.semantic.lexicon import Lexicon, Meaning, Phrase, Reading
from mainspring.insight.semantic.periods import Period
from mainspring.insight.semantic.plan import Plan, PlanUnfit, check, understood

__all__ = [
    "Dimension",
    "Layer",
    "Lexicon",
    "Meaning",
    "Metric",
    "Period",
    "Phrase",
    "Plan",
    "PlanUnfit",
    "Reading",
    "Row",
    "check",
    "figures",
    "read",
    "understood",
]
