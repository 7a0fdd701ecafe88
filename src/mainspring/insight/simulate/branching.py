"""Which way cases go at the gateways of a model, learned by aligning them with it.

The model is prepared so that each exclusive gateway asks a variable of its own; what the gateways between two
activities chose is learned together, by the activities before, so that a case never takes ways that exclude
each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from lxml import etree

from mainspring import bpmn
from mainspring.base import xml
from mainspring.insight.mine.align import Aligner, Alignment
from mainspring.insight.mine.net import net_of
from mainspring.insight.mine.play import Play
from mainspring.simulation.scenario import Branching, Choices, History

if TYPE_CHECKING:
    from mainspring.bpmn import Model
    from mainspring.insight.log import Log

MOST_VARIANTS = 1_000
DEPTH = 3
_FEWEST = 20
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

Ways = Mapping[
    str, tuple[str, str]
]  # sequence flow -> variable of its gateway, and the value that chooses it
_Seen = dict[str, str]


class Prepared(NamedTuple):
    """A model whose exclusive gateways ask variables, and which values choose which flow."""

    data: bytes
    ways: Ways


def prepared(model: "Model") -> Prepared:
    """Let every exclusive gateway with several ways out ask a variable of its own."""
    root = xml.parse(bpmn.write(model), model.source)
    ways: dict[str, tuple[str, str]] = {}
    gateways = list(root.iter(f"{_BPMN}exclusiveGateway"))
    flows: dict[str, list[etree._Element]] = defaultdict(list)
    for flow in root.iter(f"{_BPMN}sequenceFlow"):
        flows[flow.get("sourceRef", "")].append(flow)
    for number, gateway in enumerate(gateways, 1):
        out = flows[gateway.get("id", "")]
        if len(out) < 2:  # noqa: PLR2004 - a choice is between two
            continue
        for place, flow in enumerate(out):
            ways[flow.get("id", "")] = (f"way_{number}", str(place))
            for old in flow.findall(f"{_BPMN}conditionExpression"):
                flow.remove(old)
            if place:
                condition = etree.SubElement(flow, f"{_BPMN}conditionExpression")
                condition.set(f"{_XSI}type", "bpmn:tFormalExpression")
                condition.text = f'=way_{number} = "{place}"'
        gateway.set("default", out[0].get("id", ""))
    return Prepared(etree.tostring(root, encoding="UTF-8", xml_declaration=True), ways)


def branching(log: "Log", model: "Model", ways: Ways, process_id: str | None = None) -> Branching:
    """Learn the ways of the most frequent variants of a log."""
    net = net_of(model, process_id, log.activities)
    aligner, found = Aligner(Play(net)), log.grouped()
    counts: dict[History, Counter[tuple[tuple[str, str], ...]]] = defaultdict(Counter)
    single: dict[str, Counter[str]] = defaultdict(Counter)
    for trace, number in zip(log.sequences(found), found.counts.tolist()[:MOST_VARIANTS], strict=False):
        for past, seen in _decisions(aligner.align(trace), net.flows, ways):
            key = tuple(sorted(seen.items()))
            for back in range(min(DEPTH, len(past)) + 1):
                if back or not past:
                    counts[past[:back]][key] += number
            for variable, value in seen.items():
                single[variable][value] += number
    often = {
        past: _choices([dict(key) for key in table], list(table.values()))
        for past, table in counts.items()
        if len(past) <= 1 or table.total() >= _FEWEST
    }
    first = {
        variable: _choices([{variable: value} for value in table], list(table.values()))
        for variable, table in single.items()
    }
    return Branching(often, first, DEPTH)


def _decisions(alignment: Alignment, flows: Mapping[int, str], ways: Ways) -> Iterator[tuple[History, _Seen]]:
    """What the gateways chose after each activity; left out where one was asked twice with two answers."""
    past: History = ()
    seen: _Seen = {}
    clear = True
    for move in alignment.moves:
        if move.label:
            if clear:
                yield past, seen
            past, seen, clear = (move.label, *past[: DEPTH - 1]), {}, True
            continue
        way = ways.get(flows.get(move.marks, ""))
        if way is not None:
            clear = clear and seen.get(way[0], way[1]) == way[1]
            seen[way[0]] = way[1]
    if clear:
        yield past, seen


def _choices(values: Sequence[_Seen], counts: Sequence[int]) -> Choices:
    return tuple(values), np.array(counts, float)
