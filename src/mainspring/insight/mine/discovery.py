"""A process model from a log."""

from typing import TYPE_CHECKING

import numpy as np

from mainspring.insight.mine.inductive import inductive
from mainspring.insight.mine.traces import Traces
from mainspring.insight.mine.tree import Tree

if TYPE_CHECKING:
    from mainspring.bpmn import Model
    from mainspring.insight.log import Log


def distinct(log: "Log") -> Traces:
    """The variants of a log as traces with weights."""
    found = log.grouped()
    lengths = np.diff(log.offsets)[found.case_of]
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    place = np.arange(offsets[-1]) + np.repeat(log.offsets[found.case_of] - offsets[:-1], lengths)
    return Traces(log.activity[place].astype(np.int64), offsets, found.counts)


def discover_tree(log: "Log", noise: float = 0.2) -> Tree:
    """The process tree of the inductive miner (infrequent)."""
    return inductive(distinct(log), log.activities, noise)


def discover(log: "Log", noise: float = 0.2) -> "Model":
    """The same as a BPMN model with its drawing."""
    from mainspring.insight.mine.drawn import as_bpmn  # reading XML is not loaded for a tree

    return as_bpmn(discover_tree(log, noise))
