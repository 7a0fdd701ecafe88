"""Closures of arithmetic, comparisons and boolean junctions."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mainspring.feel import ast, operators
from mainspring.feel.codes.compiles import Compiles
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Code, Run, Scope
from mainspring.feel.values import compare, equal, kind

SLOW_STEPS = {"**": 60}
"""A power takes tens of microseconds, other operators on other than plain numbers about two."""

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def arithmetic(compiler: Compiles, node: ast.Arithmetic) -> Code:
    """A chain of operators; a long one runs in a loop, so that its length costs no depth."""
    spine: list[ast.Arithmetic] = []
    left: ast.Node = node
    while isinstance(left, ast.Arithmetic):
        spine.append(left)
        left = left.left
    code = compiler.compile(left)
    steps = [(part.op, compiler.compile(part.right), part.pos) for part in reversed(spine)]
    if len(steps) <= 3:  # noqa: PLR2004  nesting is fastest while it is shallow
        for op, right, pos in steps:
            code = _binary(op, code, right, pos)
        return code
    first = code
    quick = [(operators.FAST.get(op), op, right, pos) for op, right, pos in steps]

    def chain(scope: Scope, run: Run) -> Any:
        value = first(scope, run)
        for fast, op, right, pos in quick:
            other = right(scope, run)
            if fast is not None and type(value) is Decimal and type(other) is Decimal:
                try:
                    value = fast(value, other)
                    continue
                except ArithmeticError:
                    pass
            value = calculate(op, value, other, pos, run)
        return value

    return chain


def calculate(op: str, left: Any, right: Any, pos: int, run: Run) -> Any:
    """`left op right`, null with a warning where that is not defined."""
    run.spend(SLOW_STEPS.get(op, 2))
    try:
        return operators.arithmetic(op, left, right, run)
    except EvaluationError as error:
        run.warn(str(error), pos)
        return None


def _binary(op: str, left: Code, right: Code, pos: int) -> Code:
    fast = operators.FAST.get(op)
    if fast is None:
        return lambda scope, run: calculate(op, left(scope, run), right(scope, run), pos, run)

    def binary(scope: Scope, run: Run) -> Any:
        first, second = left(scope, run), right(scope, run)
        if type(first) is Decimal and type(second) is Decimal:
            try:
                return fast(first, second)
            except ArithmeticError:
                pass
        return calculate(op, first, second, pos, run)

    return binary


def negation(compiler: Compiles, node: ast.Negation) -> Code:
    """`-operand`."""
    operand, pos = compiler.compile(node.operand), node.pos

    def negation(scope: Scope, run: Run) -> Any:
        try:
            return operators.negate(operand(scope, run))
        except EvaluationError as error:
            run.warn(str(error), pos)
            return None

    return negation


def comparison(compiler: Compiles, node: ast.Comparison) -> Code:
    """`left op right`."""
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    if node.op in _ORDER:
        slow = _ordered(node.op, left, right, node.pos)
        if isinstance(node.right, ast.Literal) and type(node.right.value) is Decimal:
            return _against_number(_ORDER[node.op], left, node, slow)
        return slow
    return _equality(left, right, node)


def _against_number(order: Callable[[Any, Any], bool], left: Code, node: ast.Comparison, slow: Code) -> Code:
    constant = node.right.value if isinstance(node.right, ast.Literal) else None
    if isinstance(node.left, ast.Name):
        name = node.left.name

        def variable(scope: Scope, run: Run) -> Any:
            value = scope.get(name)
            return order(value, constant) if type(value) is Decimal else slow(scope, run)

        return variable
    pos = node.pos

    def compared(scope: Scope, run: Run) -> Any:
        value = left(scope, run)
        if type(value) is Decimal:
            return order(value, constant)
        return _order_of(node.op, value, constant, pos, run)

    return compared


def _ordered(op: str, left: Code, right: Code, pos: int) -> Code:
    order = _ORDER[op]

    def ordered(scope: Scope, run: Run) -> Any:
        first, second = left(scope, run), right(scope, run)
        if type(first) is Decimal and type(second) is Decimal:
            return order(first, second)
        return _order_of(op, first, second, pos, run)

    return ordered


def _order_of(op: str, first: Any, second: Any, pos: int, run: Run) -> bool | None:
    result = compare(first, second)
    if result is None:
        run.warn(f"{kind(first)} {op} {kind(second)} cannot be compared", pos)
        return None
    if op in {"<=", ">="} and result != 0 and equal(first, second, run):
        return True
    return _ORDER[op](result, 0)


def _equality(left: Code, right: Code, node: ast.Comparison) -> Code:
    pos, wanted = node.pos, node.op == "="
    constant = node.right.value if isinstance(node.right, ast.Literal) else None
    plain = type(constant) if type(constant) in {str, Decimal, bool} else object

    def equality(scope: Scope, run: Run) -> Any:
        first = left(scope, run)
        if type(first) is plain:
            return (first == constant) is wanted
        second = right(scope, run)
        result = equal(first, second, run)
        if result is None:
            run.warn(f"{kind(first)} and {kind(second)} cannot be equal", pos)
            return None
        return result is wanted

    return equality


def junction(compiler: Compiles, node: ast.Junction) -> Code:
    """`and` and `or`, three-valued: null unless an operand decides."""
    codes = tuple(compiler.compile(operand) for operand in node.operands)
    decided, other = not node.all, node.all
    odd = _odd_operand("and" if node.all else "or", node.pos, other=other)
    if len(codes) == 2:  # noqa: PLR2004  a pair is worth its own closure
        return _pair(codes[0], codes[1], odd, decided=decided)

    def several(scope: Scope, run: Run) -> Any:
        result: bool | None = other
        for code in codes:
            value = code(scope, run)
            if value is decided:
                return decided
            if value is not other:
                result = None
                odd(value, run)
        return result

    return several


def _odd_operand(word: str, pos: int, *, other: bool) -> Callable[[Any, Run], None]:
    """Warns of an operand that is neither boolean nor null."""

    def odd(value: Any, run: Run) -> None:
        if value is not None and value is not other:
            run.warn(f"'{word}' of a {kind(value)}", pos)

    return odd


def _pair(first: Code, second: Code, odd: Callable[[Any, Run], None], *, decided: bool) -> Code:
    other = not decided

    def pair(scope: Scope, run: Run) -> Any:
        left = first(scope, run)
        if left is decided:
            return decided
        right = second(scope, run)
        if right is decided:
            return decided
        if left is other and right is other:
            return other
        odd(left, run)
        odd(right, run)
        return None

    return pair


def between(compiler: Compiles, node: ast.Between) -> Code:
    """`value between low and high`, both ends included."""
    value, low, high = (compiler.compile(part) for part in (node.value, node.low, node.high))
    pos = node.pos

    def between(scope: Scope, run: Run) -> Any:
        tested = value(scope, run)
        above = _order_of(">=", tested, low(scope, run), pos, run)
        below = _order_of("<=", tested, high(scope, run), pos, run)
        if above is False or below is False:
            return None if above is None or below is None else False
        return above and below

    return between
