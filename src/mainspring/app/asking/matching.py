"""Which kind of question it is: every phrase must have a part in it, or it is not of that kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mainspring.app.asking.vocabulary import Kind
from mainspring.insight.semantic import Phrase

THIS = "this"


class Match(NamedTuple):
    """A kind with what the question is about and the words it made use of."""

    kind: Kind
    entities: Mapping[str, str]
    words: frozenset[str]
    weight: tuple[int, int, int]


class Missing(NamedTuple):
    """A kind that would fit, were it said what the question is about."""

    kind: Kind
    what: str


def matched(
    phrases: Sequence[Phrase], kinds: Iterable[Kind], screen: Mapping[str, str]
) -> Match | Missing | None:
    """The kind that makes use of most of what the question says; the first of the list among equals.

    Args:
        phrases: of the question.
        kinds: that there are.
        screen: what the page on which it is asked shows, by kind: case, task, employee, process.
    """
    found = [one for kind in kinds if (one := _match(phrases, kind, screen)) is not None]
    whole = [one for one in found if isinstance(one, Match)]
    if whole:
        return max(whole, key=lambda one: one.weight)
    return found[0] if found else None


def _match(phrases: Sequence[Phrase], kind: Kind, screen: Mapping[str, str]) -> Match | Missing | None:
    entities: dict[str, str] = {}
    words: set[str] = set()
    this = False
    for phrase in phrases:
        said = {one.id for one in phrase.means("word")}
        about = [one for one in phrase.means("entity") if one.id in kind.of and one.id not in entities]
        if said & kind.accepted and not about:
            words |= said & kind.accepted
        elif about:
            if len({one.value for one in about if one.id == about[0].id}) > 1:
                return None  # a name that several have
            entities[about[0].id] = about[0].value
            words |= said & kind.accepted
        elif THIS in said and kind.screen:
            this = True
        elif not phrase.means("filler"):
            return None
    if not all(words & set(need.split("|")) for need in kind.needs):
        return None
    return _settled(kind, entities, words, screen, this=this)


def _settled(
    kind: Kind, entities: dict[str, str], words: set[str], screen: Mapping[str, str], *, this: bool
) -> Match | Missing | None:
    named = len(entities)
    for what in kind.of:
        if what not in entities:
            if not kind.screen:
                return None
            if what not in screen:
                return Missing(kind, what)
            entities[what] = screen[what]
    if this and named == len(kind.of):
        return None  # it names something and says "this" as well
    needed = {one for need in kind.needs for one in need.split("|")}
    return Match(
        kind, entities, frozenset(words), (len(kind.needs) + 2 * named, len(words & needed), -len(words))
    )
