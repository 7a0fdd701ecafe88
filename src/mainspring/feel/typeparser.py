"""FEEL types as written: `list<string>`, `context<a: number>`, `function<number> -> string`."""

from mainspring.feel import ast
from mainspring.feel.limits import MAX_DEPTH
from mainspring.feel.stream import TokenStream


class TypeParser(TokenStream):
    """Reads types."""

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
                    names.append(self.key())
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
