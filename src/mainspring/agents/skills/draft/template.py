"""A template: what it is called and says in each language, read once into parts.

The language of templates has these marks and no more, so that a template can neither compute nor call:

    {{ customer.name }}                a value by its path
    {{ total | money }}                a value in a form: date, money, number, percent, capital
    {% each lines %} ... {% end %}     a part for each of a list; `.name` is of the one at hand
    {% if discount %} ... {% else %} ... {% end %}     a part where a value is there and says something
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import yaml

from mainspring.agents.skills.draft.errors import TemplateError
from mainspring.agents.skills.draft.forms import FORMS

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_MARK = re.compile(
    r"\{\{(?P<value>.*?)\}\}"
    r"|(?:(?<=\n)|(?<![^\n]))[ \t]*\{%(?P<line>[^\n{}%]*)%\}[ \t]*\n"
    r"|\{%(?P<part>.*?)%\}"
)
_PATH = re.compile(r"\.?[^\W\d]\w*(?:\.[^\W\d]\w*)*|\.")
_DEEPEST = 8
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they stand in the template."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value by its path, in a form; "" writes it as it is."""

    path: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Each:
    """A part that is written for each of a list."""

    path: str
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class If:
    """A part that is written where a value is there, and another where it is not."""

    path: str
    parts: tuple["Part", ...]
    others: tuple["Part", ...] = ()


Part = Words | Value | Each | If


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a letter, contract or notice.

    Attributes:
        id: by which it is called.
        version: counts up with each change.
        title: what it is called, by language.
        texts: its parts, by language.
    """

    id: str
    version: int
    title: Mapping[Language, str]
    texts: Mapping[Language, tuple[Part, ...]]


def read_template(text: str, source: str) -> Template:
    """Read a template from YAML: id, version, title and text, the last two in each language.

    Args:
        text: the YAML.
        source: file or other place, for messages.

    Raises:
        TemplateError: it is no such YAML, a language is missing, or its text cannot be read; with the line.
    """
    try:
        given: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TemplateError(f"not valid YAML: {error}"[:300], where=source) from error
    if not isinstance(given, Mapping) or not {"id", "version", "title", "text"} <= given.keys():
        raise TemplateError(
            "a template has id, version, title and text", where=source, mend="Add what is missing."
        )
    for name in ("title", "text"):
        if not isinstance(given[name], Mapping) or not set(LANGUAGES) <= given[name].keys():
            raise TemplateError(f"{name} is not there in {' and '.join(LANGUAGES)}", where=source)
    if not isinstance(given["version"], int):
        raise TemplateError("the version is no whole number", where=source)
    titles = {language: str(given["title"][language]) for language in LANGUAGES}
    texts = {language: parts(str(given["text"][language]), f"{source}, {language}") for language in LANGUAGES}
    return Template(str(given["id"]), given["version"], titles, texts)


def parts(text: str, source: str = "template") -> tuple[Part, ...]:
    """The parts of a text in the language of templates.

    Raises:
        TemplateError: a mark is not closed or not known, with the line.
    """
    if len(text) > _LONGEST:
        raise TemplateError(f"the text has {len(text)} signs, more than {_LONGEST}", where=source)
    reader = _Reader(text, source)
    found, ended = reader.read(0)
    if ended is not None:
        raise reader.wrong(f"{{% {ended} %}} closes nothing")
    return found


class _Reader:
    """Reads marks one by one, into parts within parts."""

    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = source
        self._marks = _MARK.finditer(text)
        self._at = 0

    def wrong(self, said: str) -> TemplateError:
        line = self._text.count("\n", 0, self._at) + 1
        return TemplateError(said, where=f"{self._source}, line {line}", mend="Mend the mark.")

    def read(self, depth: int) -> tuple[tuple[Part, ...], str | None]:
        """The parts up to the mark that ends them, and that mark; None at the end of the text."""
        if depth > _DEEPEST:
            raise self.wrong(f"parts are nested more than {_DEEPEST} deep")
        found: list[Part] = []
        for mark in self._marks:
            found += self._words(mark.start())
            self._at = mark.end()
            said = mark["value"]
            if said is not None:
                found.append(self._value(said))
                continue
            command = (mark["line"] if mark["line"] is not None else mark["part"]).split()
            if command in (["end"], ["else"]):
                return tuple(found), command[0]
            found.append(self._block(command, depth))
        found += self._words(len(self._text))
        return tuple(found), None

    def _words(self, end: int) -> Iterator[Words]:
        words = self._text[self._at : end]
        if "{{" in words or "{%" in words:
            raise self.wrong("a mark is not closed")
        if words:
            yield Words(words)

    def _value(self, said: str) -> Value:
        path, _, form = (part.strip() for part in said.partition("|"))
        if form and form not in FORMS:
            raise self.wrong(f"there is no form {form!r}; there are {', '.join(sorted(FORMS))}")
        return Value(self._path(path), form)

    def _block(self, command: list[str], depth: int) -> Part:
        if len(command) != 2 or command[0] not in {"each", "if"}:  # noqa: PLR2004 - a word and its path
            raise self.wrong(f"{{% {' '.join(command)} %}} is not known; there are each, if, else and end")
        path = self._path(command[1])
        inner, ended = self.read(depth + 1)
        others: tuple[Part, ...] = ()
        if ended == "else" and command[0] == "if":
            others, ended = self.read(depth + 1)
        if ended != "end":
            raise self.wrong(f"{{% {command[0]} {path} %}} is not closed by {{% end %}}")
        return Each(path, inner) if command[0] == "each" else If(path, inner, others)

    def _path(self, said: str) -> str:
        if not _PATH.fullmatch(said):
            raise self.wrong(f"{said!r} names no value")
        return said
