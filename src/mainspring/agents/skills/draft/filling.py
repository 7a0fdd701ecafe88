"""Filling a template: each value in its place with its name, and the names of those that are missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mainspring.agents.skills.draft.forms import FORMS, plain
from mainspring.agents.skills.draft.template import Each, If, Language, Part, Template, Value, Words
from mainspring.base.bilingual import Bilingual, both

_MISSING: Any = object()
_NO_LIST = both("it is no list", "它不是列表")


class Filled(NamedTuple):
    """A value in the text: its name ("lines.2.sku", lists counted from 1), and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A text made from a template.

    Attributes:
        text: with `[name?]` in the place of each value that is missing or does not fit its form.
        title: what the template is called in that language.
        missing: names of values that are not there, each with what is wrong, in the order of the text.
        filled: every value with its place in the text: what is not among them is the template's own wording.
        confidence: 1 where nothing is missing, else 0: a letter with gaps is never sent alone.
        evidence: which template and version, and how many values were put in.
    """

    text: str
    title: str
    missing: tuple[str, ...]
    filled: tuple[Filled, ...]
    confidence: float
    evidence: tuple[str, ...]


def fill(template: Template, language: Language, values: Mapping[str, Any]) -> Letter:
    """Fill a template with values (JSON, dates, decimals). Nothing in a value is ever read as a mark.

    Args:
        template: what to say.
        language: in which language.
        values: by name; a path such as `customer.name` goes through mappings.
    """
    filling = _Filling(language)
    filling.write(template.texts[language], [("", values)])
    missing = tuple(dict.fromkeys(filling.missing))
    told = [
        both(
            "template {id}, version {version}; {count} values put in",
            "模板 {id}，第 {version} 版；填入 {count} 个值",
            id=template.id,
            version=template.version,
            count=len(filling.filled),
        ),
        *(both("missing: {name}", "缺少：{name}", name=Bilingual(name)) for name in missing),
    ]
    return Letter(
        "".join(filling.said),
        template.title[language],
        missing,
        tuple(filling.filled),
        0.0 if missing else 1.0,
        tuple(told),
    )


Scope = tuple[str, Any]


class _Filling:
    """A text as it grows."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.said: list[str] = []
        self.missing: list[str] = []
        self.filled: list[Filled] = []
        self._length = 0

    def write(self, parts: Iterable[Part], scopes: list[Scope]) -> None:
        for part in parts:
            match part:
                case Words(text):
                    self._say(text)
                case Value(path, form):
                    self._value(path, form, scopes)
                case Each(path, inner):
                    self._each(path, inner, scopes)
                case If(path, inner, others):
                    _, value = _found(path, scopes)
                    self.write(inner if value is not _MISSING and value else others, scopes)

    def _value(self, path: str, form: str, scopes: list[Scope]) -> None:
        name, value = _found(path, scopes)
        if value is _MISSING or value is None or value == "":
            self._gap(name, "")
            return
        if isinstance(value, Mapping):
            self._gap(
                name, both("it has parts, and none of them is named", "它由几部分组成，没有指明是哪一部分")
            )
            return
        try:
            text = (FORMS[form] if form else plain)(value, self.language)
        except (TypeError, ValueError) as error:
            self._gap(
                name,
                both(
                    "not to be written as {form}: {error}", "不能写成 {form}：{error}", form=form, error=error
                ),
            )
            return
        self.filled.append(Filled(name, self._length, self._length + len(text)))
        self._say(text)

    def _each(self, path: str, inner: tuple[Part, ...], scopes: list[Scope]) -> None:
        name, value = _found(path, scopes)
        if not isinstance(value, list | tuple):
            self._gap(name, "" if value is _MISSING or value is None else _NO_LIST)
            return
        for place, one in enumerate(value, 1):
            self.write(inner, [*scopes, (f"{name}.{place}", one)])

    def _gap(self, name: str, why: str) -> None:
        self.missing.append(both("{name} ({why})", "{name}（{why}）", name=name, why=why) if why else name)
        self._say(f"[{name}?]")

    def _say(self, text: str) -> None:
        self.said.append(text)
        self._length += len(text)


def _found(path: str, scopes: list[Scope]) -> tuple[str, Any]:
    """A value by its path, with its full name: `.sku` of the one at hand, any other from the values given."""
    begin, value = scopes[-1] if path.startswith(".") else scopes[0]
    steps = [step for step in path.split(".") if step]
    for step in steps:
        value = value.get(step, _MISSING) if isinstance(value, Mapping) else _MISSING
    return ".".join(_named(begin, steps)), value


def _named(begin: str, steps: list[str]) -> Iterator[str]:
    if begin:
        yield begin
    yield from steps
