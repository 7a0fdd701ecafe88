"""Masking in this house: variables, tasks and records as one who looks may see them."""

from typing import Any

from mainspring.app.house import House
from mainspring.base import jsonio
from mainspring.govern.masking import HIDDEN, Masker, default_names
from mainspring.govern.principal import Principal

_CONTENT = {"body", "detail", "note"}
_PLAIN = "email"
"""A personal field that stands for all: who may not see it does not see unstructured content either."""


class RowMasker:
    """Hides the content of records from those who may not see personal fields."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row of a record; its content only for those who may see personal fields."""
        if self._masker.sees(_PLAIN):
            return row
        return {name: self._one(name, value) for name, value in row.items()}

    def _one(self, name: str, value: Any) -> Any:
        if name not in _CONTENT or value is None:
            return value
        return self._masker.value(value) if isinstance(value, dict) else HIDDEN


def masker(house: House, principal: Principal) -> RowMasker:
    """Hides the content of records."""
    return RowMasker(Masker(house.policies, principal, default_names()))


def values(house: House, principal: Principal, shown: Any, process_id: str, *, asked: bool = False) -> Any:
    """Values of a case or a task as this principal may see them."""
    hide = Masker(house.policies, principal, default_names(), process_id=process_id, asked=asked)
    return hide.value(jsonio.normalise(shown))
