"""Masking: personal fields are seen only by those whom the policies let see them.

Fields are personal by name, in the company's list (`defaults/personal.yaml` is the one that ships). What
hides is the value; that there is one stays to be seen.
"""

import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

import yaml

from mainspring.govern.policies import Policies, Value
from mainspring.govern.principal import Principal
from mainspring.govern.resources import field

HIDDEN = "•••"
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")


def default_names() -> frozenset[str]:
    """The names of fields that hold personal data, in lower case with underscores."""
    text = resources.files("mainspring.govern").joinpath("defaults", "personal.yaml").read_text("utf-8")
    return frozenset(yaml.safe_load(text)["fields"])


def spelled(name: str) -> str:
    """A field's name in lower case with underscores, whether it was written so or in camel case."""
    return "_".join(_PARTS.findall(name)).lower() if not name.islower() else name


class Masker:
    """Hides what one principal may not see.

    Args:
        policies: who may see which field.
        principal: who looks.
        names: of personal fields.
        process_id: whose fields they are, if they belong to a process.
        asked: the fields stand in a task that asks for the principal.
    """

    def __init__(
        self,
        policies: Policies,
        principal: Principal,
        names: frozenset[str],
        *,
        process_id: str | None = None,
        asked: bool = False,
    ) -> None:
        self._policies = policies
        self._principal = principal
        self._names = names
        self._process = process_id
        self._context: dict[str, Value] = {"asked": asked}
        self._known: dict[str, bool] = {}

    def sees(self, name: str) -> bool:
        """Whether the principal may see a field."""
        found = self._known.get(name)
        if found is None:
            resource = field(name, personal=spelled(name) in self._names, process_id=self._process)
            decision = self._policies.decide(self._principal, "see_field", resource, self._context)
            found = self._known[name] = decision.allowed
        return found

    def value(self, value: Any) -> Any:
        """A JSON value with every field in it hidden that the principal may not see."""
        if isinstance(value, Mapping):
            return {
                name: self.value(item) if self.sees(str(name)) else _hidden(item)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.value(item) for item in value]
        return value


def _hidden(value: Any) -> Any:
    """What is shown in the place of a value: nothing stays nothing."""
    return value if value is None or value in ("", [], {}) else HIDDEN
