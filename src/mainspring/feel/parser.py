"""FEEL tokens into a tree: precedence climbing, with names resolved against those in scope.

A name may hold spaces and operators ("Monthly Salary", "a-b"), so the longest known name that begins at a
token wins. Known are the names the caller gives, the built-in functions, and whatever the text itself
declares. No backtracking beyond one token's decision: parsing takes time linear in the text.
"""

from collections.abc import Callable

from mainspring.feel import ast
from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.lexer import Token
from mainspring.feel.limits import MAX_DEPTH
from mainspring.feel.primaries import INFIX_WORDS, PrimaryParser
from mainspring.feel.values import CONTEXT

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_CLOSERS = INFIX_WORDS | _COMPARISONS | {"", ")", "]", ",", "}", "..", ".", "+", "*", "/", "**"}
_LEVELS = {"+": 5, "-": 5, "*": 6, "/": 6, "**": 7}
_COMPARE_LEVEL = 4
_JUNCTION_LEVELS = {"and": 3, "or": 2}


class Parser(PrimaryParser):
    """A recursive parser over one text."""

    def whole_expression(self) -> ast.Node:
        """The text as one expression."""
        return self._whole(self.item)

    def whole_tests(self) -> ast.Tests:
        """The text as unary tests: a cell of a decision table."""
        if self.token.text == "-" and self.peek().kind == "end":
            return ast.Tests(0, (ast.Anything(0),))
        if self.token.text == "not" and self.peek().text == "(":
            self.at += 2
            tests = self._tests()
            if self.take(")") and self.token.kind == "end":
                return ast.Tests(0, tests, negated=True)
            self.at = 0
        tests = self._tests()
        if self.token.kind != "end":
            raise self.fail(f"did not expect {self.token.text!r} here")
        return ast.Tests(0, tests)

    def whole_type(self) -> ast.TypeExpression:
        """The text as a type."""
        made = self.type()
        if self.token.kind != "end":
            raise self.fail(f"did not expect {self.token.text!r} here")
        return made

    def _whole(self, part: Callable[[], ast.Node]) -> ast.Node:
        if self.token.kind == "end":
            raise self.fail("the expression is empty")
        made = part()
        if self.token.kind != "end":
            raise self.fail(
                f"did not expect {self.token.text!r} here",
                mend="A name with spaces must be known when the expression is read.",
            )
        if isinstance(made, ast.Tests):
            raise FeelSyntaxError("a list of tests can only follow 'in'", self.text, made.pos)
        return made

    def _tests(self) -> tuple[ast.Node, ...]:
        tests = [self.item()]
        while self.take(","):
            tests.append(self.item())
        return tuple(tests)

    def item(self) -> ast.Node:
        """An expression, or a test such as `< 5`."""
        if self.token.text in _COMPARISONS and self.token.kind == "op":
            return self._test()
        return self.expression()

    def _test(self) -> ast.Node:
        token = self.token
        self.at += 1
        end = self.operand()
        operator = token.text
        low, high = (None, end) if operator in {"<", "<="} else (end, None)
        if operator in {"=", "!="}:
            high = end
        included = operator in {"<=", ">=", "="}
        return ast.RangeLiteral(
            token.start, low, high, included and low is not None, included and high is not None, operator
        )

    def expression(self) -> ast.Node:
        """Any expression."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"the expression is nested more than {MAX_DEPTH} deep")
        range_end, self.range_end = self.range_end, False
        made = self.binary(2)
        self.range_end = range_end
        self.depth -= 1
        return made

    def binary(self, level: int) -> ast.Node:
        """Operators that bind at least as tightly as the level: 2 or, 3 and, 4 comparison, 5.. arithmetic."""
        left = self.unary()
        while True:
            token = self.token
            text = token.text
            if token.kind == "op" and text in _LEVELS and _LEVELS[text] >= level:
                self.at += 1
                left = ast.Arithmetic(token.start, text, left, self.binary(_LEVELS[text] + 1))
            elif level <= _COMPARE_LEVEL and (text in _COMPARISONS or text in {"between", "in"}):
                left = self._comparison(left, token)
            elif level <= _JUNCTION_LEVELS.get(text, 0):
                left = self._junction(left, token)
            else:
                return left

    def operand(self) -> ast.Node:
        """An expression of operators that bind tighter than a comparison."""
        return self.binary(_COMPARE_LEVEL + 1)

    def _comparison(self, left: ast.Node, token: Token) -> ast.Node:
        self.at += 1
        if token.text == "between":
            low = self.operand()
            self.expect("and", "in 'between'")
            return ast.Between(token.start, left, low, self.operand())
        if token.text == "in":
            is_test = self.token.kind == "op" and self.token.text in _COMPARISONS
            return ast.In(token.start, left, self._test() if is_test else self.operand())
        return ast.Comparison(token.start, token.text, left, self.operand())

    def _junction(self, left: ast.Node, token: Token) -> ast.Node:
        operands = [left]
        while self.take(token.text):
            operands.append(self.binary(_COMPARE_LEVEL if token.text == "and" else 3))
        return ast.Junction(token.start, token.text == "and", tuple(operands))

    def unary(self) -> ast.Node:
        """A value with signs before it and `instance of` after it."""
        signs: list[int] = []
        while self.token.text == "-" and self.token.kind == "op":
            signs.append(self.token.start)
            self.at += 1
        if len(signs) > MAX_DEPTH:
            raise self.fail(f"more than {MAX_DEPTH} signs")
        made = self.postfix()
        while self.token.text == "instance" and self.peek().text == "of":
            pos = self.token.start
            self.at += 2
            made = ast.InstanceOf(pos, made, self.type())
        for pos in reversed(signs):
            made = _negated(made, pos)
        return made

    def postfix(self) -> ast.Node:
        """A primary with paths, filters and calls after it."""
        made = self.primary()
        while True:
            token = self.token
            if token.kind != "op":
                return made
            if token.text == ".":
                self.at += 1
                made = ast.Path(token.start, made, self._member())
            elif token.text == "[" and not self._closes_range():
                self.at += 1
                made = self._filter(made, token.start)
            elif token.text == "(":
                self.at += 1
                made = self._call(made, token.start)
            else:
                return made

    def _closes_range(self) -> bool:
        after = self.peek()
        return self.range_end and (after.kind == "end" or after.text in _CLOSERS)

    def _filter(self, base: ast.Node, pos: int) -> ast.Node:
        self.filters += 1
        condition = self.item()
        self.filters -= 1
        self.expect("]", "after the filter")
        return ast.Filter(pos, base, condition)

    def _member(self) -> str:
        if self.token.kind not in {"name", "quoted"}:
            raise self.fail("expected a name after '.'")
        for known in (self.members, self.names):
            longest = known.longest(self.tokens, self.at)
            if longest:
                self.at += longest[0]
                return longest[1]
        if self.token.text == "time" and self.peek().text == "offset":
            self.at += 2
            return "time offset"
        if self.token.text in {"start", "end"} and self.peek().text == "included":
            self.at += 2
            return self.tokens[self.at - 2].text + " included"
        self.at += 1
        return self.tokens[self.at - 1].text.strip("`")

    def _call(self, function: ast.Node, pos: int) -> ast.Node:
        if self.take(")"):
            return ast.Call(pos, function, ())
        names: list[str] = []
        arguments: list[ast.Node] = []
        while True:
            name = self._argument_name()
            if bool(names) != bool(name) and arguments:
                raise self.fail("positional and named arguments cannot be mixed")
            if name:
                names.append(name)
            arguments.append(self.item())
            if not self.take(","):
                break
        self.expect(")", "after the arguments")
        if len(set(names)) != len(names):
            raise FeelSyntaxError("an argument is named twice", self.text, pos)
        return ast.Call(pos, function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        """The name before a colon, or nothing."""
        end = self.at
        while self.tokens[end].kind in {"name", "number", "digits"} or self.tokens[end].text in {
            "-",
            "'",
            "/",
        }:
            end += 1
        if end == self.at or self.tokens[end].text != ":" or self.token.kind != "name":
            return ""
        return self.words_until(end)


def _negated(node: ast.Node, pos: int) -> ast.Node:
    if isinstance(node, ast.Literal) and type(node.value) is type(CONTEXT.create_decimal(0)):
        return ast.Literal(pos, CONTEXT.minus(node.value))
    return ast.Negation(pos, node)
