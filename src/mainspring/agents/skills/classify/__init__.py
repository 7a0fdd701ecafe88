"""Sorting texts into classes, such as the intents of questions or the mood of reviews."""

from mainspring.agents.skills.classify.classifier import Case, Classification, Classifier, Example
from mainspring.agents.skills.classify.embedder import Blend, Embedder, Tfidf, Vectors

__all__ = ["Blend", "Case", "Classification", "Classifier", "Embedder", "Example", "Tfidf", "Vectors"]
