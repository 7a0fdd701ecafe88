"""No expression hangs, grows or crashes the evaluator."""

import sys
import tracemalloc
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from mainspring import feel
from mainspring.feel import Limits

BENCH = Path(__file__).parents[3] / "bench"
MEGABYTES_50 = 50_000_000


def _hostile() -> ModuleType:
    spec = spec_from_file_location("hostile_feel", BENCH / "hostile_feel.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = _hostile()
EXPRESSIONS: list[str] = HOSTILE.expressions()
INPUTS: list[tuple[str, dict[str, object]]] = HOSTILE.inputs()


def test_there_are_at_least_a_hundred_hostile_expressions() -> None:
    assert len(set(EXPRESSIONS)) >= 100


@pytest.mark.timeout(20)
@pytest.mark.parametrize("number", range(len(INPUTS)))
def test_hostile_data_are_answered(number: int) -> None:
    text, given = INPUTS[number]
    assert len(feel.compile(text).evaluate(given).warnings) <= 100


@pytest.mark.timeout(20)
@pytest.mark.parametrize("number", range(len(EXPRESSIONS)))
def test_a_hostile_expression_answers_or_is_refused_within_50_megabytes(number: int) -> None:
    tracemalloc.start()
    try:
        feel.compile(EXPRESSIONS[number]).evaluate({})
    except feel.FeelSyntaxError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MEGABYTES_50


def test_an_evaluation_that_needs_too_much_gives_null_and_says_so() -> None:
    result = feel.compile("for i in 1..1000000 return i").evaluate({})
    assert result.value is None
    assert "steps" in result.warnings[0].message


def test_more_steps_may_be_granted() -> None:
    expression = feel.compile("count(for i in 1..100000 return i)")
    assert expression.evaluate({}).value is None
    assert expression.evaluate({}, limits=Limits(steps=1_000_000)).value == 100_000


def test_a_pattern_that_explodes_is_given_up() -> None:
    result = feel.compile(f'matches("{"a" * 50}!", "(a|aa)+$")').evaluate({})
    assert result.value is None
    assert "too long" in result.warnings[0].message


def test_endless_recursion_ends() -> None:
    result = feel.compile("{f: function(x) x(x), r: f(f)}.r").evaluate({})
    assert result.value is None
    assert result.warnings


def test_a_caller_deep_in_its_own_stack_gets_an_answer_too() -> None:
    def deep(levels: int) -> object:
        return deep(levels - 1) if levels else feel.evaluate("(" * 60 + "1" + ")" * 60, {})

    with pytest.raises(feel.FeelSyntaxError):
        deep(sys.getrecursionlimit() - 150)
