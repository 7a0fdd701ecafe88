"""Process trees: block-structured models that are sound by construction."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["activity", "silent", "choice", "sequence", "parallel", "loop"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A block: an activity, nothing at all (silent), or an operator over blocks.

    A loop's first child is its body; the second is done before the body is done again.
    """

    kind: Kind
    label: str = ""
    children: tuple["Tree", ...] = ()

    def __str__(self) -> str:
        if self.kind == "activity":
            return repr(self.label)
        if self.kind == "silent":
            return "-"
        return f"{self.kind}({', '.join(map(str, self.children))})"

    def walk(self) -> Iterator["Tree"]:
        """This block and all inside it."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting.extend(reversed(block.children))


SILENT = Tree("silent")


def activity(label: str) -> Tree:
    """A leaf."""
    return Tree("activity", label)


def block(kind: Kind, *children: Tree) -> Tree:
    """An operator, simplified without changing its language."""
    if kind in {"sequence", "parallel"}:
        children = tuple(child for child in _flat(kind, children) if child != SILENT)
        if not children:
            return SILENT
    elif kind == "choice":
        children = tuple(dict.fromkeys(_flat(kind, children)))
        if SILENT in children and any(_may_be_empty(child) for child in children if child != SILENT):
            children = tuple(child for child in children if child != SILENT)
    if len(children) == 1:
        return children[0]
    return Tree(kind, "", children)


def _flat(kind: Kind, children: tuple[Tree, ...]) -> Iterator[Tree]:
    for child in children:
        if child.kind == kind:
            yield from child.children
        else:
            yield child


def _may_be_empty(tree: Tree) -> bool:
    if tree.kind in {"activity", "silent"}:
        return tree.kind == "silent"
    if tree.kind == "choice":
        return any(map(_may_be_empty, tree.children))
    if tree.kind == "loop":
        return _may_be_empty(tree.children[0])
    return all(map(_may_be_empty, tree.children))
