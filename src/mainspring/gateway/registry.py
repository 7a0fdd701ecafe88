"""The register of operations: what there is to call, and who may see it."""

from collections.abc import Iterable
from typing import NamedTuple

from mainspring.gateway.errors import RegistryError
from mainspring.govern import resources
from mainspring.govern.policies import Policies
from mainspring.govern.principal import Principal
from mainspring.govern.resources import Resource
from mainspring.services.operation import Operation


class Registered(NamedTuple):
    """An operation with what the policies see of it."""

    operation: Operation
    resource: Resource


class Registry:
    """Operations by name. Frozen: other operations are another registry.

    Raises:
        RegistryError: a name is taken twice, or an input lets undeclared fields pass or can be changed.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._by_name: dict[str, Registered] = {}
        for operation in operations:
            _check(operation)
            if operation.name in self._by_name:
                raise RegistryError("the name is taken", where=operation.name, mend="Rename one of the two.")
            resource = resources.operation(operation.name, operation.effect, reversible=operation.reversible)
            self._by_name[operation.name] = Registered(operation, resource)

    def find(self, name: str) -> Registered | None:
        """The operation of this name, if there is one."""
        return self._by_name.get(name)

    def visible(self, principal: Principal, policies: Policies) -> tuple[Operation, ...]:
        """The operations that this principal may know of, by name."""
        return tuple(
            registered.operation
            for _, registered in sorted(self._by_name.items())
            if policies.decide(principal, "list", registered.resource).allowed
        )


def _check(operation: Operation) -> None:
    config = operation.input.model_config
    if config.get("extra") != "forbid":
        raise RegistryError(
            "its input lets undeclared fields pass",
            where=operation.name,
            mend='Set extra="forbid" in the model_config of its input.',
        )
    if not config.get("frozen"):
        raise RegistryError(
            "its input can be changed after it was confirmed",
            where=operation.name,
            mend="Set frozen=True in the model_config of its input.",
        )
