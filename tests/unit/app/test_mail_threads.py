"""Threads of letters: letters are together whichever came first, and cases are never mixed."""

from hypothesis import given
from hypothesis import strategies as st

from mainspring.app.mail.envelope import read
from mainspring.app.mail.threads import place

IDS = st.integers(0, 11).map("m{}".format)
LETTERS = st.lists(st.tuples(IDS, st.lists(IDS, max_size=3)), min_size=1, max_size=12)


def threaded(letters: list[tuple[str, list[str]]], cases: dict[int, int] | None = None) -> dict[str, int]:
    """Thread by id after these letters came in this order, as the mailroom keeps them."""
    known: dict[str, int] = {}
    for number, (own, references) in enumerate(letters, 1):
        found = place(own, references, known, cases or {}, fresh=number)
        for one, thread in known.items():
            if thread in found.joined:
                known[one] = found.thread
        for one in (own, *references):
            known.setdefault(one, found.thread)
    return known


def parts(known: dict[str, int]) -> set[frozenset[str]]:
    return {frozenset(one for one, thread in known.items() if thread == each) for each in set(known.values())}


@given(LETTERS, st.randoms(use_true_random=False))
def test_threads_do_not_depend_on_the_order_of_arrival(
    letters: list[tuple[str, list[str]]], rest: object
) -> None:
    shuffled = list(letters)
    rest.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert parts(threaded(letters)) == parts(threaded(shuffled))


@given(LETTERS)
def test_a_letter_is_with_every_letter_that_it_names(letters: list[tuple[str, list[str]]]) -> None:
    known = threaded(letters)
    assert all(known[own] == known[one] for own, references in letters for one in references)


@given(st.permutations([1, 2]))
def test_threads_of_different_cases_stay_apart(nearest: list[int]) -> None:
    known = {"a": 1, "b": 2}
    names = [{1: "a", 2: "b"}[one] for one in nearest]
    found = place("c", names, known, {1: 100, 2: 200}, fresh=3)
    assert (found.thread, found.joined) == (nearest[0], frozenset())


@given(st.binary(max_size=300))
def test_any_bytes_are_a_letter(content: bytes) -> None:
    envelope = read(content)
    assert "" not in envelope.references
    assert envelope.message_id not in envelope.references or not envelope.message_id


def test_the_nearest_letter_comes_first_among_the_references() -> None:
    head = b"Message-ID: <c@x>\r\nReferences: <a@x> <b@x>\r\nIn-Reply-To: <b@x>\r\n\r\nYes\r\n"
    assert read(head).references == ("b@x", "a@x")
