"""A FEEL tree into nested Python closures `code(scope, run) -> value`.

A scope is a plain dict of names that closures never change; who adds names copies it first. What fails gives
null and a warning with its position. The commonest shapes (a variable against a number, an entry against a
string) have closures of their own, since conditions of processes and cells of tables are made of little else.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from mainspring.feel import ast
from mainspring.feel.codes import membership, operators, structures
from mainspring.feel.freenames import free_names
from mainspring.feel.functions import Builtin, Code
from mainspring.feel.typing import Type


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
            return membership.negated(tests[0]) if node.negated else tests[0]
        return membership.negated(membership.any_of(tests)) if node.negated else membership.any_of(tests)

    def test(self, node: ast.Node) -> Code:
        """The closure of one unary test."""
        if isinstance(node, ast.Anything):
            return lambda _scope, _run: True
        if isinstance(node, ast.RangeLiteral):
            return self.in_range(lambda scope, _run: scope["?"], node)
        code = self.compile(node)
        if "?" in free_names(node):
            return membership.boolean_test(code)
        if isinstance(node, ast.Literal):
            return membership.literal_test(node.value)
        return membership.value_test(code, node.pos)

    def in_range(self, value: Code, node: ast.RangeLiteral) -> Code:
        """The closure of `value in range`; with number literals as ends a fast one."""
        ends = [end.value for end in (node.low, node.high) if isinstance(end, ast.Literal)]
        given = [end for end in (node.low, node.high) if end is not None]
        slow = membership.membership(value, self.compile(node), node.pos)
        if len(ends) != len(given) or not ends or not all(type(end) is Decimal for end in ends):
            return slow
        return membership.number_range(value, node, slow)


_COMPILERS: dict[type, Callable[[Compiler, Any], Code]] = {
    ast.Literal: structures.literal,
    ast.Invalid: structures.invalid,
    ast.Name: structures.name_of,
    ast.Path: structures.path_of,
    ast.Filter: structures.filter_of,
    ast.Call: structures.call_of,
    ast.Negation: operators.negation,
    ast.Arithmetic: operators.arithmetic,
    ast.Comparison: operators.comparison,
    ast.Junction: operators.junction,
    ast.Between: operators.between,
    ast.In: membership.membership_test,
    ast.Tests: membership.stray_tests,
    ast.If: structures.conditional_of,
    ast.For: structures.for_of,
    ast.Quantified: structures.quantified_of,
    ast.FunctionDefinition: structures.function_of,
    ast.ListLiteral: structures.list_of,
    ast.ContextLiteral: structures.context_of,
    ast.RangeLiteral: structures.range_of,
    ast.InstanceOf: structures.instance_of,
}
