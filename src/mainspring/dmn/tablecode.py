"""A decision table compiled: input values, an index a column, other cells as closures, then the outputs."""

from collections.abc import Callable
from typing import Any

from mainspring.dmn import hitpolicy
from mainspring.dmn.columns import Lookup, column_index, rows_of, simple_cell
from mainspring.dmn.run import DecisionRun
from mainspring.dmn.table import DecisionTable
from mainspring.dmn.texts import Names, Workshop
from mainspring.dmn.trace import TableStep
from mainspring.feel.api import UnaryTest, test_codes
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Code, Scope

Residue = tuple[int, Code]
"""A cell that no index answers: its column and its closure."""


class TableCode:
    """A compiled table, called with a scope and a run.

    Args:
        table: the table.
        workshop: compiles its texts.
        names: the names in scope.
        where: the element it belongs to, for messages and the trace.
    """

    def __init__(self, table: DecisionTable, workshop: Workshop, names: Names, where: str) -> None:
        self.table = table
        self.where = where
        self.inputs = tuple(
            workshop.coerced(
                workshop.expression(
                    column.expression,
                    names,
                    f"{where}, input {column.title!r}",
                    column.type,
                    column=column.title,
                ),
                column.type,
                f"{where}, input {column.title!r}",
            )
            for column in table.inputs
        )
        self.allowed = tuple(
            (at, tests)
            for at, column in enumerate(table.inputs)
            if column.values
            and (
                tests := workshop.tests(
                    column.values,
                    names,
                    f"{where}, values of {column.title!r}",
                    column.type,
                    column=column.title,
                )
            )
        )
        self.types = tuple(workshop.types.named(column.type, where) for column in table.inputs)
        self._compile_cells(workshop, names)
        self.outputs = tuple(self._outputs(workshop, names, rule) for rule in range(len(table.rules)))
        self.checks = tuple(_output_check(workshop, column.values, names, where) for column in table.outputs)
        self.rank = self._ranking(workshop, names)
        self.names = tuple(column.name for column in table.outputs)
        self.defaults = tuple(
            workshop.coerced(
                workshop.expression(
                    column.default,
                    names,
                    f"{where}, default of {column.title!r}",
                    column.type,
                    column=column.title,
                ),
                column.type,
                where,
            )
            for column in table.outputs
        )
        self.has_default = any(column.default for column in table.outputs)

    def _compile_cells(self, workshop: Workshop, names: Names) -> None:
        rules = self.table.rules
        self.everything = (1 << len(rules)) - 1
        self.lookups: list[tuple[int, Lookup]] = []
        self.cells: list[list[Code]] = []
        self.tests: list[list[UnaryTest | None]] = [[] for _ in rules]
        residue: list[list[Residue]] = [[] for _ in rules]
        for at, column in enumerate(self.table.inputs):
            tests = [
                workshop.tests(
                    rule.inputs[at],
                    names,
                    f"{self.where}, rule {number}, {column.title!r}",
                    column.type,
                    rule=number,
                    column=column.title,
                )
                for number, rule in enumerate(rules, 1)
            ]
            for row, test in enumerate(tests):
                self.tests[row].append(test)
            simple = [simple_cell(test.node) if test else None for test in tests]
            lookup = column_index(simple)
            codes = [test.code if test else _never for test in tests]
            self.cells.append(codes)
            if lookup:
                self.lookups.append((at, lookup))
            for row, cell in enumerate(simple):
                if cell is None or (lookup is None and not cell.all):
                    residue[row].append((at, codes[row]))
        self.residue = tuple(tuple(cells) for cells in residue)
        self.has_residue = any(self.residue)

    def _outputs(self, workshop: Workshop, names: Names, rule: int) -> tuple[Code, ...]:
        return tuple(
            workshop.coerced(
                workshop.expression(
                    text,
                    names,
                    f"{self.where}, rule {rule + 1}, output {column.title!r}",
                    column.type,
                    rule=rule + 1,
                    column=column.title,
                ),
                column.type,
                f"{self.where}, rule {rule + 1}, output {column.title!r}",
            )
            for text, column in zip(self.table.rules[rule].outputs, self.table.outputs, strict=True)
        )

    def _ranking(self, workshop: Workshop, names: Names) -> Callable[[Any], tuple[int, ...]] | None:
        columns: list[tuple[str, list[Code]]] = []
        for column in self.table.outputs:
            tests = workshop.tests(column.values, names, self.where) if column.values else None
            if tests:
                columns.append((column.name, test_codes(tests, workshop.types.declared)))
        if not columns:
            return None
        several = len(self.table.outputs) > 1

        def rank(result: Any) -> tuple[int, ...]:
            return tuple(_position(result.get(name) if several else result, tests) for name, tests in columns)

        return rank

    def __call__(self, scope: Scope, run: DecisionRun) -> Any:
        """The table's value; what matched goes into the trace."""
        values = [code(scope, run) for code in self.inputs]
        for at, allowed in self.allowed:
            if values[at] is not None and allowed.code({**scope, "?": values[at]}, run) is False:
                return self._refused(at, values, run)
        rows = self.matching(values, scope, run)
        run.spend(len(rows))
        if self.table.hit_policy == "FIRST":
            rows = rows[:1]
        value = self._settled(rows, scope, run) if rows else self._without_match(scope, run)
        run.record(TableStep(self.where, self.table, tuple(values), rows, value))
        return value

    def matching(self, values: list[Any], scope: Scope, run: DecisionRun) -> list[int]:
        """The rules that the values match."""
        mask = self.everything
        unanswered: list[int] = []
        for at, lookup in self.lookups:
            found = lookup(values[at])
            if found is None:
                unanswered.append(at)
            else:
                mask &= found
                if not mask:
                    return []
        rows = rows_of(mask)
        if unanswered:
            rows = [row for row in rows if self._passes(row, unanswered, values, scope, run)]
        if self.has_residue and rows:
            rows = self._through_residue(rows, values, scope, run)
        return rows

    def _passes(
        self, row: int, columns: list[int], values: list[Any], scope: Scope, run: DecisionRun
    ) -> bool:
        """Whether a rule's cells pass values of a kind that the index does not hold, null above all."""
        kept = len(run.messages)
        for at in columns:
            run.spend()
            passed = self.cells[at][row]({**scope, "?": values[at]}, run)
            del run.messages[kept:]  # a rule that does not apply is no fault
            if passed is not True:
                return False
        return True

    def _through_residue(
        self, rows: list[int], values: list[Any], scope: Scope, run: DecisionRun
    ) -> list[int]:
        scopes: dict[int, Scope] = {}
        kept: list[int] = []
        before = len(run.messages)
        for row in rows:
            for at, code in self.residue[row]:
                if at not in scopes:
                    scopes[at] = {**scope, "?": values[at]}
                run.spend()
                run.place = f"{self.where}, rule {row + 1}"
                if code(scopes[at], run) is not True:
                    break
            else:
                kept.append(row)
                continue
            del run.messages[before:]
        run.place = self.where
        return kept

    def _settled(self, rows: list[int], scope: Scope, run: DecisionRun) -> Any:
        table = self.table
        results = [self._result(row, scope, run) for row in rows]
        try:
            return hitpolicy.settle(table.hit_policy, table.aggregation, results, self.rank, run)
        except EvaluationError as error:
            run.place = self.where
            run.warn(str(error), 0)
            return None

    def _result(self, row: int, scope: Scope, run: DecisionRun) -> Any:
        values = [
            check(code(scope, run), run) if check else code(scope, run)
            for code, check in zip(self.outputs[row], self.checks, strict=True)
        ]
        return values[0] if len(values) == 1 else dict(zip(self.names, values, strict=True))

    def _without_match(self, scope: Scope, run: DecisionRun) -> Any:
        if self.has_default:
            values = [code(scope, run) for code in self.defaults]
            return values[0] if len(values) == 1 else dict(zip(self.names, values, strict=True))
        policy = self.table.hit_policy
        if policy in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"} and not self.table.aggregation:
            return []
        run.place = self.where
        if self.table.aggregation == "COUNT":
            return hitpolicy.aggregate("COUNT", [], run)
        run.warn("no rule matched", 0, "info")
        return None

    def _refused(self, at: int, values: list[Any], run: DecisionRun) -> None:
        run.place = self.where
        run.warn(f"the value of {self.table.inputs[at].title!r} is not among its allowed values", 0)
        run.record(TableStep(self.where, self.table, tuple(values), [], None))


def _never(_scope: Scope, _run: Any) -> bool:
    return False


def _position(value: Any, tests: list[Code]) -> int:
    scope, run = {"?": value}, DecisionRun()
    return next((at for at, test in enumerate(tests) if test(scope, run) is True), len(tests))


def _output_check(
    workshop: Workshop, values: str, names: Names, where: str
) -> Callable[[Any, DecisionRun], Any] | None:
    tests = workshop.tests(values, names, f"{where}, output values") if values else None
    if tests is None:
        return None
    code = tests.code

    def check(value: Any, run: DecisionRun) -> Any:
        if value is not None and code({"?": value}, run) is False:
            run.place = where
            run.warn("the output is not among the allowed output values", 0)
            return None
        return value

    return check
