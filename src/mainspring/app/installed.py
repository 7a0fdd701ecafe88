"""Operations that installed packages bring: Python functions behind the gateway, beside the built-in systems.

A package names a function in its entry points, group `mainspring.operations`, under the name of its system;
the function gives the operations (`services.operation`). What may be installed is up to whoever administers
the machine: nothing that a user gives is ever loaded.
"""

from collections.abc import Iterator
from importlib import metadata

from mainspring.app.errors import SetUpError
from mainspring.services.operation import Operation

GROUP = "mainspring.operations"


def operations() -> tuple[Operation, ...]:
    """The operations of all installed packages, in the order of their systems' names.

    Raises:
        SetUpError: a package cannot be loaded, or gives what is no operation of its system.
    """
    points = sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(one for point in points for one in _of(point))


def _of(point: metadata.EntryPoint) -> Iterator[Operation]:
    mend = "Mend or remove the package, and start again."
    try:
        given = tuple(point.load()())
    except Exception as error:
        said = f"its operations cannot be loaded: {type(error).__name__}: {error}"
        raise SetUpError(said, where=point.value, mend=mend) from error
    for one in given:
        if not isinstance(one, Operation):
            said = f"it gives a {type(one).__name__} where an operation is expected"
            raise SetUpError(said, where=point.value, mend=mend)
        if not one.name.startswith(f"{point.name}."):
            said = f"the operation {one.name} does not begin with {point.name}, the name of its system"
            raise SetUpError(said, where=point.value, mend=mend)
        yield one
