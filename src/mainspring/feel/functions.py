"""One evaluation's bookkeeping (`Run`), and functions as values: those of FEEL text and the built-in ones."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mainspring.feel import errors
from mainspring.feel.errors import BudgetError, EvaluationError
from mainspring.feel.limits import CHARACTERS_PER_STEP, DEFAULT, Limits

Scope = dict[str, Any]
Code = Callable[[Scope, Any], Any]
"""A compiled expression: a function of the names in scope and of the running evaluation (a Run)."""

MAX_WARNINGS = 100
CALL_STEPS = 8
BUILTIN_STEPS = 3
LONG_TEXT = 1_024


class Run:
    """What one evaluation has used and found wrong so far.

    Class attributes hold the defaults, so that starting an ordinary evaluation costs next to nothing.

    Attributes:
        limits: what it may use.
        now: the time that `now()` and `today()` give; None makes those an error.
        patterns: the regular expressions (with flags) that were paid for.
    """

    limits: Limits = DEFAULT
    now: datetime | None = None
    steps: int = DEFAULT.steps
    depth: int = DEFAULT.depth
    patterns: Collection[tuple[str, str]] = frozenset()
    warnings: tuple[errors.Warning, ...] | list[errors.Warning] = ()

    def spend(self, steps: int = 1) -> None:
        """Count steps.

        Raises:
            BudgetError: they are used up.
        """
        self.steps -= steps
        if self.steps < 0:
            raise BudgetError(f"the expression needs more than {self.limits.steps} steps")

    def build(self, characters: int) -> None:
        """Count the characters of a text that was built."""
        self.spend(characters // CHARACTERS_PER_STEP)

    def enter(self) -> None:
        """Go one call deeper.

        Raises:
            BudgetError: too deep.
        """
        self.depth -= 1
        if self.depth < 0:
            raise BudgetError(f"calls are nested more than {self.limits.depth} deep")

    def apart(self) -> "Run":
        """A run for trying something out: it may use what is left, and its warnings are not kept."""
        made = Run()
        made.limits, made.steps, made.depth, made.now = self.limits, self.steps, self.depth, self.now
        return made

    def leave(self) -> None:
        """Come back from a call."""
        self.depth += 1

    def warn(self, message: str, pos: int, severity: str = "error") -> None:
        """Record why something became null; the first hundred are kept."""
        if not self.warnings:
            self.warnings = []
        if len(self.warnings) < MAX_WARNINGS and isinstance(self.warnings, list):
            self.warnings.append(errors.Warning(message, pos, severity))


def start(limits: Limits = DEFAULT, now: datetime | None = None) -> Run:
    """Begin an evaluation with limits and a time of its own."""
    run = Run()
    run.limits, run.steps, run.depth, run.now = limits, limits.steps, limits.depth, now
    return run


class Function:
    """A function defined in FEEL or by a business knowledge model.

    Args:
        parameters: their names.
        body: the compiled body.
        scope: the names in sight where it was defined.
        checks: per parameter a function that converts or refuses (EvaluationError) an argument, or None.
        name: for messages.
        result: a function that converts or refuses the result, or None.
        types: the declared types of the parameters, for `instance of`.
        cost: the steps that the body is worth.
    """

    __slots__ = ("body", "checks", "cost", "name", "parameters", "result", "scope", "types")

    def __init__(
        self,
        parameters: tuple[str, ...],
        body: Code,
        scope: Scope,
        checks: tuple[Callable[[Any], Any] | None, ...] = (),
        name: str = "function",
        result: Callable[[Any], Any] | None = None,
        types: tuple[Any, ...] = (),
        cost: int = 4,
    ) -> None:
        self.parameters = parameters
        self.body = body
        self.scope = scope
        self.checks = checks
        self.name = name
        self.result = result
        self.types = types
        self.cost = cost

    def call(self, arguments: Sequence[Any], run: Run) -> Any:
        """Call with positional arguments.

        Raises:
            EvaluationError: wrong number or type of arguments.
        """
        if len(arguments) != len(self.parameters):
            raise EvaluationError(
                f"{self.name}({', '.join(self.parameters)}) does not take {len(arguments)} arguments"
            )
        scope = self.scope.copy()
        for index, (parameter, argument) in enumerate(zip(self.parameters, arguments, strict=True)):
            check = self.checks[index] if self.checks else None
            scope[parameter] = argument if check is None else self._checked(check, parameter, argument, run)
        run.spend(CALL_STEPS + self.cost)
        run.enter()
        try:
            value = self.body(scope, run)
        finally:
            run.leave()
        return value if self.result is None else self.result(value)

    def _checked(self, check: Callable[[Any], Any], parameter: str, argument: Any, run: Run) -> Any:
        """The argument as its type wants it, null with a warning where it does not conform."""
        try:
            return check(argument)
        except EvaluationError as error:
            run.warn(f"{self.name}: {parameter}: {error}", 0)
            return None

    def call_named(self, arguments: Mapping[str, Any], run: Run) -> Any:
        """Call with named arguments; one left out is null.

        Raises:
            EvaluationError: a name that is no parameter, or wrong types.
        """
        unknown = arguments.keys() - set(self.parameters)
        if unknown:
            raise EvaluationError(f"{self.name} has no parameter {', '.join(sorted(unknown))}")
        return self.call([arguments.get(parameter) for parameter in self.parameters], run)

    def __repr__(self) -> str:
        return f"function({', '.join(self.parameters)})"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a built-in function: its name, the kind it takes, and whether it may be left out."""

    name: str
    kind: str
    optional: bool = False
    many: bool = False


Convert = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function of the language.

    Attributes:
        name: as written in FEEL.
        signatures: the parameter lists it accepts.
        apply: the Python function: the run, then the converted arguments.
        convert: turns an argument into the kind a parameter takes, or refuses it.
        nulls: whether null is accepted for parameters of kind other than any.
    """

    name: str
    signatures: tuple[tuple[Parameter, ...], ...]
    apply: Callable[..., Any]
    convert: Convert = field(repr=False)
    nulls: bool = False

    def call(self, arguments: Sequence[Any], run: Run) -> Any:
        """Call with positional arguments.

        Raises:
            EvaluationError: no signature takes these arguments, or the function refuses them.
        """
        self._pay(arguments, run)
        failure: EvaluationError | None = None
        for signature in self.signatures:
            needed = sum(not parameter.optional for parameter in signature)
            many = bool(signature) and signature[-1].many
            if len(arguments) < needed or (len(arguments) > len(signature) and not many):
                continue
            try:
                made = [
                    self._one(signature[min(index, len(signature) - 1)], argument)
                    for index, argument in enumerate(arguments)
                ]
            except EvaluationError as error:
                failure = failure or error
                continue
            return self._apply(made, run)
        raise failure or EvaluationError(f"{self.name} does not take {len(arguments)} arguments")

    def call_named(self, arguments: Mapping[str, Any], run: Run) -> Any:
        """Call with named arguments.

        Raises:
            EvaluationError: no signature has these parameters, or the function refuses the arguments.
        """
        self._pay(arguments.values(), run)
        failure: EvaluationError | None = None
        for signature in self.signatures:
            names = {parameter.name for parameter in signature}
            needed = {parameter.name for parameter in signature if not parameter.optional}
            if not (arguments.keys() <= names and needed <= arguments.keys()):
                continue
            try:
                made = [
                    self._one(parameter, arguments[parameter.name]) if parameter.name in arguments else None
                    for parameter in signature
                ]
            except EvaluationError as error:
                failure = failure or error
                continue
            while made and signature[len(made) - 1].name not in arguments:
                made.pop()
            if signature and signature[-1].many and made and isinstance(made[-1], list):
                made = [*made[:-1], *made[-1]]
            return self._apply(made, run)
        raise failure or EvaluationError(f"{self.name} has no parameters named {', '.join(arguments)}")

    def _apply(self, arguments: list[Any], run: Run) -> Any:
        try:
            return self.apply(run, *arguments)
        except (ArithmeticError, ValueError):
            raise EvaluationError(f"{self.name}: out of range") from None

    def _pay(self, arguments: Iterable[Any], run: Run) -> None:
        """Pay for the call and for long texts that it will go through."""
        run.spend(BUILTIN_STEPS)
        for argument in arguments:
            if type(argument) is str and len(argument) >= LONG_TEXT:
                run.spend(len(argument) // LONG_TEXT)

    def _one(self, parameter: Parameter, argument: Any) -> Any:
        if argument is None and parameter.kind != "any":
            if self.nulls or parameter.optional:
                return None
            raise EvaluationError(f"{self.name}: {parameter.name} is null")
        try:
            return self.convert(argument, parameter.kind)
        except EvaluationError as error:
            raise EvaluationError(f"{self.name}: {parameter.name} {error}") from None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameter names of the first signature."""
        return tuple(parameter.name for parameter in self.signatures[0])
