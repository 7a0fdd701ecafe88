"""Commands by name, each imported when it is first asked for."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer


class Catalogue(MutableMapping[str, Any]):
    """What a group of commands looks its commands up in.

    Args:
        package: the package that the commands are in.
        places: for each command "module:name" of its function or group; a group may have several.
    """

    def __init__(self, package: str, places: Mapping[str, tuple[str, ...]]) -> None:
        self._package = package
        self._places = dict(places)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._places.setdefault(name, ())
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._made.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _make(self, name: str) -> Any:
        first, *more = (self._found(place) for place in self._places[name])
        around = typer.Typer(add_completion=False, rich_markup_mode=None, callback=lambda: None)
        if isinstance(first, typer.Typer):
            for other in more:
                if isinstance(other, typer.Typer):
                    first.registered_commands.extend(other.registered_commands)
                else:
                    first.command()(other)
            around.add_typer(first, name=name)
        else:
            around.command(name)(first)
        group: Any = typer.main.get_command(around)
        return group.commands[name]

    def _found(self, place: str) -> Any:
        module, _, name = place.partition(":")
        return getattr(import_module(f"{self._package}.{module}"), name)
