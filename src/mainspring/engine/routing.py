"""Which outgoing sequence flows a token takes."""

from mainspring.engine.errors import Fault
from mainspring.engine.graph import Flow, Node
from mainspring.engine.run import Run
from mainspring.engine.state import ElementInstance


def choose(run: Run, node: Node, record: ElementInstance) -> tuple[Flow, ...]:
    """The flows that leave the element: the first that holds (exclusive), or all that hold.

    Flows without a condition always hold, the default flow only when no condition does.

    Raises:
        Fault: none holds and there is no default flow, or a condition is neither true nor false.
    """
    chosen: list[Flow] = []
    conditional = False
    for flow in node.outgoing:
        if flow is node.default:
            continue
        if flow.condition is None:
            chosen.append(flow)
        elif run.truth(record, flow.condition):
            conditional = True
            chosen.append(flow)
        if chosen and node.exclusive:
            return tuple(chosen)
    if node.default is not None and not conditional:
        chosen.append(node.default)
    if not chosen:
        raise Fault(
            "condition", "no outgoing sequence flow can be taken: no condition holds, no default flow"
        )
    return tuple(chosen)
