"""Two versions on the same cases: counted value by value; one that does worse loses."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.comparison import Sample, compare, sample
from mainspring.agents.draft import Draft

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def drawn(values: dict[str, Any], answer: dict[str, Any], **draft: Any) -> Sample:
    return sample(Draft(values, **draft), answer, 0.9)


def test_values_are_counted_one_by_one_and_lines_in_order() -> None:
    answer = {"kind": "order", "lines": [{"sku": "A"}, {"sku": "B"}]}
    found = drawn({"kind": "order", "lines": [{"sku": "A"}, {"sku": "C"}]}, answer)
    assert (found.right, found.values) == (2, 3)


def test_a_line_too_many_is_wrong() -> None:
    found = drawn({"lines": [{"sku": "A"}, {"sku": "B"}]}, {"lines": [{"sku": "A"}]})
    assert (found.right, found.values) == (1, 2)


def test_an_error_counts_as_unseen_only_where_nobody_would_look() -> None:
    assert drawn({"a": 1}, {"a": 2}, confidence=0.95).wrong_unseen
    assert not drawn({"a": 1}, {"a": 2}, confidence=0.5).wrong_unseen
    assert not drawn({"a": 1}, {"a": 2}, doubts=("hm",)).wrong_unseen


def test_a_version_loses_with_fewer_values_right_or_more_errors_unseen() -> None:
    good, bad, blind = Sample(2, 2, unseen=False), Sample(1, 2, unseen=False), Sample(1, 2, unseen=True)
    worse = compare([(1, True, good, bad)])
    assert worse.loses
    assert worse.worse == (1,)
    assert compare([(1, True, bad, blind)]).loses
    assert not compare([(1, True, bad, good)]).loses
    assert not compare([]).loses


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_a_draft_that_is_the_answer_is_wholly_right(answer: dict[str, Any]) -> None:
    found = drawn(answer, answer)
    assert found.right == found.values
