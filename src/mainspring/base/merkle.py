"""Merkle trees as RFC 9162 (Certificate Transparency 2.0) defines them: hashes, roots, proofs, verification.

Leaves are hashed with a 0x00 prefix and nodes with 0x01, so that no node can pass for a leaf.
"""

import hashlib
from collections.abc import Callable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
_PAIR = 64  # bytes of two hashes


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes (RFC 9162, 2.1.1), 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node from its children's hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree head over leaf hashes: pair by pair, level by level, an odd last one moving up as it is."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    sha256 = hashlib.sha256
    while len(level) > 1:
        odd = level.pop() if len(level) & 1 else None
        joined = b"".join(level)
        level = [sha256(b"\x01" + joined[at : at + _PAIR]).digest() for at in range(0, len(joined), _PAIR)]
        if odd is not None:
            level.append(odd)
    return level[0]


class Frontier:
    """The right edge of a growing tree: what is needed to append and to give the root, and nothing more."""

    def __init__(self, peaks: Sequence[bytes] = (), size: int = 0) -> None:
        self.peaks = list(peaks)
        self.size = size

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        node, position = leaf, self.size
        while position & 1:
            node = node_hash(self.peaks.pop(), node)
            position >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The head of the tree as it now is."""
        if not self.peaks:
            return EMPTY_ROOT
        head = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            head = node_hash(peak, head)
        return head


Subtree = Callable[[int, int], bytes]
"""Gives the hash of the subtree over the leaves [start, end); the caller may answer from stored tiles."""


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """A Subtree over leaf hashes held in memory."""

    def subtree(start: int, end: int) -> bytes:
        if end - start == 1:
            return leaves[start]
        middle = start + _split(end - start)
        return node_hash(subtree(start, middle), subtree(middle, end))

    return subtree


def _split(size: int) -> int:
    """The largest power of two smaller than size."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of the leaf `index` in the tree of `size` leaves (RFC 9162, 2.1.3.1).

    Raises:
        IndexError: there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} is not in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    path.reverse()
    return path


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path leads from the leaf hash to the head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, position, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and node == head


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of `old` leaves is a prefix of the tree of `size` (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= size:
        raise IndexError(f"a tree of {size} has no earlier tree of {old}")
    path: list[bytes] = []
    start, end, whole = 0, size, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(subtree(start, end))
    path.reverse()
    return path


def verify_consistency(old: int, size: int, old_head: bytes, head: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the old head's tree is a prefix of the new head's (RFC 9162, 2.1.4.2)."""
    if old == size:
        return old_head == head and not path
    if not 0 < old < size or not path:
        return False
    nodes = list(path)
    if old & (old - 1) == 0:
        nodes.insert(0, old_head)
    position, last = old - 1, size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    first = second = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(node, first), node_hash(node, second)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            second = node_hash(second, node)
        position >>= 1
        last >>= 1
    return last == 0 and first == old_head and second == head
