"""Closures of `in` and of unary tests; a tested value stands in the scope under the name `?`."""

import operator
from decimal import Decimal
from typing import Any

from mainspring.feel import ast, operators
from mainspring.feel.codes.compiles import Compiles
from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.functions import Code, Run, Scope
from mainspring.feel.types import Range
from mainspring.feel.values import includes, kind


def membership_test(compiler: Compiles, node: ast.In) -> Code:
    """`value in tests`."""
    value = compiler.compile(node.value)
    if isinstance(node.tests, ast.RangeLiteral):
        return compiler.in_range(value, node.tests)
    if isinstance(node.tests, ast.Tests):
        tests = any_of([compiler.test(test) for test in node.tests.tests])

        def among(scope: Scope, run: Run) -> Any:
            inner = scope.copy()
            inner["?"] = value(scope, run)
            return tests(inner, run)

        return among
    return membership(value, compiler.compile(node.tests), node.pos)


def membership(value: Code, wanted: Code, pos: int) -> Code:
    """Whether a value passes what an expression evaluates to."""

    def membership(scope: Scope, run: Run) -> Any:
        tested, against = value(scope, run), wanted(scope, run)
        result = operators.matches(tested, against, run)
        if result is None:
            run.warn(f"{kind(tested)} cannot be tested against {kind(against)}", pos)
        return result

    return membership


def number_range(value: Code, node: ast.RangeLiteral, slow: Code) -> Code:
    """`value in range` where the ends are number literals."""
    low: Any = node.low.value if isinstance(node.low, ast.Literal) else None
    high: Any = node.high.value if isinstance(node.high, ast.Literal) else None
    span = Range(low, high, node.low_included, node.high_included, node.test)
    above = operator.ge if node.low_included else operator.gt
    below = operator.le if node.high_included else operator.lt
    if node.test in {"=", "!="}:
        wanted = node.test == "="
        return lambda scope, run: (
            (tested == low) is wanted if type(tested := value(scope, run)) is Decimal else slow(scope, run)
        )
    if high is None:
        return lambda scope, run: (
            above(tested, low) if type(tested := value(scope, run)) is Decimal else slow(scope, run)
        )
    if low is None:
        return lambda scope, run: (
            below(tested, high) if type(tested := value(scope, run)) is Decimal else slow(scope, run)
        )

    def within(scope: Scope, run: Run) -> Any:
        tested = value(scope, run)
        if type(tested) is Decimal:
            return above(tested, low) and below(tested, high)
        result = includes(span, tested, run)
        if result is None:
            run.warn(f"{kind(tested)} cannot be tested against range", node.pos)
        return result

    return within


def literal_test(wanted: Any) -> Code:
    """The unary test that is a literal."""
    plain = type(wanted)
    if plain in {Decimal, str, bool}:

        def same(scope: Scope, run: Run) -> Any:
            tested = scope["?"]
            return tested == wanted if type(tested) is plain else operators.matches(tested, wanted, run)

        return same
    return lambda scope, run: operators.matches(scope["?"], wanted, run)


def boolean_test(code: Code) -> Code:
    """The unary test that mentions `?`: its own value decides."""

    def boolean(scope: Scope, run: Run) -> Any:
        value = code(scope, run)
        return value if type(value) is bool else None

    return boolean


def value_test(code: Code, pos: int) -> Code:
    """The unary test that is any other expression."""

    def value_test(scope: Scope, run: Run) -> Any:
        wanted, tested = code(scope, run), scope["?"]
        if type(wanted) is bool and type(tested) is not bool:
            return wanted if tested is not None else wanted or None
        result = operators.matches(tested, wanted, run)
        if result is None:
            run.warn(f"{kind(tested)} cannot be tested against {kind(wanted)}", pos)
        return result

    return value_test


def any_of(tests: list[Code]) -> Code:
    """True when one test is; null when one is null and none true."""

    def any_of(scope: Scope, run: Run) -> Any:
        result: bool | None = False
        for test in tests:
            value = test(scope, run)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return any_of


def negated(test: Code) -> Code:
    """True when the test is false."""

    def negated(scope: Scope, run: Run) -> Any:
        value = test(scope, run)
        return None if value is None else not value

    return negated


def stray_tests(compiler: Compiles, node: ast.Tests) -> Code:
    """A list of tests where none may stand."""
    raise FeelSyntaxError("a list of tests can only follow 'in'", compiler.text, node.pos)
