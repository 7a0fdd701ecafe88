"""A definition as the YAML that people edit: written, read, and what is wrong with it, line by line."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from mainspring.agents.definition import AgentDefinition

_SAID_BEFORE = "Value error, "
"""What pydantic puts before the words of a check."""
Place = tuple[str | int, ...]
"""Names of fields and numbers of items, from the outside in."""


class Problem(NamedTuple):
    """Something wrong at a place of a definition, and how to mend it."""

    place: Place
    message: str
    mend: str = ""


class Finding(NamedTuple):
    """A problem as whoever edits the text sees it; lines are counted from 1."""

    line: int
    field: str
    message: str
    mend: str


class _Written(yaml.SafeDumper):
    """YAML as a person would write it."""

    def number(self, value: Decimal) -> yaml.Node:
        kind = "int" if value == value.to_integral_value() else "float"
        return self.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value.normalize():f}")

    def text(self, value: str) -> yaml.Node:
        style = ">" if "\n" in value else None
        return self.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    def items(self, value: tuple[Any, ...]) -> yaml.Node:
        return self.represent_list(value)


_Written.add_representer(Decimal, _Written.number)
_Written.add_representer(str, _Written.text)
_Written.add_representer(tuple, _Written.items)


def written(definition: AgentDefinition) -> str:
    """The definition as YAML; what stands as it is by default is left out, the version never is."""
    fields = {**definition.model_dump(exclude_defaults=True), "version": definition.version}
    ordered = {name: fields[name] for name in AgentDefinition.model_fields if name in fields}
    return yaml.dump(ordered, Dumper=_Written, allow_unicode=True, sort_keys=False, width=88)


def parsed(text: str) -> tuple[AgentDefinition | None, list[Problem]]:
    """The definition that a text says, or all that is wrong with its fields.

    Raises:
        yaml.YAMLError: it is no YAML at all.
    """
    try:
        return AgentDefinition.model_validate(yaml.safe_load(text)), []
    except ValidationError as error:
        return None, [
            Problem(tuple(one["loc"]), one["msg"].removeprefix(_SAID_BEFORE)) for one in error.errors()
        ]


def not_yaml(error: yaml.YAMLError) -> Finding:
    """Where a text stops being YAML."""
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or str(error)
    return Finding(mark.line + 1 if mark else 1, "", f"not valid YAML: {said}", "")


def located(text: str, problems: Iterable[Problem]) -> list[Finding]:
    """The problems with their lines in a text that is YAML, in the order of lines."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = [
        Finding(_line(root, one.place), ".".join(map(str, one.place)), one.message, one.mend)
        for one in problems
    ]
    return sorted(found)


def _line(node: yaml.Node | None, place: Place) -> int:
    """The line that names the innermost part of a place that is there."""
    line = 0
    for step in place:
        if isinstance(node, yaml.MappingNode):
            key, node = next(((k, v) for k, v in node.value if k.value == str(step)), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            key = node = node.value[step]
        else:
            break
        if key is None:
            break
        line = key.start_mark.line
    return int(line) + 1
