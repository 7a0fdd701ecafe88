"""Texts to compiled expressions, and their evaluation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from mainspring.feel import errors
from mainspring.feel.builtins import functions
from mainspring.feel.compile import Compiler
from mainspring.feel.errors import BudgetError, EvaluationError, FeelSyntaxError
from mainspring.feel.freenames import free_names
from mainspring.feel.functions import Code, Run, start
from mainspring.feel.lexer import SIMPLE_NAME
from mainspring.feel.limits import DEFAULT, Limits
from mainspring.feel.parser import Parser
from mainspring.feel.typing import Type
from mainspring.feel.values import number
from mainspring.feel.vocabulary import Vocabulary, type_vocabulary, vocabulary

_DONE = frozenset({Decimal, str, bool, type(None)})
MAX_KEY_DEPTH = 6
MAX_NESTING = 200
MAX_ELEMENTS = 1_000_000


class Result(NamedTuple):
    """What an evaluation gave.

    Attributes:
        value: Decimal, str, bool, None, a date, time, datetime, duration, range, list, dict or function.
        warnings: why (parts of) it became null.
    """

    value: Any
    warnings: tuple[errors.Warning, ...]


class Expression:
    """A compiled expression; immutable, may be shared between threads.

    Attributes:
        text: as written.
        names: the variables that it takes from its context; built-in functions are left out where they are
            called.
    """

    __slots__ = ("code", "names", "node", "text")
    is_static = False

    def __init__(self, text: str, code: Code, names: frozenset[str], node: Any) -> None:
        self.text = text
        self.code = code
        self.names = names
        self.node = node

    def __call__(self, context: Mapping[str, Any]) -> Any:
        """The value alone; faster than `evaluate`."""
        try:
            value = self.code(context if type(context) is dict else dict(context), Run())
            return value if type(value) in _DONE else finished(value)
        except (BudgetError, RecursionError):
            return None

    def evaluate(
        self, context: Mapping[str, Any], *, now: datetime | None = None, limits: Limits = DEFAULT
    ) -> Result:
        """The value with the warnings.

        Args:
            context: the variables by name.
            now: what `now()` and `today()` give; without it they give null.
            limits: what the evaluation may use; beyond it the value is null.
        """
        return evaluate_code(self.code, context, start(limits, now))

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def evaluate_code(code: Code, context: Mapping[str, Any], run: Run) -> Result:
    """Run a compiled part to its end and collect its warnings."""
    try:
        value = finished(code(context if type(context) is dict else dict(context), run))
    except BudgetError as error:
        run.warn(str(error), 0)
        value = None
    except RecursionError:
        run.warn("the evaluation is nested too deeply", 0)
        value = None
    return Result(value, tuple(run.warnings))


def finished(value: Any) -> Any:
    """The value with every int and float in it as Decimal; unchanged parts are not copied.

    Raises:
        BudgetError: it holds more than a million elements, or is nested deeper than two hundred. Lists may
            stand in one another many times over, so that little work can describe an immense value.
    """
    if type(value) in _DONE:
        return value
    return _finished(value, {}, MAX_NESTING)[0]


def _finished(value: Any, known: dict[int, tuple[Any, int]], depth: int) -> tuple[Any, int]:
    """The finished value and its number of elements, each shared part looked at once."""
    of_type = type(value)
    if of_type in {int, float}:
        return _finite(value), 1
    if of_type not in {list, dict}:
        return value, 1
    found = known.get(id(value))
    if found is not None:
        return found
    if not depth:
        raise BudgetError(f"the value is nested more than {MAX_NESTING} deep")
    size, changed = 1 + len(value), {}
    for key, item in value.items() if of_type is dict else enumerate(value):
        if type(item) in _DONE:
            continue
        new, count = _finished(item, known, depth - 1)
        size += count
        if new is not item:
            changed[key] = new
    if size > MAX_ELEMENTS:
        raise BudgetError(f"the value holds more than {MAX_ELEMENTS} elements")
    made = _with(value, changed) if changed else value
    known[id(value)] = made, size
    return made, size


def _with(value: Any, changed: dict[Any, Any]) -> Any:
    made = value.copy()
    for key, new in changed.items():
        made[key] = new
    return made


def _finite(value: float) -> Decimal | None:
    """The number, null where it is infinite or none."""
    try:
        return number(value)
    except EvaluationError:
        return None


class UnaryTest:
    """Compiled unary tests: a cell of a decision table.

    Attributes:
        text: as written.
        names: the variables that it takes from its context, apart from the tested value `?`.
    """

    __slots__ = ("code", "names", "node", "text")

    def __init__(self, text: str, code: Code, names: frozenset[str], node: Any) -> None:
        self.text = text
        self.code = code
        self.names = names
        self.node = node

    def __call__(self, value: Any, context: Mapping[str, Any]) -> bool | None:
        """Whether the value passes; None where that cannot be said."""
        try:
            passed: bool | None = self.code({**context, "?": value}, Run())
        except (BudgetError, RecursionError):
            return None
        return passed

    def evaluate(
        self,
        value: Any,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        limits: Limits = DEFAULT,
    ) -> Result:
        """Whether the value passes, with the warnings."""
        return evaluate_code(self.code, {**context, "?": value}, start(limits, now))


class Literal:
    """An attribute that is plain text, callable as an expression is."""

    __slots__ = ("text",)
    is_static = True
    names: frozenset[str] = frozenset()

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, context: Mapping[str, Any]) -> str:  # noqa: ARG002  called as an Expression is
        """The text."""
        return self.text

    def evaluate(
        self,
        context: Mapping[str, Any],  # noqa: ARG002  called as an Expression is
        *,
        now: datetime | None = None,  # noqa: ARG002  likewise
        limits: Limits = DEFAULT,  # noqa: ARG002  likewise
    ) -> Result:
        """The text, without warnings."""
        return Result(self.text, ())

    def __repr__(self) -> str:
        return f"Literal({self.text!r})"


@lru_cache(maxsize=1)
def _builtin_names() -> Vocabulary:
    return vocabulary(functions())


def _parser(text: str, names: Iterable[str], members: Iterable[str], types: Iterable[str]) -> Parser:
    known = vocabulary(names, _builtin_names())
    return Parser(text, known, vocabulary(members), type_vocabulary(types))


def _guarded(text: str, build: Callable[[], Any]) -> Any:
    try:
        return build()
    except RecursionError:
        raise FeelSyntaxError("the expression is nested too deeply", text, 0) from None


def build(
    text: str,
    names: Iterable[str] = (),
    members: Iterable[str] = (),
    types: Mapping[str, Type] | None = None,
) -> Expression:
    """Parse and compile without the cache: for texts whose declared types have conditions of their own.

    Args:
        text: the expression.
        names: names with spaces or operators that are in scope.
        members: such names of entries.
        types: declared types by name.

    Raises:
        FeelSyntaxError: it is not FEEL.
    """
    declared = types or {}

    def make() -> Expression:
        node = _parser(text, names, members, declared).whole_expression()
        code = Compiler(text, functions(), declared).compile(node)
        return Expression(text, code, _variables(node), node)

    made: Expression = _guarded(text, make)
    return made


def build_test(
    text: str,
    names: Iterable[str] = (),
    members: Iterable[str] = (),
    types: Mapping[str, Type] | None = None,
) -> UnaryTest:
    """Like `build`, for unary tests."""
    declared = types or {}

    def make() -> UnaryTest:
        node = _parser(text, names, members, declared).whole_tests()
        code = Compiler(text, functions(), declared).tests(node)
        return UnaryTest(text, code, _variables(node) - {"?"}, node)

    made: UnaryTest = _guarded(text, make)
    return made


def test_codes(tests: UnaryTest, types: Mapping[str, Type]) -> list[Code]:
    """The single tests of compiled unary tests, each as a closure of its own."""
    compiler = Compiler(tests.text, functions(), types)
    return [compiler.test(node) for node in tests.node.tests]


def _variables(node: Any) -> frozenset[str]:
    return free_names(node, functions().keys())


@lru_cache(maxsize=4096)
def _compiled(text: str, names: frozenset[str]) -> Expression:
    return build(text, names, names)


@lru_cache(maxsize=4096)
def _compiled_test(text: str, names: frozenset[str]) -> UnaryTest:
    return build_test(text, names, names)


def compile(text: str, *, names: Iterable[str] = ()) -> Expression:  # noqa: A001  the field's word, as in re
    """Parse and compile an expression; the same text with the same names comes from a cache.

    Args:
        text: the expression.
        names: variables and entries whose names hold spaces or operators; plain ones need not be told.

    Raises:
        FeelSyntaxError: it is not FEEL; the error says where.
    """
    return _compiled(text, frozenset(names))


def compile_unary_test(text: str, *, names: Iterable[str] = ()) -> UnaryTest:
    """Parse and compile unary tests such as `< 5, [10..20]` or `not("A")`, from a cache.

    Raises:
        FeelSyntaxError: they are not FEEL.
    """
    return _compiled_test(text, frozenset(names))


def compile_attribute(text: str, *, names: Iterable[str] = ()) -> Expression | Literal:
    """An attribute of a Zeebe model: FEEL after a leading `=`, plain text otherwise.

    Raises:
        FeelSyntaxError: what follows the `=` is not FEEL.
    """
    stripped = text.lstrip()
    return compile(stripped[1:], names=names) if stripped.startswith("=") else Literal(text)


def evaluate(text: str, context: Mapping[str, Any] | None = None, *, now: datetime | None = None) -> Any:
    """The value of an expression over a context; names with spaces are taken from the context's keys.

    Raises:
        FeelSyntaxError: it is not FEEL.
    """
    given = context or {}
    return compile(text, names=wide_names(given)).evaluate(given, now=now).value


def unary_test(text: str, value: Any, context: Mapping[str, Any] | None = None) -> bool | None:
    """Whether a value passes unary tests.

    Raises:
        FeelSyntaxError: they are not FEEL.
    """
    given = context or {}
    return compile_unary_test(text, names=wide_names(given))(value, given)


def wide_names(value: Any, depth: int = MAX_KEY_DEPTH) -> frozenset[str]:
    """The keys in a context, at any depth down to six, that hold spaces or operators."""
    found: set[str] = set()
    if depth and isinstance(value, Mapping):
        for key, item in value.items():
            if not SIMPLE_NAME.fullmatch(key):
                found.add(key)
            found |= wide_names(item, depth - 1)
    elif depth and isinstance(value, list):
        for item in value[:10]:
            found |= wide_names(item, depth - 1)
    return frozenset(found)
