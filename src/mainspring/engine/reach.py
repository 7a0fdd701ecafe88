"""From where an inclusive or complex gateway can still be reached, as bit sets over node numbers."""

from mainspring.engine.graph import Node


def reachable(join: Node, scope: Node) -> dict[str, int]:
    """Per incoming flow of `join`: the nodes of the scope from which a token can come along it.

    Paths lead along sequence flows, from an activity to its boundary events and over links, but not through
    the join itself (BPMN 2.0, 13.4.3).
    """
    before: dict[int, list[Node]] = {node.index: [] for node in scope.children}
    for node in scope.children:
        for flow in node.outgoing:
            before[flow.target.index].append(node)
        for boundary in node.boundaries:
            before[boundary.index].append(node)
        for event in node.events:
            target = next((n for n in scope.children if n.id == event.target), None)
            if event.kind == "link" and target is not None:
                before[target.index].append(node)
    return {flow.id: _upstream(flow.source, join, before) for flow in join.incoming}


def _upstream(end: Node, join: Node, before: dict[int, list[Node]]) -> int:
    found = 0
    waiting = [end]
    while waiting:
        node = waiting.pop()
        bit = 1 << node.index
        if node is join or found & bit:
            continue
        found |= bit
        waiting.extend(before[node.index])
    return found
