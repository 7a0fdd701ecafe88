"""The Merkle tree gives proofs that verify, and none that should not."""

from hypothesis import given
from hypothesis import strategies as st

from mainspring.base import merkle

leaves_and_index = st.integers(1, 70).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1)))


def hashes(count: int) -> list[bytes]:
    return [merkle.leaf_hash(str(i).encode()) for i in range(count)]


@given(leaves_and_index)
def test_every_leaf_proves_its_place(pair: tuple[int, int]) -> None:
    size, index = pair
    leaves = hashes(size)
    path = merkle.inclusion_proof(index, size, merkle.subtree_of(leaves))
    assert merkle.verify_inclusion(leaves[index], index, size, path, merkle.root(leaves))


@given(leaves_and_index)
def test_a_changed_leaf_is_found(pair: tuple[int, int]) -> None:
    size, index = pair
    leaves = hashes(size)
    path = merkle.inclusion_proof(index, size, merkle.subtree_of(leaves))
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"forged"), index, size, path, merkle.root(leaves))


@given(leaves_and_index)
def test_an_earlier_tree_is_a_prefix_of_the_later(pair: tuple[int, int]) -> None:
    size, old = pair[0], pair[1] + 1
    leaves = hashes(size)
    path = merkle.consistency_proof(old, size, merkle.subtree_of(leaves))
    old_head, head = merkle.root(leaves[:old]), merkle.root(leaves)
    assert merkle.verify_consistency(old, size, old_head, head, path)
    if old < size:
        assert not merkle.verify_consistency(old, size, merkle.leaf_hash(b"forged"), head, path)


def test_the_growing_edge_gives_the_same_root_as_the_whole_tree() -> None:
    leaves = hashes(37)
    edge = merkle.Frontier()
    for count, leaf in enumerate(leaves, 1):
        edge.append(leaf)
        assert edge.root() == merkle.subtree_of(leaves)(0, count)
