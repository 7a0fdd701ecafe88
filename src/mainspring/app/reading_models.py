"""Which variables a process reads that nothing in its model writes: what a case has to be given."""

from collections.abc import Iterator, Mapping
from typing import Any

from mainspring import feel
from mainspring.base import xml
from mainspring.base.errors import UnsafeInputError

_WRITTEN = ("target", "resultVariable", "inputElement", "outputCollection")
"""Attributes of Zeebe's extensions that name a variable which the model writes."""


def needed(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """By process the variables that its expressions read and its model writes nowhere, as first met."""
    found: dict[str, list[str]] = {}
    for name, data in files.items():
        if not name.endswith(".bpmn"):
            continue
        try:
            model = xml.parse(data, name)
        except UnsafeInputError:
            continue  # what is wrong with the file stands in its findings
        for process in model.iter("{*}process"):
            written = {part.get(one) for part in process.iter("{*}*") for one in _WRITTEN}
            read = dict.fromkeys(variable for text in _formulas(process) for variable in _names(text))
            found[process.get("id") or ""] = [variable for variable in read if variable not in written]
    return found


def _formulas(process: Any) -> Iterator[str]:
    for element in process.iter("{*}*"):
        for text in (*element.attrib.values(), element.text or ""):
            if text.lstrip().startswith("="):
                yield text.lstrip()[1:]


def _names(formula: str) -> list[str]:
    try:
        return sorted(feel.compile(formula).names)
    except feel.FeelSyntaxError:
        return []
