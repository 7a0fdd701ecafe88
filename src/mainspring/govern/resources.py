"""What policies decide about: operations, processes, the company, with the attributes a policy may see."""

from typing import NamedTuple

Attribute = str | bool | int


class Resource(NamedTuple):
    """A thing acted on, as the policies see it.

    Attributes:
        type: its entity type in the policy schema: Operation, Process, Field or Company.
        id: unique within the type.
        attributes: name and value pairs that the schema declares for the type.
        parents: (type, id) of what it belongs to.
    """

    type: str
    id: str
    attributes: tuple[tuple[str, Attribute], ...] = ()
    parents: tuple[tuple[str, str], ...] = ()


COMPANY = Resource("Company", "company")


def operation(name: str, effect: str, *, reversible: bool) -> Resource:
    """A business operation; what stands before the first dot is its service."""
    service = name.partition(".")[0]
    return Resource(
        "Operation", name, (("effect", effect), ("reversible", reversible)), (("Service", service),)
    )


def process(process_id: str) -> Resource:
    """A process, for all its versions and instances."""
    return Resource("Process", process_id)


def field(name: str, *, personal: bool, process_id: str | None = None) -> Resource:
    """A field of a case or an answer, by the name of the field itself."""
    parents = (("Process", process_id),) if process_id else ()
    return Resource("Field", name, (("name", name), ("personal", personal)), parents)
