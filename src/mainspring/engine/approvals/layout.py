"""What comes after what in one scope, as drawn: for moving tokens so that no join waits for ever.

`downstream` of an element is everything its token can come to before it would come to something that every
way to the element leads through (a dominator). So a loop around the element does not make what lies before it
come after it, and a branch beside it belongs to it only if the split lies behind the element.
"""

from collections.abc import Iterable, Iterator

from mainspring.engine.graph import Node


class Layout:
    """The flows of one scope: sequence flows, activities to their boundary events, links."""

    def __init__(self, scope: Node) -> None:
        self.scope = scope
        self._after: dict[Node, list[Node]] = {node: list(_next(node, scope)) for node in scope.children}
        led_to = {node for nodes in self._after.values() for node in nodes}
        self._entries = [node for node in scope.children if node not in led_to]

    def downstream(self, node: Node) -> set[Node]:
        """The elements that a token of `node` can come to, up to what dominates it."""
        return self._reach(self._after[node], {node, *self._dominators(node)})

    def leads(self, start: Node, end: Node, within: set[Node]) -> bool:
        """Whether a way leads from one element to the other inside of `within`."""
        return start is end or end in self._reach([start], set(self._after) - within)

    def joins(self, node: Node, downstream: set[Node]) -> Iterator[tuple[Node, Node]]:
        """Joins after `node` that also wait for a branch which does not begin there: (join, last of it)."""
        own = {node, *downstream}
        for join in self.scope.children:
            if join in downstream and join.gather is not None:
                other = next((flow.source for flow in join.incoming if flow.source not in own), None)
                if other is not None:
                    yield join, other

    def feeds(self, join: Node, node: Node, downstream: set[Node]) -> frozenset[str]:
        """The flows by which a token of `node` can come to the join."""
        own = {node, *downstream}
        return frozenset(flow.id for flow in join.incoming if flow.source in own)

    def _dominators(self, node: Node) -> set[Node]:
        before = [
            each for each in self._after if each is not node and self.leads(each, node, set(self._after))
        ]
        return {each for each in before if node not in self._reach(self._entries, {each})}

    def _reach(self, begin: Iterable[Node], closed: set[Node]) -> set[Node]:
        found: set[Node] = set()
        waiting = list(begin)
        while waiting:
            node = waiting.pop()
            if node not in found and node not in closed:
                found.add(node)
                waiting.extend(self._after[node])
        return found


def _next(node: Node, scope: Node) -> Iterator[Node]:
    yield from (flow.target for flow in node.outgoing)
    yield from node.boundaries
    for event in node.events:
        if event.kind == "link" and event.target:
            yield from (each for each in scope.children if each.id == event.target)


def lifted(node: Node, scope: Node) -> Node | None:
    """The child of `scope` that is the element or has it inside; None: it lies elsewhere."""
    found: Node | None = node
    while found is not None and found.parent is not scope:
        found = found.parent
    return found
