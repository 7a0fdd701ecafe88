"""The register of operations: what there is to call, and who may see it."""

from collections.abc import Iterable

from mainspring.gateway.behind import Behind, Registered
from mainspring.gateway.document import Document
from mainspring.gateway.errors import RegistryError
from mainspring.govern import resources
from mainspring.govern.policies import Policies
from mainspring.govern.principal import Principal
from mainspring.services.operation import Operation
from mainspring.store import Tx

__all__ = ["Registered", "Registry"]


class Registry:
    """Operations by name: the built-in ones, which never change, and those of services that are registered.

    Args:
        operations: the built-in ones.
        behind: what else there is; a built-in operation goes before one of the same name.

    Raises:
        RegistryError: a name is taken twice, or an input lets undeclared fields pass or can be changed.
    """

    def __init__(self, operations: Iterable[Operation], behind: Behind | None = None) -> None:
        self._behind = behind
        self._by_name: dict[str, Registered] = {}
        for operation in operations:
            _check(operation)
            if operation.name in self._by_name:
                raise RegistryError("the name is taken", where=operation.name, mend="Rename one of the two.")
            resource = resources.operation(operation.name, operation.effect, reversible=operation.reversible)
            self._by_name[operation.name] = Registered(operation, resource)

    def find(self, name: str, tx: Tx | None = None, by: str = "") -> Registered | None:
        """The operation of this name, if there is one.

        Args:
            name: service and verb.
            tx: where to look whether services have changed.
            by: decides between versions of a service; the same gets the same.
        """
        found = self._by_name.get(name)
        if found is None and self._behind is not None:
            if tx is not None:
                self._behind.refresh(tx)
            found = self._behind.find(name, by)
        return found

    def refresh(self, tx: Tx) -> None:
        """See what was registered since."""
        if self._behind is not None:
            self._behind.refresh(tx)

    def visible(self, principal: Principal, policies: Policies) -> tuple[Operation, ...]:
        """The operations that this principal may know of, by name."""
        return tuple(
            registered.operation
            for _, registered in sorted(self._all().items())
            if policies.decide(principal, "list", registered.resource).allowed
        )

    def built_in(self) -> tuple[Operation, ...]:
        """The operations that need no registration, by name."""
        return tuple(registered.operation for _, registered in sorted(self._by_name.items()))

    def every(self) -> tuple[Registered, ...]:
        """All operations, by name, whoever may see them: for those who look after rights."""
        return tuple(registered for _, registered in sorted(self._all().items()))

    def _all(self) -> dict[str, Registered]:
        outside = dict(self._behind.all()) if self._behind is not None else {}
        return outside | self._by_name


def _check(operation: Operation) -> None:
    if issubclass(operation.input, Document):
        return  # its schema says what may pass, and it is frozen
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
