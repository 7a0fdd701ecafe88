"""What the families of closures need of the compiler."""

from collections.abc import Mapping
from typing import Protocol

from mainspring.feel import ast
from mainspring.feel.functions import Builtin, Code
from mainspring.feel.typing import Type


class Compiles(Protocol):
    """Compiles the parts of one text.

    Attributes:
        text: the text, for messages.
        builtins: the functions of the language by name.
        types: the declared types by name.
    """

    text: str
    builtins: Mapping[str, Builtin]
    types: Mapping[str, Type]

    def compile(self, node: ast.Node) -> Code:
        """The closure of a part."""

    def test(self, node: ast.Node) -> Code:
        """The closure of one unary test, which finds the tested value under the name `?`."""

    def in_range(self, value: Code, node: ast.RangeLiteral) -> Code:
        """The closure of `value in range`."""
