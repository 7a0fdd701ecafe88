"""The tokens of a text with a place among them: what every part of the parser stands on."""

from mainspring.feel.errors import FeelSyntaxError
from mainspring.feel.lexer import Token, tokens, unescape
from mainspring.feel.limits import MAX_TEXT
from mainspring.feel.vocabulary import Vocabulary


class TokenStream:
    """Tokens, read one by one.

    Args:
        text: the expression.
        names: names in scope, the built-in ones among them.
        members: names of entries that may follow a dot or stand inside a filter.
        types: names of declared types.

    Raises:
        FeelSyntaxError: the text is too long.
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

    def words_until(self, end: int) -> str:
        """The text from here to a token as a name, its spaces made single; that token is taken too."""
        name = " ".join(self.text[self.token.start : self.tokens[end - 1].end].split()).strip("`")
        self.at = end + 1
        return name

    def key(self) -> str:
        """The key of a context's entry; its colon comes next."""
        if self.token.kind == "string":
            self.at += 1
            return unescape(self.tokens[self.at - 1], self.text)
        end = self.at
        while self.tokens[end].kind != "end" and self.tokens[end].text not in {":", ",", "{", "}"}:
            end += 1
        if self.tokens[end].text != ":" or end == self.at:
            raise self.fail("expected a key and ':'")
        name = self.words_until(end)
        self.at -= 1  # the colon is the caller's
        return name
