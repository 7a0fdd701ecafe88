"""Whose words decide where a call goes: what a person said, our own records, or what outsiders wrote.

An agent that reads a letter may be told by it to pay somebody else. Whether the letter is right no filter can
know; but where an argument came from can be known. Each value that steers a call (a recipient, an address to
fetch, the number of an account) is looked for in what a person said and in our own records. What is found in
neither came from outsiders or from nowhere, and then a person looks first.

CaMeL (Debenedetti et al., 2025) tracks values through a program to the same end; here they are found again by
equality, which needs no program and works with whatever chose the call.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import BaseModel

from mainspring.services.operation import Operation

ANY = "*"
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s,;<>\"']*)?"  # a host, with a path
    r"|[^\s@<>\"']+@[^\s@<>\"',;]+"  # a mailbox
    r"|\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b",  # an IBAN
    re.IGNORECASE,
)
_EDGE = r"(?<![\w@./-]){}(?![\w@/-]|\.\w)"
_TELLING = 6
"""From so many characters on a value tells whose it is."""
_LEAVES = frozenset({"external", "money"})
_SCHEME = re.compile(r"https?://")
_END = ".,;:!?)]}>\"'"


class Provenance:
    """What has been said and read so far in one piece of work.

    Answers are only kept when they are read, and looked through once a value has to be found in them: most
    calls are vouched for by the little that was said.
    """

    def __init__(self) -> None:
        self._said: list[str] = []
        self._answers: set[str] = set()
        self._given: list[Any] = []
        self._held: set[str] = set()
        self._outside: set[str] = set()
        self._known: set[str] = set()
        self._private: set[str] = set()
        self._unread: list[tuple[Operation, Any]] = []
        self.met_outsiders = False
        """Whether words of outsiders were read at all: what is made without them cannot come from them."""

    def copy(self) -> "Provenance":
        """The same state, that goes its own way."""
        other = Provenance()
        other._said, other._answers, other._known = list(self._said), set(self._answers), set(self._known)
        other._given, other._held, other._outside = list(self._given), set(self._held), set(self._outside)
        other._private, other._unread = set(self._private), list(self._unread)
        other.met_outsiders = self.met_outsiders
        return other

    def say(self, *words: str) -> None:
        """A person who may vouch said this: the order itself, an answer, a confirmation."""
        self._said.extend(_plain(each) for each in words)

    def vouch(self, arguments: Any) -> None:
        """A person confirmed these very values."""
        self.say(*(f"'{atom}'" for atom in _atoms(arguments)))

    def answered(self, values: Any) -> None:
        """A person gave these very values as an answer; a word inside one of them is not said by it."""
        self._answers.update(_plain(str(atom)) for atom in _atoms(values))

    def hold(self, values: Any) -> None:
        """The case holds these values: known, but for those that outsiders brought into it."""
        self._given.append(values)

    def distrust(self, values: Any) -> None:
        """Outsiders brought these values: that a case holds them vouches for none of them."""
        found = {_plain(str(atom)) for atom in _atoms(values)}
        self.met_outsiders = self.met_outsiders or bool(found)
        self._outside |= found

    def read(self, operation: Operation, answer: Any) -> None:
        """An operation answered: what it holds of our own records is known from now on."""
        self.met_outsiders = self.met_outsiders or bool(operation.outsiders)
        self._unread.append((operation, answer))

    def unvouched(
        self, operation: Operation, arguments: Mapping[str, Any], *, planned: bool = False
    ) -> frozenset[str]:
        """The arguments that steer this call and that nobody vouched for.

        Of those that the operation names as steering, the whole values. Of any other text, where the call
        changes something and the operation does more than keep it, the addresses of hosts, mailboxes and
        accounts in it, and what is private, where it leaves the company. And all of them, where nothing at
        all of a call that changes something was said or is known: then the whole idea of it came from
        outsiders; unless it is `planned`, that is, a program and no model chose to make it.
        """
        changes = operation.effect != "read"
        if changes and not planned:
            atoms = _atoms(list(arguments.values()))
            if not any(self._vouched(atom, "known") for atom in atoms):
                return frozenset(arguments)
        found = set()
        if operation.effect in _LEAVES:
            self._take_in()
            found |= {name for name, value in arguments.items() if not self._said_so(self._private_in(value))}
        for path, level in operation.steering.items():
            name, *rest = path.split(".")
            if not all(self._vouched(atom, level) for atom in _atoms(_along(arguments.get(name), rest))):
                found.add(name)
        if changes:
            others = arguments.keys() - operation.steering.keys() - operation.quoted
            found |= {
                name
                for name in others
                if not all(self._vouched(each, "known") for each in _addresses(arguments[name]))
            }
        return frozenset(found)

    def repeats(self, values: Mapping[str, Any]) -> bool:
        """Whether a text among these values is one that the case held and that no answer gave anew."""
        self._look_at_case()
        texts = {_plain(atom) for atom in _atoms(values) if isinstance(atom, str)} & self._held
        if texts:
            self._take_in()
        return bool(texts - self._known)

    def from_outside(self, values: Mapping[str, Any]) -> list[str]:
        """The names of values that neither a person nor the company's own records vouch for."""
        if not self.met_outsiders:
            return []
        return [
            name
            for name, value in values.items()
            if not all(self._vouched(atom, "known") for atom in _atoms(value))
        ]

    def _take_in(self) -> None:
        """Look through the answers that nobody has looked through yet."""
        self._look_at_case()
        waiting, self._unread = self._unread, []
        for operation, answer in waiting:
            if ANY not in operation.outsiders:
                self._known.update(_plain(str(atom)) for atom in _atoms(answer, operation.outsiders))
            for name in operation.private:
                found = (_plain(str(atom)) for atom in _atoms(_at(answer, name)))
                self._private.update(atom for atom in found if len(atom) >= _TELLING)

    def _look_at_case(self) -> None:
        given, self._given = self._given, []
        self._held.update(_plain(str(atom)) for atom in _atoms(given))

    def _is_known(self, wanted: str) -> bool:
        self._look_at_case()
        if wanted in self._held and wanted not in self._outside:
            return True
        self._take_in()
        return wanted in self._known

    def _vouched(self, atom: str | Decimal, level: str) -> bool:
        wanted = _plain(str(atom))
        if not wanted or wanted in self._answers:
            return True
        if level == "known" and self._is_known(wanted):
            return True
        word = re.escape(wanted)
        if wanted.isdigit() and len(wanted) < _TELLING and isinstance(atom, str):
            # "13" of "June 13" names no file: a short number that stands for a thing must be named as one.
            pattern = re.compile(rf"(?:\b(?:id|no|nr|number)\b\W{{0,3}}|[#'\"]){word}\b")
            return any(pattern.search(said) for said in self._said)
        pattern = re.compile(_EDGE.format(word))
        return any(pattern.search(said) for said in self._said) or self._same_number(wanted)

    def _private_in(self, value: Any) -> Iterator[str]:
        text = " ".join(_plain(str(atom)) for atom in _atoms(value))
        return (atom for atom in self._private if atom in text)

    def _said_so(self, atoms: Iterable[str]) -> bool:
        return all(self._vouched(atom, "said") for atom in atoms)

    def _same_number(self, wanted: str) -> bool:
        number = _number(wanted)
        if number is None:
            return False
        return any(
            _number(word.strip(_END + "$€£¥")) == number for said in self._said for word in said.split()
        )


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(text: str) -> str:
    return _SCHEME.sub("", " ".join(text.casefold().split())).rstrip("/")


def _atoms(value: Any, without: frozenset[str] = frozenset()) -> Iterator[str | Decimal]:
    """Every text and number in a value, at any depth, but for the fields named."""
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in without:
                yield from _atoms(inner, without)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _atoms(inner, without)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        exact = Decimal(str(value))
        yield Decimal(format(exact.normalize(), "f")) if exact.is_finite() else exact
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _at(answer: Any, name: str) -> Any:
    """What stands under a field, at any depth."""
    if name == ANY:
        return answer
    if isinstance(answer, BaseModel):
        answer = dict(answer)
    if isinstance(answer, Mapping):
        return [inner if key == name else _at(inner, name) for key, inner in answer.items()]
    return [_at(inner, name) for inner in answer] if isinstance(answer, list | tuple) else None


def _along(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path of fields; in a list, at that path of each item."""
    if not path:
        return value
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, list | tuple):
        return [_along(each, path) for each in value]
    return _along(value.get(path[0]), path[1:]) if isinstance(value, Mapping) else None


def _addresses(value: Any) -> Iterator[str]:
    for atom in _atoms(value):
        yield from (each.rstrip(_END) for each in _ADDRESS.findall(str(atom)))
