"""Closures of names, paths, contexts, lists, ranges, functions, conditions and loops."""

from decimal import Decimal
from typing import Any

from mainspring.feel import ast, loops, operators
from mainspring.feel.codes.compiles import Compiles
from mainspring.feel.errors import EvaluationError, FeelSyntaxError
from mainspring.feel.freenames import free_names, keeps_scope, steps_of
from mainspring.feel.functions import Builtin, Code, Function, Run, Scope
from mainspring.feel.types import Range
from mainspring.feel.typing import Type, checker, is_instance, resolve
from mainspring.feel.values import ORDERED, kind

_MISSING: Any = object()
ITEMS_PER_STEP = 4
FAILED_STEPS = 5


def literal(_: Compiles, node: ast.Literal) -> Code:
    """A constant."""
    value = node.value
    return lambda _scope, _run: value


def invalid(_: Compiles, node: ast.Invalid) -> Code:
    """Null, with the reason as warning."""

    def invalid(_scope: Scope, run: Run) -> None:
        run.warn(node.message, node.pos)

    return invalid


def name_of(compiler: Compiles, node: ast.Name) -> Code:
    """A variable, or a built-in function that no variable hides."""
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


def path_of(compiler: Compiles, node: ast.Path) -> Code:
    """`base.name`."""
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


def conditional_of(compiler: Compiles, node: ast.If) -> Code:
    """`if condition then yes else no`."""
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


def list_of(compiler: Compiles, node: ast.ListLiteral) -> Code:
    """`[items]`."""
    items = tuple(compiler.compile(item) for item in node.items)
    cost = len(items) // ITEMS_PER_STEP
    if not cost:
        return lambda scope, run: [item(scope, run) for item in items]

    def long_list(scope: Scope, run: Run) -> list[Any]:
        run.spend(cost)
        return [item(scope, run) for item in items]

    return long_list


def context_of(compiler: Compiles, node: ast.ContextLiteral) -> Code:
    """`{key: value}`; later entries see earlier ones."""
    entries = tuple(zip(node.keys, map(compiler.compile, node.values), strict=True))

    cost = 2 + len(entries) // ITEMS_PER_STEP

    def context(scope: Scope, run: Run) -> Any:
        run.spend(cost + len(scope) // loops.NAMES_PER_STEP)
        inner = scope.copy()
        made: dict[str, Any] = {}
        for key, code in entries:
            made[key] = inner[key] = code(inner, run)
        return made

    return context


def range_of(compiler: Compiles, node: ast.RangeLiteral) -> Code:
    """A range; null where its ends do not go together."""
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


def function_of(compiler: Compiles, node: ast.FunctionDefinition) -> Code:
    """A function value that remembers the names in sight."""
    if node.external:
        return invalid(compiler, ast.Invalid(node.pos, "external functions are not run here"))
    body = compiler.compile(node.body)
    types = tuple(_declared(compiler, written) if written else None for written in node.types)
    checks = tuple(checker(wanted) for wanted in types)
    parameters, cost = node.parameters, steps_of(node.body)
    return lambda scope, _run: Function(parameters, body, scope, checks, types=types, cost=cost)


def _declared(compiler: Compiles, written: ast.TypeExpression) -> Type:
    found = resolve(written, compiler.types)
    if found is None:
        raise FeelSyntaxError(f"there is no type {written.name!r}", compiler.text, written.pos)
    return found


def instance_of(compiler: Compiles, node: ast.InstanceOf) -> Code:
    """`value instance of type`."""
    value, wanted, pos = compiler.compile(node.value), resolve(node.type, compiler.types), node.pos
    if wanted is None:
        return invalid(compiler, ast.Invalid(pos, f"there is no type {node.type.name!r}"))
    return lambda scope, run: is_instance(value(scope, run), wanted)


def call_of(compiler: Compiles, node: ast.Call) -> Code:
    """A call with positional or named arguments."""
    function, pos = _callee(compiler, node.function), node.pos
    arguments = tuple(compiler.compile(argument) for argument in node.arguments)
    if node.names:
        named = tuple(zip(node.names, arguments, strict=True))
        return lambda scope, run: invoke(
            function(scope, run), {name: code(scope, run) for name, code in named}, pos, run
        )
    return lambda scope, run: invoke(function(scope, run), [code(scope, run) for code in arguments], pos, run)


def _callee(compiler: Compiles, node: ast.Node) -> Code:
    """What is called; a variable that holds no function does not hide the built-in function of its name."""
    builtin = compiler.builtins.get(node.name) if isinstance(node, ast.Name) else None
    if builtin is None or not isinstance(node, ast.Name):
        return compiler.compile(node)
    name = node.name

    def callee(scope: Scope, _run: Run) -> Any:
        found = scope.get(name)
        return found if isinstance(found, (Function, Builtin)) else builtin

    return callee


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
        run.spend(FAILED_STEPS)
        run.warn(str(error), pos)
        return None


def _sources(compiler: Compiles, iterations: tuple[ast.Iteration, ...]) -> tuple[loops.Source, ...]:
    return tuple(
        (part.name, compiler.compile(part.source), compiler.compile(part.end) if part.end else None, part.pos)
        for part in iterations
    )


def _body(code: Code, node: ast.Node) -> loops.Body:
    return loops.Body(code, steps_of(node), keeps_scope(node), "partial" in free_names(node))


def for_of(compiler: Compiles, node: ast.For) -> Code:
    """`for ... return`."""
    body = _body(compiler.compile(node.body), node.body)
    return loops.for_loop(_sources(compiler, node.iterations), body)


def quantified_of(compiler: Compiles, node: ast.Quantified) -> Code:
    """`some` and `every`."""
    body = _body(compiler.compile(node.body), node.body)
    return loops.quantifier(_sources(compiler, node.iterations), body, every=node.every, pos=node.pos)


def filter_of(compiler: Compiles, node: ast.Filter) -> Code:
    """`base[condition]`."""
    base, condition = compiler.compile(node.base), node.condition
    if isinstance(condition, ast.Literal) and type(condition.value) is Decimal:
        index, pos = condition.value, node.pos
        return lambda scope, run: loops.element(base(scope, run), index, pos, run)
    names = tuple(sorted(free_names(condition) - {"item"}))
    if isinstance(condition, ast.RangeLiteral):
        code = compiler.in_range(lambda scope, _run: scope["item"], condition)
    else:
        code = compiler.compile(condition)
    return loops.filtered(base, _body(code, condition), names, node.pos)
