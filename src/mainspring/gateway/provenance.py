"""Whose words decide where a call goes: what a person said, our own records, or what outsiders wrote.

An agent that reads a letter may be told by it to pay somebody else. Whether the letter is right no filter can
know; but where an argument came from can be known. Each value that steers a call (a recipient, an address to
fetch, the number of an account) is looked for in what a person said and in our own records. What is found in
neither came from outsiders or from nowhere, and then a person looks first.

CaMeL (Debenedetti et al., 2025) tracks values through a program to the same end; here they are found again by
equality, which needs no program and works with whatever chose the call.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

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
    """What has been said and read so far in one piece of work."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._known: set[str] = set()
        self._private: set[str] = set()

    def copy(self) -> "Provenance":
        """The same state, that goes its own way."""
        other = Provenance()
        other._said, other._known = list(self._said), set(self._known)
        other._private = set(self._private)
        return other

    def say(self, *words: str) -> None:
        """A person who may vouch said this: the order itself, an answer, a confirmation."""
        self._said.extend(_plain(each) for each in words)

    def vouch(self, arguments: Mapping[str, Any]) -> None:
        """A person confirmed these very arguments."""
        self.say(*(f"'{atom}'" for atom in _atoms(arguments)))

    def read(self, operation: Operation, answer: Any) -> None:
        """An operation answered: what it holds of our own records is known from now on."""
        if ANY not in operation.outsiders:
            self._known.update(_plain(str(atom)) for atom in _atoms(answer, operation.outsiders))
        for name in operation.private:
            found = (_plain(str(atom)) for atom in _atoms(_at(answer, name)))
            self._private.update(atom for atom in found if len(atom) >= _TELLING)

    def unvouched(self, operation: Operation, arguments: Mapping[str, Any]) -> frozenset[str]:
        """The arguments that steer this call and that nobody vouched for.

        Of those that the operation names as steering, the whole values. Of any other text, where the call
        changes something, the addresses of hosts, mailboxes and accounts in it, and what is private, where it
        leaves the company. And all of them, where nothing at all of a call that changes something was said or
        is known: then the whole idea of it came from outsiders.
        """
        found = {
            name
            for name, value in arguments.items()
            if operation.effect in _LEAVES and not self._said_so(self._private_in(value))
        }
        if operation.effect != "read" and not any(
            self._vouched(atom, "known") for atom in _atoms(list(arguments.values()))
        ):
            return frozenset(arguments)
        for name, value in arguments.items():
            level = operation.steering.get(name)
            if level is not None:
                atoms: Iterable[str | Decimal] = _atoms(value)
            elif operation.effect != "read":
                level, atoms = "known", _addresses(value)
            else:
                continue
            if not all(self._vouched(atom, level) for atom in atoms):
                found.add(name)
        return frozenset(found)

    def _vouched(self, atom: str | Decimal, level: str) -> bool:
        wanted = _plain(str(atom))
        if not wanted:
            return True
        if level == "known" and wanted in self._known:
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
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in without:
                yield from _atoms(inner, without)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _atoms(inner, without)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        yield Decimal(str(value))
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _at(answer: Any, name: str) -> Any:
    """What stands under a field, at any depth."""
    if name == ANY:
        return answer
    if isinstance(answer, Mapping):
        return [inner if key == name else _at(inner, name) for key, inner in answer.items()]
    return [_at(inner, name) for inner in answer] if isinstance(answer, list | tuple) else None


def _addresses(value: Any) -> Iterator[str]:
    for atom in _atoms(value):
        yield from (each.rstrip(_END) for each in _ADDRESS.findall(str(atom)))
