"""Literals, names, brackets, and the expressions that begin with a word: if, for, some, every, function."""

from abc import abstractmethod

from mainspring.feel import ast, temporal
from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.lexer import Token, unescape
from mainspring.feel.typeparser import TypeParser
from mainspring.feel.values import CONTEXT
from mainspring.feel.vocabulary import Spelling

INFIX_WORDS = frozenset({"and", "or", "then", "else", "in", "return", "satisfies", "between", "instance"})
_CLOSING = frozenset({")", "]", "["})


class PrimaryParser(TypeParser):
    """Reads what stands between operators."""

    @abstractmethod
    def item(self) -> ast.Node:
        """An expression, or a test such as `< 5`."""

    @abstractmethod
    def expression(self) -> ast.Node:
        """Any expression."""

    @abstractmethod
    def operand(self) -> ast.Node:
        """An expression of operators that bind tighter than a comparison."""

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
        called = token.text in {"and", "or"} and self.peek().text == "("  # Camunda's and(list), or(list)
        if token.text in INFIX_WORDS and not called:
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
        if self.token.text not in _CLOSING:
            outer, self.range_end = self.range_end, True
            high = self.operand()
            self.range_end = outer
        closing = self.token.text
        if closing not in _CLOSING:
            raise self.fail("expected ')' or ']' to close the range")
        self.at += 1
        return ast.RangeLiteral(token.start, low, high, token.text == "[", closing == "]")

    def _context(self, token: Token) -> ast.Node:
        keys: list[str] = []
        values: list[ast.Node] = []
        added: list[tuple[str, Spelling]] = []
        while self.token.text != "}":
            key = self.key()
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
            name = self.words_until(end)
            source = self.expression()
            last = self.operand() if self.take("..") else None
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
            names.append(self.words_until(end))
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


def _number(token: Token, text: str) -> object:
    try:
        value = CONTEXT.create_decimal(token.text)
    except ArithmeticError:
        raise FeelSyntaxError("the number is too large", text, token.start) from None
    if not value.is_finite():
        raise FeelSyntaxError("the number is too large", text, token.start)
    return value
