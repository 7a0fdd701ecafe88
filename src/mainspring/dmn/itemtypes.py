"""Item definitions as FEEL types, with allowed values as conditions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mainspring.dmn.document import Element, child, children, text_of, typeref
from mainspring.dmn.errors import ModelError
from mainspring.feel import FeelSyntaxError
from mainspring.feel.api import UnaryTest, build_test
from mainspring.feel.typing import ALIASES, ANY, SIMPLE, Type

_PLAIN = {
    "context": Type("context"),
    "list": Type("list", item=ANY),
    "function": Type("function"),
    "range": Type("range"),
}


class ItemTypes:
    """The types that a model declares.

    Args:
        definitions: its `itemDefinition` elements.
        imported: types of imported models, by their qualified names.
    """

    def __init__(self, definitions: Iterable[Element], imported: Mapping[str, Type]) -> None:
        self._elements = {element.get("name") or "": element for element in definitions}
        self._open: set[str] = set()
        self.declared: dict[str, Type] = dict(imported)
        for name in self._elements:
            self.named(name)

    def named(self, name: str, where: str = "") -> Type:
        """The type of a name; nothing and "Any" stand for anything.

        Raises:
            ModelError: there is no such type.
        """
        if not name or name in self._open:
            return ANY
        if name in self.declared:
            return self.declared[name]
        element = self._elements.get(name)
        if element is not None:
            self._open.add(name)  # a type that contains itself is Any where it does
            made = replace(self._type(element), label=name)
            self._open.discard(name)
            self.declared[name] = made
            return made
        plain = ALIASES.get(name, name)
        if plain in SIMPLE:
            return Type(plain)
        if plain in _PLAIN:
            return _PLAIN[plain]
        raise ModelError(
            f"there is no type {name!r}",
            where=where,
            mend="Declare it as an item definition, or correct the name.",
        )

    def _type(self, element: Element) -> Type:
        where = f"itemDefinition {element.get('name')!r}"
        components = children(element, "itemComponent")
        function = child(element, "functionItem")
        if components:
            made = Type("context", entries={part.get("name") or "": self._type(part) for part in components})
        elif function is not None:
            parameters = tuple(self.named(typeref(part), where) for part in children(function, "parameters"))
            result = self.named(function.get("outputTypeRef") or "", where)
            made = Type("function", parameters=parameters, result=result)
        else:
            made = self.named(typeref(element), where)
        allowed = _condition(child(element, "allowedValues"), where)
        if allowed:
            made = replace(made, allowed=_both(made.allowed, allowed), label="")
        if element.get("isCollection") == "true":
            made = Type("list", item=made)
            constraint = _condition(child(element, "typeConstraint"), where)
        else:
            constraint = _condition(child(element, "typeConstraint"), where)
        return replace(made, allowed=_both(made.allowed, constraint), label="") if constraint else made


class Condition:
    """Unary tests all of which a value must pass: what a type allows, and the types it is made from."""

    __slots__ = ("tests",)

    def __init__(self, *tests: UnaryTest) -> None:
        self.tests = tests

    def __call__(self, value: Any) -> bool:
        """Whether the value passes."""
        return all(test(value, {}) is True for test in self.tests)


def _condition(element: Element | None, where: str) -> Condition | None:
    text = text_of(element)
    if not text:
        return None
    try:
        return Condition(build_test(text))
    except FeelSyntaxError as error:
        raise ModelError(f"the allowed values are not FEEL: {error.message}", where=where) from error


def _both(first: Any, second: Condition) -> Condition:
    return Condition(*first.tests, *second.tests) if isinstance(first, Condition) else second
