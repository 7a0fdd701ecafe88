"""The inductive miner finds known models again, and what it finds can be deployed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainspring import bpmn
from mainspring.insight.errors import MiningError
from mainspring.insight.log import Log, from_cases
from mainspring.insight.mine import discover_tree

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def logged(*traces: str) -> Log:
    return from_cases(
        {str(number): [(what, at) for at, what in enumerate(trace)] for number, trace in enumerate(traces)}
    )


@pytest.mark.parametrize(
    ("traces", "tree"),
    [
        (("abc",), "sequence('a', 'b', 'c')"),
        (("ab", "ac"), "sequence('a', choice('b', 'c'))"),
        (("abc", "acb"), "sequence('a', parallel('b', 'c'))"),
        (("ac", "abc"), "sequence('a', choice(-, 'b'), 'c')"),
        (("ab", "abcab", "abcabcab"), "loop(sequence('a', 'b'), 'c')"),
        (("a", "aa", "aaa"), "loop('a', -)"),
        (("ad", "abcd"), "sequence('a', choice(-, sequence('b', 'c')), 'd')"),
        (("ad", "abd", "abcd"), "sequence('a', choice(-, sequence('b', choice(-, 'c'))), 'd')"),
        (("ad", "acd", "abcd"), "sequence('a', choice(-, sequence(choice(-, 'b'), 'c')), 'd')"),
        (("ad", "abd", "acd", "abcd"), "sequence('a', choice(-, 'b'), choice(-, 'c'), 'd')"),
    ],
)
def test_a_known_process_is_found_again(traces: tuple[str, ...], tree: str) -> None:
    assert str(discover_tree(logged(*traces), 0)) == tree


def test_rare_behaviour_is_left_out() -> None:
    log = logged(*["abcd"] * 50, "acbdab")
    assert str(discover_tree(log, 0.2)) == "sequence('a', 'b', 'c', 'd')"
    assert str(discover_tree(log, 0)) != str(discover_tree(log, 0.2))


def test_what_is_seldom_left_out_is_no_block_of_its_own() -> None:
    log = logged(*["mrc"] * 90, *["mcrmcr"] * 3, "mirc", *["mi"] * 2)
    assert str(discover_tree(log, 0.2)) == "sequence('m', choice(-, 'i'), 'r', loop('c', -))"


def test_a_share_of_noise_is_asked_for() -> None:
    with pytest.raises(MiningError, match="no share"):
        discover_tree(logged("ab"), 20)


def test_too_many_activities_are_refused() -> None:
    log = from_cases({"c": [(str(number), number) for number in range(1100)]})
    with pytest.raises(MiningError, match="too many"):
        discover_tree(log)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("abcde", min_size=1, max_size=8), min_size=1, max_size=12), st.sampled_from([0, 0.2]))
def test_every_mined_model_can_be_deployed_and_is_drawn(traces: list[str], noise: float) -> None:
    model = logged(*traces).discover(noise)
    assert bpmn.validate(model) == []
    (process,) = model.processes
    drawn = {shape.get("bpmnElement") for shape in model.xml.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}
    assert drawn == {element.id for element in process.element.walk() if element.id} - {process.id}
