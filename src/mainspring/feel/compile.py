"""A FEEL tree into nested Python closures `code(scope, run) -> value`.

A scope is a plain dict of names that closures never change; who adds names copies it first. What fails gives null
and a warning with its position. The commonest shapes (a variable against a number, an entry against a string) have
closures of their own, since conditions of processes and cells of tables are made of little else.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from mainspring.feel import ast, loops, operators
from mainspring.feel.errors import EvaluationError, FeelSyntaxError
from mainspring.feel.freenames import free_names
from mainspring.feel.functions import Builtin, Code, Function, Run, Scope
from mainspring.feel.types import Range
from mainspring.feel.typing import Type, checker, is_instance, resolve
from mainspring.feel.values import ORDERED, compare, equal, includes, kind, number

_MISSING: Any = object()
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Compiler:
    """Compiles the parts of one text.

    Args:
        text: the text, for messages.
        builtins: the functions of the language by name.
        types: the declared types by name.
    """

    def __init__(self, text: str, builtins: Mapping[str, Builtin], types: Mapping[str, Type]) -> None:
        self.text = text
        self.builtins = builtins
        self.types = types

    def compile(self, node: ast.Node) -> Code:
        """The closure of a part."""
        return _COMPILERS[type(node)](self, node)

    def tests(self, node: ast.Tests) -> Code:
        """The closure of unary tests, which finds the tested value under the name `?`."""
        tests = [self.test(test) for test in node.tests]
        if len(tests) == 1:
            return _negated(tests[0]) if node.negated else tests[0]
        return _negated(_any_of(tests)) if node.negated else _any_of(tests)

    def test(self, node: ast.Node) -> Code:
        """The closure of one unary test."""
        if isinstance(node, ast.Any_):
            return lambda _scope, _run: True
        if isinstance(node, ast.RangeLiteral):
            return self.in_range(lambda scope, _run: scope["?"], node)
        code = self.compile(node)
        if "?" in free_names(node):
            return _boolean_test(code)
        if isinstance(node, ast.Literal):
            return _literal_test(node.value)
        return _value_test(code, node.pos)

    def in_range(self, value: Code, node: ast.RangeLiteral) -> Code:
        """The closure of `value in range`; with number literals as ends a fast one."""
        ends = [end.value for end in (node.low, node.high) if isinstance(end, ast.Literal)]
        given = [end for end in (node.low, node.high) if end is not None]
        slow = _membership(value, self.compile(node), node.pos)
        if len(ends) != len(given) or not ends or not all(type(end) is Decimal for end in ends):
            return slow
        return _number_range(value, node, slow)


# Names and literals


def _literal(_: Compiler, node: ast.Literal) -> Code:
    value = node.value
    return lambda _scope, _run: value


def _invalid(_: Compiler, node: ast.Invalid) -> Code:
    def invalid(_scope: Scope, run: Run) -> None:
        run.warn(node.message, node.pos)

    return invalid


def _name(compiler: Compiler, node: ast.Name) -> Code:
    name, pos = node.name, node.pos
    builtin = compiler.builtins.get(name)
    if builtin is not None:
        return lambda scope, _run: scope.get(name, builtin)

    def named(scope: Scope, run: Run) -> Any:
        value = scope.get(name, _MISSING)
        if value is _MISSING:
            run.warn(f"there is no variable {name!r}", pos, "info")
            return None
        return value

    return named


def _path(compiler: Compiler, node: ast.Path) -> Code:
    base, name, pos = compiler.compile(node.base), node.name, node.pos

    def path(scope: Scope, run: Run) -> Any:
        value = base(scope, run)
        if type(value) is dict:
            found = value.get(name, _MISSING)
            if found is not _MISSING:
                return found
        return member(value, name, pos, run)

    return path


def member(value: Any, name: str, pos: int, run: Run) -> Any:
    """The entry, property, or list of entries that `value.name` stands for."""
    of_kind = kind(value)
    if of_kind == "context":
        if name in value:
            return value[name]
        run.warn(f"the context has no entry {name!r}", pos, "info")
        return None
    if of_kind == "list":
        run.spend(len(value))
        return [member(item, name, pos, run) for item in value]
    found = operators.PROPERTIES.get(of_kind, {}).get(name)
    if found is not None:
        return found(value)
    run.warn(f"{of_kind} has no property {name!r}", pos, "info" if value is None else "error")
    return None


# Operators


def _arithmetic(_compiler: Compiler, node: ast.Arithmetic) -> Code:
    spine: list[ast.Arithmetic] = []
    left: ast.Node = node
    while isinstance(left, ast.Arithmetic):
        spine.append(left)
        left = left.left
    code = _compiler.compile(left)
    steps = [(part.op, _compiler.compile(part.right), part.pos) for part in reversed(spine)]
    if len(steps) <= 3:  # noqa: PLR2004  nesting is fastest while it is shallow
        for op, right, pos in steps:
            code = _binary(op, code, right, pos)
        return code
    first = code

    def chain(scope: Scope, run: Run) -> Any:
        value = first(scope, run)
        for op, right, pos in steps:
            value = calculate(op, value, right(scope, run), pos, run)
        return value

    return chain


def calculate(op: str, left: Any, right: Any, pos: int, run: Run) -> Any:
    """`left op right`, null with a warning where that is not defined."""
    try:
        return operators.arithmetic(op, left, right, run)
    except EvaluationError as error:
        run.warn(str(error), pos)
        return None


def _binary(op: str, left: Code, right: Code, pos: int) -> Code:
    fast = operators.FAST[op]

    def binary(scope: Scope, run: Run) -> Any:
        first, second = left(scope, run), right(scope, run)
        if type(first) is Decimal and type(second) is Decimal:
            try:
                return fast(first, second)
            except ArithmeticError:
                pass
        return calculate(op, first, second, pos, run)

    return binary


def _negation(compiler: Compiler, node: ast.Negation) -> Code:
    operand, pos = compiler.compile(node.operand), node.pos

    def negation(scope: Scope, run: Run) -> Any:
        try:
            return operators.negate(operand(scope, run))
        except EvaluationError as error:
            run.warn(str(error), pos)
            return None

    return negation


def _comparison(compiler: Compiler, node: ast.Comparison) -> Code:
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


def _junction(compiler: Compiler, node: ast.Junction) -> Code:
    codes = tuple(compiler.compile(operand) for operand in node.operands)
    decided, other, pos = not node.all, node.all, node.pos
    word = "and" if node.all else "or"

    def several(scope: Scope, run: Run) -> Any:
        result: bool | None = other
        for code in codes:
            value = code(scope, run)
            if value is decided:
                return decided
            if value is not other:
                result = None
                if value is not None:
                    run.warn(f"'{word}' of a {kind(value)}", pos)
        return result

    if len(codes) != 2:  # noqa: PLR2004  a pair is worth its own closure
        return several
    first, second = codes

    def pair(scope: Scope, run: Run) -> Any:
        left = first(scope, run)
        if left is decided:
            return decided
        right = second(scope, run)
        if right is decided:
            return decided
        if left is other and right is other:
            return other
        for value in (left, right):
            if value is not None and value is not other:
                run.warn(f"'{word}' of a {kind(value)}", pos)
        return None

    return pair


def _between(compiler: Compiler, node: ast.Between) -> Code:
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


# Membership and unary tests


def _in(compiler: Compiler, node: ast.In) -> Code:
    value = compiler.compile(node.value)
    if isinstance(node.tests, ast.RangeLiteral):
        return compiler.in_range(value, node.tests)
    if isinstance(node.tests, ast.Tests):
        tests = _any_of([compiler.test(test) for test in node.tests.tests])

        def among(scope: Scope, run: Run) -> Any:
            inner = scope.copy()
            inner["?"] = value(scope, run)
            return tests(inner, run)

        return among
    return _membership(value, compiler.compile(node.tests), node.pos)


def _membership(value: Code, wanted: Code, pos: int) -> Code:
    def membership(scope: Scope, run: Run) -> Any:
        tested, against = value(scope, run), wanted(scope, run)
        result = operators.matches(tested, against, run)
        if result is None:
            run.warn(f"{kind(tested)} cannot be tested against {kind(against)}", pos)
        return result

    return membership


def _number_range(value: Code, node: ast.RangeLiteral, slow: Code) -> Code:
    low = node.low.value if isinstance(node.low, ast.Literal) else None
    high = node.high.value if isinstance(node.high, ast.Literal) else None
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


def _literal_test(wanted: Any) -> Code:
    plain = type(wanted)
    if plain in {Decimal, str, bool}:

        def same(scope: Scope, run: Run) -> Any:
            tested = scope["?"]
            return tested == wanted if type(tested) is plain else operators.matches(tested, wanted, run)

        return same
    return lambda scope, run: operators.matches(scope["?"], wanted, run)


def _boolean_test(code: Code) -> Code:
    def boolean(scope: Scope, run: Run) -> Any:
        value = code(scope, run)
        return value if type(value) is bool else None

    return boolean


def _value_test(code: Code, pos: int) -> Code:
    def value_test(scope: Scope, run: Run) -> Any:
        wanted, tested = code(scope, run), scope["?"]
        if type(wanted) is bool and type(tested) is not bool:
            return wanted if tested is not None else wanted or None
        result = operators.matches(tested, wanted, run)
        if result is None:
            run.warn(f"{kind(tested)} cannot be tested against {kind(wanted)}", pos)
        return result

    return value_test


def _any_of(tests: list[Code]) -> Code:
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


def _negated(test: Code) -> Code:
    def negated(scope: Scope, run: Run) -> Any:
        value = test(scope, run)
        return None if value is None else not value

    return negated


def _stray_tests(compiler: Compiler, node: ast.Tests) -> Code:
    raise FeelSyntaxError("a list of tests can only follow 'in'", compiler.text, node.pos)


# Structures


def _if(compiler: Compiler, node: ast.If) -> Code:
    condition, yes, no = (compiler.compile(part) for part in (node.condition, node.yes, node.no))
    pos = node.condition.pos

    def conditional(scope: Scope, run: Run) -> Any:
        value = condition(scope, run)
        if value is True:
            return yes(scope, run)
        if value is not False and value is not None:
            run.warn(f"the condition is a {kind(value)}, not a boolean", pos)
        return no(scope, run)

    return conditional


def _list(compiler: Compiler, node: ast.ListLiteral) -> Code:
    items = tuple(compiler.compile(item) for item in node.items)
    return lambda scope, run: [item(scope, run) for item in items]


def _context(compiler: Compiler, node: ast.ContextLiteral) -> Code:
    entries = tuple(zip(node.keys, map(compiler.compile, node.values), strict=True))

    def context(scope: Scope, run: Run) -> Any:
        inner = scope.copy()
        made: dict[str, Any] = {}
        for key, code in entries:
            made[key] = inner[key] = code(inner, run)
        return made

    return context


def _range(compiler: Compiler, node: ast.RangeLiteral) -> Code:
    low = compiler.compile(node.low) if node.low else None
    high = compiler.compile(node.high) if node.high else None
    pos, of = node.pos, (node.low_included, node.high_included, node.test)

    def span(scope: Scope, run: Run) -> Any:
        start = low(scope, run) if low else None
        end = high(scope, run) if high else None
        kinds = {kind(value) for value in (start, end) if value is not None}
        if len(kinds) > 1 or not (kinds <= ORDERED or of[2] in {"=", "!="}):
            run.warn(f"a range cannot go from {kind(start)} to {kind(end)}", pos)
            return None
        return Range(start, end, *of)

    return span


def _function(compiler: Compiler, node: ast.FunctionDefinition) -> Code:
    if node.external:
        return _invalid(compiler, ast.Invalid(node.pos, "external functions are not run here"))
    body = compiler.compile(node.body)
    types = tuple(_declared(compiler, written) if written else None for written in node.types)
    checks = tuple(checker(wanted) for wanted in types)
    parameters = node.parameters
    return lambda scope, _run: Function(parameters, body, scope, checks, types=types)


def _declared(compiler: Compiler, written: ast.TypeExpression) -> Type:
    found = resolve(written, compiler.types)
    if found is None:
        raise FeelSyntaxError(f"there is no type {written.name!r}", compiler.text, written.pos)
    return found


def _instance_of(compiler: Compiler, node: ast.InstanceOf) -> Code:
    value, wanted, pos = compiler.compile(node.value), resolve(node.type, compiler.types), node.pos
    if wanted is None:
        return _invalid(compiler, ast.Invalid(pos, f"there is no type {node.type.name!r}"))
    return lambda scope, run: is_instance(value(scope, run), wanted)


def _call(compiler: Compiler, node: ast.Call) -> Code:
    function, pos = compiler.compile(node.function), node.pos
    arguments = tuple(compiler.compile(argument) for argument in node.arguments)
    if node.names:
        named = tuple(zip(node.names, arguments, strict=True))
        return lambda scope, run: invoke(
            function(scope, run), {name: code(scope, run) for name, code in named}, pos, run
        )
    return lambda scope, run: invoke(function(scope, run), [code(scope, run) for code in arguments], pos, run)


def invoke(function: Any, arguments: list[Any] | dict[str, Any], pos: int, run: Run) -> Any:
    """Call a function value; null with a warning where it is none or refuses."""
    if not isinstance(function, (Function, Builtin)):
        run.warn(
            "there is no such function" if function is None else f"a {kind(function)} cannot be called", pos
        )
        return None
    try:
        if isinstance(arguments, dict):
            return function.call_named(arguments, run)
        return function.call(arguments, run)
    except EvaluationError as error:
        run.warn(str(error), pos)
        return None


def _for(compiler: Compiler, node: ast.For) -> Code:
    sources = tuple(
        (
            part.name,
            compiler.compile(part.source),
            compiler.compile(part.end) if part.end else None,
            part.pos,
        )
        for part in node.iterations
    )
    return loops.for_loop(sources, compiler.compile(node.body))


def _quantified(compiler: Compiler, node: ast.Quantified) -> Code:
    sources = tuple(
        (
            part.name,
            compiler.compile(part.source),
            compiler.compile(part.end) if part.end else None,
            part.pos,
        )
        for part in node.iterations
    )
    return loops.quantifier(sources, compiler.compile(node.body), every=node.every, pos=node.pos)


def _filter(compiler: Compiler, node: ast.Filter) -> Code:
    base, condition = compiler.compile(node.base), node.condition
    if isinstance(condition, ast.Literal) and type(condition.value) is Decimal:
        index, pos = condition.value, node.pos
        return lambda scope, run: loops.element(base(scope, run), index, pos, run)
    names = tuple(sorted(free_names(condition) - {"item"}))
    if isinstance(condition, ast.RangeLiteral):
        code = compiler.in_range(lambda scope, _run: scope["item"], condition)
    else:
        code = compiler.compile(condition)
    return loops.filtered(base, code, names, node.pos)


def _number_value(value: Any) -> Any:
    return number(value)


_COMPILERS: dict[type, Callable[[Compiler, Any], Code]] = {
    ast.Literal: _literal,
    ast.Invalid: _invalid,
    ast.Name: _name,
    ast.Path: _path,
    ast.Filter: _filter,
    ast.Call: _call,
    ast.Negation: _negation,
    ast.Arithmetic: _arithmetic,
    ast.Comparison: _comparison,
    ast.Junction: _junction,
    ast.Between: _between,
    ast.In: _in,
    ast.Tests: _stray_tests,
    ast.If: _if,
    ast.For: _for,
    ast.Quantified: _quantified,
    ast.FunctionDefinition: _function,
    ast.ListLiteral: _list,
    ast.ContextLiteral: _context,
    ast.RangeLiteral: _range,
    ast.InstanceOf: _instance_of,
}
