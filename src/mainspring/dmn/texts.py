"""FEEL texts of a model, compiled with the names that are in scope where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainspring.dmn.errors import EvaluationMessage
from mainspring.dmn.itemtypes import ItemTypes
from mainspring.dmn.run import DecisionRun
from mainspring.feel import FeelSyntaxError
from mainspring.feel.api import Expression, UnaryTest, build, build_test
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Code, Scope
from mainspring.feel.typing import ANY, Type, checker

Names = Mapping[str, Type]
"""The names in scope with their types, Any where a type is not declared."""


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled text with its place, kept for static analysis.

    Attributes:
        where: the element it stands in.
        compiled: the expression or tests.
        known: the names in scope there.
        wanted: the type that its value must have; of tests, the type of what they test.
        rule: the row of a table, counted from 1; 0 outside tables.
        column: the title of the table's column.
    """

    where: str
    compiled: Expression | UnaryTest
    known: Names
    wanted: Type = ANY
    rule: int = 0
    column: str = ""


@dataclass(slots=True)
class Workshop:
    """What compiling the texts of one model needs, and what it finds.

    Attributes:
        types: the model's types.
        members: names of entries that hold spaces or operators.
        faults: texts that are not FEEL; they evaluate to null.
        texts: all that were compiled.
        cells: unary tests by text and names, since tables repeat them.
    """

    types: ItemTypes
    members: frozenset[str]
    faults: list[EvaluationMessage] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    cells: dict[tuple[str, frozenset[str]], UnaryTest] = field(default_factory=dict)

    def expression(
        self, text: str, names: Names, where: str, wanted: str = "", *, rule: int = 0, column: str = ""
    ) -> Code:
        """The closure of an expression; of one that is not FEEL a closure that gives null and says why."""
        if not text:
            return lambda _scope, _run: None
        try:
            made = build(text, names, self.members, self.types.declared)
        except FeelSyntaxError as error:
            return self._invalid(error, where)
        self.texts.append(Text(where, made, names, self.types.named(wanted, where), rule, column))
        return _placed(made.code, where)

    def tests(
        self, text: str, names: Names, where: str, wanted: str = "", *, rule: int = 0, column: str = ""
    ) -> UnaryTest | None:
        """Compiled unary tests, None where they are not FEEL."""
        key = text, frozenset(names)
        made = self.cells.get(key)
        if made is None:
            try:
                made = build_test(text, names, self.members, self.types.declared)
            except FeelSyntaxError as error:
                self._invalid(error, where)
                return None
            self.cells[key] = made
        self.texts.append(Text(where, made, names, self.types.named(wanted, where), rule, column))
        return made

    def _invalid(self, error: FeelSyntaxError, where: str) -> Code:
        self.faults.append(EvaluationMessage(error.message, where, error.position, "error"))

        def invalid(_scope: Scope, run: Any) -> None:
            run.place = where
            run.warn(error.message, error.position)

        return invalid

    def coerced(self, code: Code, type_name: str, where: str) -> Code:
        """The closure with its value held against a declared type; null where it does not conform."""
        check = checker(self.types.named(type_name, where))
        return code if check is None else coerced(code, check, where)


def coerced(code: Code, check: Callable[[Any], Any], where: str) -> Code:
    """The closure with its value converted by a check; null with a fault where that refuses."""

    def checked(scope: Scope, run: Any) -> Any:
        value = code(scope, run)
        if value is None:
            return None
        try:
            return check(value)
        except EvaluationError as error:
            run.place = where
            run.warn(str(error), 0)
            return None

    return checked


def _placed(code: Code, where: str) -> Code:
    """The closure that tells the run where it is, so that faults carry their place."""

    def placed(scope: Scope, run: DecisionRun) -> Any:
        outer, run.place = run.place, where
        value = code(scope, run)
        run.place = outer
        return value

    return placed
