"""FEEL tokens into a tree: precedence climbing, with names resolved against those in scope.

A name may hold spaces and operators ("Monthly Salary", "a-b"), so the longest known name that begins at a token
wins. Known are the names the caller gives, the built-in functions, and whatever the text itself declares.
No backtracking beyond one token's decision: parsing takes time linear in the text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mainspring.feel import ast, temporal
from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.lexer import SIMPLE_NAME, Token, tokens, unescape
from mainspring.feel.limits import MAX_DEPTH, MAX_TEXT
from mainspring.feel.values import CONTEXT

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_INFIX_WORDS = frozenset({"and", "or", "then", "else", "in", "return", "satisfies", "between", "instance"})
_CLOSERS = _INFIX_WORDS | {
    "",
    ")",
    "]",
    ",",
    "}",
    "..",
    ".",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "*",
    "/",
    "**",
}
_LEVELS = {"+": 5, "-": 5, "*": 6, "/": 6, "**": 7}
_COMPARE_LEVEL = 4
_BUILTIN_TYPES = (
    "date and time",
    "days and time duration",
    "years and months duration",
    "day and time duration",
    "year and month duration",
    "day time duration",
    "year month duration",
)
Spelling = tuple[str, ...]


@dataclass(slots=True)
class Vocabulary:
    """Names of more than one token, found by their first.

    Attributes:
        spellings: first token -> the full token sequences that begin so, with the name each stands for.
    """

    spellings: dict[str, list[tuple[Spelling, str]]] = field(default_factory=dict)

    def add(self, name: str) -> tuple[str, Spelling] | None:
        """Learn a name; a plain one needs no entry. The answer is what `remove` takes."""
        if not name or SIMPLE_NAME.fullmatch(name):
            return None
        spelling = tuple(token.text for token in tokens(name)[:-1])
        if not spelling:
            return None
        entries = self.spellings.setdefault(spelling[0], [])
        entries.append((spelling, name))
        return spelling[0], spelling

    def remove(self, entry: tuple[str, Spelling]) -> None:
        """Forget a name that was added."""
        first, spelling = entry
        entries = self.spellings[first]
        entries.pop(max(index for index, (known, _) in enumerate(entries) if known == spelling))

    def longest(self, found: list[Token], at: int) -> tuple[int, str] | None:
        """The longest known name that begins at a token: its number of tokens, and the name."""
        best: tuple[int, str] | None = None
        for spelling, name in self.spellings.get(found[at].text, ()):
            size = len(spelling)
            if (best is None or size > best[0]) and all(
                token.text == part for token, part in zip(found[at : at + size], spelling, strict=False)
            ):
                best = size, name
        return best

    def copy(self) -> "Vocabulary":
        """Another with the same names, that can grow by itself."""
        return Vocabulary({first: entries.copy() for first, entries in self.spellings.items()})


def vocabulary(names: Iterable[str]) -> Vocabulary:
    """A vocabulary of these names."""
    made = Vocabulary()
    for name in names:
        made.add(name)
    return made


class Parser:
    """A recursive parser over one text.

    Args:
        text: the expression.
        names: names in scope, the built-in ones among them.
        members: names of entries that may follow a dot or stand inside a filter.
        types: names of declared types.
    """

    def __init__(self, text: str, names: Vocabulary, members: Vocabulary, types: Vocabulary) -> None:
        if len(text) > MAX_TEXT:
            raise FeelSyntaxError(f"the expression is longer than {MAX_TEXT} characters", text, MAX_TEXT)
        self.text = text
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0
        self.names = names
        self.members = members
        self.types = types
        self.filters = 0
        self.range_end = False

    # tokens

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def fail(self, message: str, *, mend: str = "") -> FeelSyntaxError:
        """An error at the next token."""
        return FeelSyntaxError(message, self.text, self.token.start, mend=mend)

    def take(self, text: str) -> bool:
        """Skip the next token if it is this one."""
        if self.token.text == text and self.token.kind in {"op", "name"}:
            self.at += 1
            return True
        return False

    def expect(self, text: str, where: str) -> None:
        """Skip the next token, which must be this one."""
        if not self.take(text):
            shown = self.token.text or "the end"
            raise self.fail(f"expected {text!r} {where}, found {shown!r}")

    def peek(self, ahead: int = 1) -> Token:
        """A token further on."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    # entry points

    def whole_expression(self) -> ast.Node:
        """The text as one expression."""
        return self._whole(self.item)

    def whole_tests(self) -> ast.Tests:
        """The text as unary tests: a cell of a decision table."""
        if self.token.text == "-" and self.peek().kind == "end":
            return ast.Tests(0, (ast.Any_(0),))
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

    # expressions

    def item(self) -> ast.Node:
        """An expression, or a test such as `< 5`."""
        if self.token.text in _COMPARISONS and self.token.kind == "op":
            return self._test()
        return self.expression()

    def _test(self) -> ast.Node:
        token = self.token
        self.at += 1
        end = self.binary(_COMPARE_LEVEL + 1)
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
            elif (text == "and" and level <= 3) or (text == "or" and level <= 2):  # noqa: PLR2004  levels above
                left = self._junction(left, token)
            else:
                return left

    def _comparison(self, left: ast.Node, token: Token) -> ast.Node:
        self.at += 1
        if token.text == "between":
            low = self.binary(_COMPARE_LEVEL + 1)
            self.expect("and", "in 'between'")
            return ast.Between(token.start, left, low, self.binary(_COMPARE_LEVEL + 1))
        if token.text == "in":
            is_test = self.token.kind == "op" and self.token.text in _COMPARISONS
            return ast.In(token.start, left, self._test() if is_test else self.binary(_COMPARE_LEVEL + 1))
        return ast.Comparison(token.start, token.text, left, self.binary(_COMPARE_LEVEL + 1))

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
        return self._words_until(end)

    def _words_until(self, end: int) -> str:
        """The text from here to a token as a name, its spaces made single; that token is taken too."""
        name = " ".join(self.text[self.token.start : self.tokens[end - 1].end].split()).strip("`")
        self.at = end + 1
        return name

    # primaries

    def primary(self) -> ast.Node:
        """A literal, a name, or something in brackets."""
        token = self.token
        if token.kind == "name":
            return self._word(token)
        if token.kind == "number":
            self.at += 1
            return ast.Literal(token.start, _number(token, self.text))
        if token.kind == "string":
            self.at += 1
            return ast.Literal(token.start, unescape(token, self.text))
        if token.kind == "quoted":
            self.at += 1
            return ast.Name(token.start, token.text.strip("`"))
        opener = {"(": self._parenthesis, "[": self._bracket, "]": self._bracket, "{": self._context}.get(
            token.text
        )
        if opener:
            self.at += 1
            return opener(token)
        if token.text == "@" and self.peek().kind == "string":
            return self._at_literal(token)
        raise self.fail(
            f"did not expect {token.text!r} here" if token.text else "the expression ends too soon"
        )

    def _at_literal(self, token: Token) -> ast.Node:
        written = unescape(self.peek(), self.text)
        self.at += 2
        value = temporal.parse_temporal(written)
        if value is None:
            return ast.Invalid(token.start, f'@"{written}" is no date, time or duration')
        return ast.Literal(token.start, value)

    def _word(self, token: Token) -> ast.Node:
        longest = self.names.longest(self.tokens, self.at)
        if self.filters:
            member = self.members.longest(self.tokens, self.at)
            longest = member if member and (not longest or member[0] > longest[0]) else longest
        if longest:
            self.at += longest[0]
            return ast.Name(token.start, longest[1])
        if token.text in _INFIX_WORDS:
            raise self.fail(f"did not expect the word {token.text!r} here")
        self.at += 1
        if token.text in {"true", "false", "null"}:
            return ast.Literal(token.start, {"true": True, "false": False}.get(token.text))
        following = self.token
        if token.text == "if":
            return self._if(token)
        if token.text == "function" and following.text == "(":
            return self._function(token)
        if token.text in {"for", "some", "every"} and following.kind in {"name", "quoted"}:
            return self._for(token) if token.text == "for" else self._quantified(token)
        return ast.Name(token.start, token.text)

    def _parenthesis(self, token: Token) -> ast.Node:
        if self.take(".."):
            return self._range(None, token)
        made = self.item()
        if self.take(".."):
            return self._range(made, token)
        if self.token.text != ",":
            self.expect(")", "to close '('")
            return made
        tests = [made]
        while self.take(","):
            tests.append(self.item())
        self.expect(")", "to close '('")
        return ast.Tests(token.start, tuple(tests))

    def _bracket(self, token: Token) -> ast.Node:
        if token.text == "[" and self.take("]"):
            return ast.ListLiteral(token.start, ())
        if self.take(".."):
            return self._range(None, token)
        first = self.item()
        if self.take(".."):
            return self._range(first, token)
        if token.text == "]":
            raise self.fail("expected '..'")
        items = [first]
        while self.take(","):
            items.append(self.item())
        self.expect("]", "to close '['")
        return ast.ListLiteral(token.start, tuple(items))

    def _range(self, low: ast.Node | None, token: Token) -> ast.Node:
        high: ast.Node | None = None
        if self.token.text not in {")", "]", "["}:
            outer, self.range_end = self.range_end, True
            high = self.binary(_COMPARE_LEVEL + 1)
            self.range_end = outer
        closing = self.token.text
        if closing not in {")", "]", "["}:
            raise self.fail("expected ')' or ']' to close the range")
        self.at += 1
        return ast.RangeLiteral(token.start, low, high, token.text == "[", closing == "]")

    def _context(self, token: Token) -> ast.Node:
        keys: list[str] = []
        values: list[ast.Node] = []
        added: list[tuple[str, Spelling]] = []
        while self.token.text != "}":
            key = self._key()
            self.expect(":", "after the key")
            if key in keys:
                raise FeelSyntaxError(f"the key {key!r} stands twice", self.text, token.start)
            values.append(self.item())
            keys.append(key)
            entry = self.names.add(key)
            if entry:
                added.append(entry)
                self.members.add(key)
            if not self.take(","):
                break
        self.expect("}", "to close '{'")
        for entry in added:
            self.names.remove(entry)
        return ast.ContextLiteral(token.start, tuple(keys), tuple(values))

    def _key(self) -> str:
        if self.token.kind == "string":
            self.at += 1
            return unescape(self.tokens[self.at - 1], self.text)
        end = self.at
        while self.tokens[end].kind != "end" and self.tokens[end].text not in {":", ",", "{", "}"}:
            end += 1
        if self.tokens[end].text != ":" or end == self.at:
            raise self.fail("expected a key and ':'")
        name = self._words_until(end)
        self.at -= 1  # the colon is the caller's
        return name

    def _if(self, token: Token) -> ast.Node:
        condition = self.expression()
        self.expect("then", "after the condition")
        yes = self.expression()
        self.expect("else", "after the 'then' part")
        return ast.If(token.start, condition, yes, self.expression())

    def _iterations(self) -> tuple[tuple[ast.Iteration, ...], list[tuple[str, Spelling]]]:
        made: list[ast.Iteration] = []
        added: list[tuple[str, Spelling]] = []
        while True:
            pos, end = self.token.start, self.at
            while self.tokens[end].kind != "end" and self.tokens[end].text != "in":
                end += 1
            if self.tokens[end].kind == "end" or end == self.at:
                raise self.fail("expected a name and 'in'")
            name = self._words_until(end)
            source = self.expression()
            last = self.binary(_COMPARE_LEVEL + 1) if self.take("..") else None
            made.append(ast.Iteration(pos, name, source, last))
            entry = self.names.add(name)
            if entry:
                added.append(entry)
            if not self.take(","):
                return tuple(made), added

    def _for(self, token: Token) -> ast.Node:
        iterations, added = self._iterations()
        self.expect("return", "in 'for'")
        body = self.expression()
        for entry in added:
            self.names.remove(entry)
        return ast.For(token.start, iterations, body)

    def _quantified(self, token: Token) -> ast.Node:
        iterations, added = self._iterations()
        self.expect("satisfies", f"in '{token.text}'")
        body = self.expression()
        for entry in added:
            self.names.remove(entry)
        return ast.Quantified(token.start, token.text == "every", iterations, body)

    def _function(self, token: Token) -> ast.Node:
        self.expect("(", "after 'function'")
        names: list[str] = []
        types: list[ast.TypeExpression | None] = []
        while self.token.text != ")":
            end = self.at
            while self.tokens[end].kind != "end" and self.tokens[end].text not in {":", ",", ")"}:
                end += 1
            names.append(self._words_until(end))
            self.at -= 1
            types.append(self.type() if self.take(":") else None)
            if not self.take(","):
                break
        self.expect(")", "after the parameters")
        external = self.take("external")
        added = [entry for entry in map(self.names.add, names) if entry]
        body = self.expression()
        for entry in added:
            self.names.remove(entry)
        return ast.FunctionDefinition(token.start, tuple(names), tuple(types), body, external)

    # types

    def type(self) -> ast.TypeExpression:
        """A type, with what stands between its angle brackets."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"the type is nested more than {MAX_DEPTH} deep")
        pos = self.token.start
        name = self._type_name()
        arguments: list[ast.TypeExpression] = []
        names: list[str] = []
        if name in {"list", "range", "context", "function"} and self.take("<"):
            while not self.take(">"):
                if name == "context":
                    names.append(self._key())
                    self.expect(":", "after the entry's name")
                arguments.append(self.type())
                if not self.take(",") and self.token.text != ">":
                    raise self.fail("expected ',' or '>'")
        result = self.type() if name == "function" and self.take("->") else None
        self.depth -= 1
        return ast.TypeExpression(pos, name, tuple(arguments), tuple(names), result)

    def _type_name(self) -> str:
        longest = self.types.longest(self.tokens, self.at)
        if longest:
            self.at += longest[0]
            return longest[1]
        if self.token.kind not in {"name", "quoted"}:
            raise self.fail("expected a type")
        name = self.token.text.strip("`")
        self.at += 1
        while self.token.text == "." and self.peek().kind == "name":
            name += "." + self.peek().text
            self.at += 2
        return name


def type_vocabulary(names: Iterable[str] = ()) -> Vocabulary:
    """The types of the language and these."""
    return vocabulary((*_BUILTIN_TYPES, *names))


def _number(token: Token, text: str) -> object:
    try:
        value = CONTEXT.create_decimal(token.text)
    except ArithmeticError:
        raise FeelSyntaxError("the number is too large", text, token.start) from None
    if not value.is_finite():
        raise FeelSyntaxError("the number is too large", text, token.start)
    return value


def _negated(node: ast.Node, pos: int) -> ast.Node:
    if isinstance(node, ast.Literal) and type(node.value) is type(CONTEXT.create_decimal(0)):
        return ast.Literal(pos, CONTEXT.minus(node.value))
    return ast.Negation(pos, node)
